import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { librariesOf, noticeOf } from '../../../electron/build/third-party.mjs';

test('the licences of all that Windrose needs when it runs are told, each with its text', () => {
  const root = path.join(import.meta.dirname, '../../..');
  const libraries = librariesOf(root);
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const names = libraries.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...Object.keys(dependencies), 'scheduler', 'steno', '@lezer/common']));
  const notice = noticeOf(libraries);
  for (const { name, version, texts } of libraries) {
    expect(notice).toContain(`${name} ${version} (`);
    for (const text of texts) expect(notice).toContain(text);
  }
  expect(libraries.filter(({ license }) => /GPL|undefined/.test(license))).toEqual([]);
});

describe('a project', () => {
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'windrose-licences-'));
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  /** A package in a folder of the project, with what its licence says. */
  function write(folder: string, about: object, licence?: string): void {
    const place = path.join(root, folder);
    fs.mkdirSync(place, { recursive: true });
    fs.writeFileSync(path.join(place, 'package.json'), JSON.stringify({ version: '1.0.0', ...about }));
    if (licence !== undefined) fs.writeFileSync(path.join(place, 'LICENSE.md'), licence);
  }

  test('has what its libraries need, in the versions that each of them gets, and no tools', () => {
    write('.', { dependencies: { a: '1' }, devDependencies: { tool: '1' } });
    write('node_modules/tool', { license: 'MIT' });
    write('node_modules/a', { license: 'MIT', dependencies: { b: '1', c: '2' } }, 'of a');
    write('node_modules/a/node_modules/c', { version: '2.0.0', licenses: [{ type: 'BSD' }] }, 'of c 2');
    write('node_modules/b', {
      license: 'MIT',
      dependencies: { a: '1', c: '1', extra: '1' },
      optionalDependencies: { extra: '1' },
    });
    write('node_modules/c', { license: 'ISC' }, 'of a');
    const libraries = librariesOf(root);
    expect(libraries.map(({ name, version, license }) => `${name} ${version} ${license}`)).toEqual([
      'a 1.0.0 MIT',
      'b 1.0.0 MIT',
      'c 1.0.0 ISC',
      'c 2.0.0 BSD',
    ]);
    const notice = noticeOf(libraries);
    expect(notice).toContain('a 1.0.0 (MIT)\nc 1.0.0 (ISC)\n\nof a\n');
    expect(notice).toContain('b 1.0.0 (MIT)\n\nIts package says no more than: MIT.');
  });

  test('is not packaged with a library that is not there, or that says nothing of its licence', () => {
    write('.', { dependencies: { a: '1' } });
    expect(() => librariesOf(root)).toThrow(/^a, which .* needs, is not installed\.$/);
    write('node_modules/a', {});
    expect(() => librariesOf(root)).toThrow('a 1.0.0 says nothing of its licence.');
  });
});
