import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '../../..');
// Inside the repository, since that is where a program finds its packages; ignored by every tool there.
const folder = path.join(root, 'test/output/bundle');

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a TypeScript program runs with its arguments, its packages and its own folder, and keeps its exit code', () => {
  write('said.ts', 'export type Said = string;\nexport const said: Said = "said";\n');
  write(
    'ask.ts',
    'import { said } from "./said.ts";\nexport const ask = (word: string): string => [word, said].join(" ");\n',
  );
  write(
    'main.ts',
    `import { z } from 'zod';
     import { ask } from './ask.ts';
     console.log(JSON.stringify([process.argv.slice(2).map(ask), import.meta.dirname, z.string().parse('zod')]));
     process.exitCode = 3;`,
  );
  const { status, stdout } = runTask('main.ts', 'a', '--b');
  expect(JSON.parse(stdout)).toEqual([['a said', '--b said'], folder, 'zod']);
  expect(status).toBe(3);
});

test('what a TypeScript program throws is shown where its source says it', () => {
  write(
    'broken.ts',
    'interface Long {\n  readonly gone: string;\n}\nthrow new Error(({ gone: "oh" } as Long).gone);\n',
  );
  const { status, stderr } = runTask('broken.ts');
  expect(stderr).toContain(`${path.join(folder, 'broken.ts')}:4`);
  expect(status).toBe(1);
});

test('a program that is not there is named', () => {
  const { status, stderr } = runTask('nowhere.ts');
  expect(stderr.trim()).toBe('There is no program test/output/bundle/nowhere.ts.');
  expect(status).toBe(1);
});

function write(name: string, text: string): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}

function runTask(name: string, ...args: readonly string[]) {
  const task = path.join(root, 'electron/build/task.mjs');
  return spawnSync(process.execPath, [task, 'run', `test/output/bundle/${name}`, ...args], { encoding: 'utf8' });
}
