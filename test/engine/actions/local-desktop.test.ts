import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkInput } from '../../../engine/actions/action.ts';
import type { Desktop } from '../../../engine/actions/desktop.ts';
import { localNotify } from '../../../engine/actions/local-notify.ts';
import { localOpen } from '../../../engine/actions/local-open.ts';
import { temporaryFolder } from '../runtime/engine-fixture.ts';
import { failureOf, resultOf, runAction } from './action-fixture.ts';

/** A desktop that notes what it is asked for. */
function recorder(): { readonly desktop: Desktop; readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const note =
    (what: string) =>
    async (...details: readonly unknown[]): Promise<void> => {
      asked.push([what, ...details]);
    };
  return { asked, desktop: { openUrl: note('url'), openFile: note('file'), notify: note('notify') } };
}

test('local.open opens addresses, files and folders', async () => {
  await using folder = await temporaryFolder('open');
  const { desktop, asked } = recorder();
  await writeFile(join(folder.path, 'a file'), '');
  for (const target of ['https://example.org/a b', 'mailto:a@example.org', join(folder.path, 'a file'), '~']) {
    expect(await resultOf(runAction(localOpen, { target }, { desktop }))).toBeNull();
  }
  expect(asked).toEqual([
    ['url', 'https://example.org/a%20b'],
    ['url', 'mailto:a@example.org'],
    ['file', join(folder.path, 'a file')],
    ['file', homedir()],
  ]);
});

test('local.open opens nothing else', async () => {
  const { desktop, asked } = recorder();
  for (const target of [
    'file:///etc/passwd',
    'ssh://example.org',
    'vscode://file/x',
    'http://[',
    '/no/such/file',
    '',
  ]) {
    expect(await failureOf(runAction(localOpen, { target }, { desktop }))).toEqual(expect.any(String));
  }
  expect(asked).toEqual([]);
  expect(checkInput(localOpen, { target: 5 })).toBe('local.open: target must be a text.');
});

test('local.notify shows a notification of bounded length', async () => {
  const { desktop, asked } = recorder();
  await resultOf(runAction(localNotify, { title: 'Done', text: 'All of it.' }, { desktop }));
  await resultOf(runAction(localNotify, { title: 'x'.repeat(1000) }, { desktop }));
  expect(asked).toEqual([
    ['notify', { title: 'Done', text: 'All of it.' }],
    ['notify', { title: 'x'.repeat(200), text: '' }],
  ]);
  expect(checkInput(localNotify, { title: null })).toBe('local.notify: title must be a text.');
});

test('what the desktop refuses is the failure of the action', async () => {
  const desktop = { ...recorder().desktop, openUrl: () => Promise.reject(new Error('There is no browser.')) };
  expect(await failureOf(runAction(localOpen, { target: 'http://x' }, { desktop }))).toBe('There is no browser.');
});

test('without a desktop both fail with a sentence', async () => {
  const sentence = 'There is no desktop here: the engine runs without a window.';
  expect(await failureOf(runAction(localOpen, { target: 'http://x' }))).toBe(sentence);
  expect(await failureOf(runAction(localNotify, { title: 'x' }))).toBe(sentence);
});
