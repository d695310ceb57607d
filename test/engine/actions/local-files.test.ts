import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { statSync, watch } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Action, checkInput } from '../../../engine/actions/action.ts';
import { localCopy } from '../../../engine/actions/local-copy.ts';
import { localDelete } from '../../../engine/actions/local-delete.ts';
import { localHash } from '../../../engine/actions/local-hash.ts';
import { localList } from '../../../engine/actions/local-list.ts';
import { localMove } from '../../../engine/actions/local-move.ts';
import { localReadFile } from '../../../engine/actions/local-read-file.ts';
import { localWriteFile } from '../../../engine/actions/local-write-file.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { temporaryFolder } from '../runtime/engine-fixture.ts';
import { failureOf, resultOf, runAction } from './action-fixture.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder('files');
});
afterEach(() => folder[Symbol.asyncDispose]());

const at = (...names: readonly string[]): string => join(folder.path, ...names);
const given = (action: Action, input: JsonObject) => resultOf(runAction(action, input));
const refused = (action: Action, input: JsonObject) => failureOf(runAction(action, input));

describe('local.read_file', () => {
  test.each([
    ['text', 'a: ü\n1.0\n', 'a: ü\n1.0\n'],
    ['lines', 'a\r\nb\n\nc\n', ['a', 'b', '', 'c']],
    ['base64', 'ü', 'w7w='],
    ['json', '{"a": [1, 2.5, null]}', { a: [1, 2.5, null] }],
  ])('reads a file as %s', async (as, content, expected) => {
    await writeFile(at('file'), content);
    expect(await given(localReadFile, { path: at('file'), as })).toEqual(expected);
  });

  test('says what is wrong with what it cannot read', async () => {
    await writeFile(at('large'), 'x'.repeat(101));
    await writeFile(at('broken'), '{"a":');
    execFileSync('mkfifo', [at('pipe')]);
    expect(await refused(localReadFile, { path: at('none') })).toBe(`${at('none')}: there is no such file or folder.`);
    expect(await refused(localReadFile, { path: folder.path })).toBe(`${folder.path}: it is a folder.`);
    expect(await refused(localReadFile, { path: at('pipe') })).toBe(`${at('pipe')}: it is no regular file.`);
    expect(await refused(localReadFile, { path: '/dev/zero' })).toBe('/dev/zero: it is no regular file.');
    expect(await refused(localReadFile, { path: at('large'), limit: 100 })).toBe(
      `${at('large')}: it has 101 bytes, and 100 is the limit.`,
    );
    expect(await refused(localReadFile, { path: at('broken'), as: 'json' })).toEqual(expect.any(String));
    expect(await refused(localReadFile, { path: 'a\0b' })).toBe('A path cannot have a null character.');
    expect(checkInput(localReadFile, { path: 'x', as: 'xml' })).toContain('as must be one of');
    expect(checkInput(localReadFile, { path: ['x'] })).toBe('local.read_file: path must be a text.');
  });

  test('reads what the system says has no size', async () => {
    expect(await given(localReadFile, { path: '/proc/self/status' })).toContain('Pid:');
  });

  test('ends in the middle when nobody waits any more', async () => {
    await writeFile(at('large'), Buffer.alloc(4_000_000));
    const reading = runAction(localReadFile, { path: at('large') }, { signal: abortedSoon() });
    expect((await reading).state).toBe('ERROR');
  });

  test('begins in the folder of the person', async () => {
    const name = `no-such-file-${process.pid}`;
    const missing = `${join(homedir(), name)}: there is no such file or folder.`;
    expect(await refused(localReadFile, { path: `~/${name}` })).toBe(missing);
    expect(await refused(localReadFile, { path: name })).toBe(missing);
  });
});

/** Is aborted as soon as the folder has changed: something has begun by then. */
function abortedByChange(watched: string): AbortSignal {
  const controller = new AbortController();
  const watcher = watch(watched, () => controller.abort());
  controller.signal.addEventListener('abort', () => watcher.close());
  return controller.signal;
}

/** Is aborted in the next turn of the event loop, which no work with files is done by. */
function abortedSoon(): AbortSignal {
  const controller = new AbortController();
  setImmediate(() => controller.abort());
  return controller.signal;
}

describe('local.write_file', () => {
  test('writes texts, values and bytes, and makes the folder', async () => {
    expect(await given(localWriteFile, { path: at('a', 'b', 'text'), content: 'ü' })).toEqual({
      path: at('a', 'b', 'text'),
      size: 2,
    });
    await given(localWriteFile, { path: at('value'), content: { a: [1] } });
    await given(localWriteFile, { path: at('bytes'), content: 'AP8=', encoding: 'base64' });
    await given(localWriteFile, { path: at('value'), content: '\n', append: true });
    expect(await readFile(at('value'), 'utf8')).toBe('{"a":[1]}\n');
    expect(await readFile(at('bytes'))).toEqual(Buffer.from([0, 255]));
  });

  test('keeps the mode of what it replaces, and the link that leads there', async () => {
    await writeFile(at('script'), 'old');
    await chmod(at('script'), 0o750);
    await symlink(at('script'), at('link'));
    await given(localWriteFile, { path: at('link'), content: 'new' });
    expect(await readFile(at('script'), 'utf8')).toBe('new');
    expect((await stat(at('script'))).mode & 0o777).toBe(0o750);
    expect((await lstat(at('link'))).isSymbolicLink()).toBe(true);
  });

  test('replaces nothing unless it may, and leaves nothing behind', async () => {
    await writeFile(at('file'), 'old');
    expect(await refused(localWriteFile, { path: at('file'), content: 'new', overwrite: false })).toBe(
      `${at('file')}: it is there already.`,
    );
    expect(await refused(localWriteFile, { path: folder.path, content: 'new' })).toBe(
      `${folder.path}: it is a folder.`,
    );
    const aborted = runAction(localWriteFile, { path: at('file'), content: 'new' }, { signal: AbortSignal.abort() });
    expect((await aborted).state).toBe('ERROR');
    expect(await readdir(folder.path)).toEqual(['file']);
    expect(await readFile(at('file'), 'utf8')).toBe('old');
  });
});

test.each([
  ['replaces', {}, 'old'],
  ['makes', { path: 'new' }, 'old'],
])('local.write_file, ended in the middle, leaves what was there when it %s a file', async (_what, input, kept) => {
  await writeFile(at('file'), 'old');
  const path = at('path' in input ? input.path : 'file');
  const content = 'x'.repeat(32 * 1024 * 1024);
  const writing = runAction(localWriteFile, { path, content }, { signal: abortedByChange(folder.path) });
  expect((await writing).state).toBe('ERROR');
  expect(await readdir(folder.path)).toEqual(['file']);
  expect(await readFile(at('file'), 'utf8')).toBe(kept);
});

test('local.write_file adds nothing to a file when nobody waits for it', async () => {
  await writeFile(at('file'), 'old');
  const input = { path: at('file'), content: 'new', append: true };
  expect((await runAction(localWriteFile, input, { signal: AbortSignal.abort() })).state).toBe('ERROR');
  expect(await readFile(at('file'), 'utf8')).toBe('old');
});

/** A folder on another disk than the one of temporary files, where there is one. */
const elsewhere = process.platform === 'linux' ? '/dev/shm' : tmpdir();

describe('local.copy and local.move', () => {
  beforeEach(async () => {
    await mkdir(at('from', 'deep'), { recursive: true });
    await writeFile(at('from', 'a'), 'aa');
    await writeFile(at('from', 'deep', 'b'), 'bbb', { mode: 0o700 });
    await symlink('a', at('from', 'link'));
    execFileSync('mkfifo', [at('from', 'pipe')]);
  });

  test('copy a folder with all that is in it', async () => {
    expect(await given(localCopy, { from: at('from'), to: at('x', 'to') })).toEqual({
      path: at('x', 'to'),
      files: 3,
      size: 5,
    });
    expect(await readdir(at('x', 'to'))).toEqual(['a', 'deep', 'link']);
    expect((await stat(at('x', 'to', 'deep', 'b'))).mode & 0o777).toBe(0o700);
    expect(await readlink(at('x', 'to', 'link'))).toBe('a');
  });

  test('replace files only when told so, and never copy a folder into itself', async () => {
    await writeFile(at('to'), 'old');
    expect(await refused(localCopy, { from: at('from', 'a'), to: at('to') })).toBe(`${at('to')}: it is there already.`);
    expect(await refused(localMove, { from: at('from', 'a'), to: at('to') })).toBe(`${at('to')}: it is there already.`);
    expect(await refused(localCopy, { from: at('from'), to: at('from', 'deep', 'x') })).toContain('into itself');
    expect(await refused(localMove, { from: at('from'), to: at('from', 'x') })).toContain('is inside of');
    await given(localCopy, { from: at('from', 'a'), to: at('to'), overwrite: true });
    expect(await readFile(at('to'), 'utf8')).toBe('aa');
  });

  test('move what is there', async () => {
    expect(await given(localMove, { from: at('from'), to: at('x', 'to') })).toEqual({ path: at('x', 'to') });
    expect(await readdir(folder.path)).toEqual(['x']);
    expect(await refused(localMove, { from: at('from'), to: at('y') })).toContain('there is no such file or folder');
  });

  test('end in the middle when nobody waits any more, and leave no half file', async () => {
    const controller = new AbortController();
    await writeFile(at('large'), Buffer.alloc(8 * 1024 * 1024));
    const fractions: (number | null)[] = [];
    const progress = (fraction: number | null): void => {
      fractions.push(fraction);
      controller.abort();
    };
    const copying = runAction(
      localCopy,
      { from: at('large'), to: at('copy') },
      { signal: controller.signal, progress },
    );
    expect((await copying).state).toBe('ERROR');
    expect(fractions).toEqual([0.125]);
    expect((await readdir(folder.path)).sort()).toEqual(['from', 'large']);
  });
});

test.skipIf(statSync(elsewhere).dev === statSync(tmpdir()).dev)(
  'local.move to another disk, ended in the middle, leaves the file where it was, and no half one',
  async () => {
    const other = await mkdtemp(join(elsewhere, 'windrose-'));
    try {
      await writeFile(at('large'), Buffer.alloc(8 * 1024 * 1024, 'x'));
      const controller = new AbortController();
      const context = { signal: controller.signal, progress: () => controller.abort() };
      const input = { from: at('large'), to: join(other, 'large') };
      expect((await runAction(localMove, input, context)).state).toBe('ERROR');
      expect(await readdir(other)).toEqual([]);
      expect((await stat(at('large'))).size).toBe(8 * 1024 * 1024);
      expect(await given(localMove, input)).toEqual({ path: join(other, 'large') });
      expect(await readdir(folder.path)).toEqual([]);
    } finally {
      await rm(other, { recursive: true });
    }
  },
);

test('local.move moves nothing when nobody waits for it', async () => {
  await writeFile(at('file'), 'old');
  const moving = runAction(localMove, { from: at('file'), to: at('x', 'to') }, { signal: AbortSignal.abort() });
  expect((await moving).state).toBe('ERROR');
  expect(await readdir(folder.path)).toEqual(['file']);
});

describe('local.delete', () => {
  beforeEach(async () => {
    await mkdir(at('full', 'deep'), { recursive: true });
    await writeFile(at('kept'), '');
    await symlink(at('kept'), at('full', 'deep', 'link'));
  });

  test('deletes links and not what they lead to', async () => {
    expect(await given(localDelete, { path: at('full'), recursive: true })).toEqual({ deleted: true });
    expect(await readdir(folder.path)).toEqual(['kept']);
  });

  test('deletes nothing that it was not told to', async () => {
    expect(await refused(localDelete, { path: at('full') })).toBe(`${at('full')}: the folder is not empty.`);
    expect(await refused(localDelete, { path: at('none') })).toBe(`${at('none')}: there is no such file or folder.`);
    expect(await given(localDelete, { path: at('none'), missing_ok: true })).toEqual({ deleted: false });
    for (const path of ['~', '/', homedir(), '~/..']) {
      expect(await refused(localDelete, { path, recursive: true })).toContain('a folder that holds everything');
    }
    const aborted = runAction(localDelete, { path: at('full'), recursive: true }, { signal: AbortSignal.abort() });
    expect((await aborted).state).toBe('ERROR');
    expect(await readdir(at('full', 'deep'))).toEqual(['link']);
  });
});

/** A folder that takes many turns of the event loop. */
async function makeFull(): Promise<void> {
  await mkdir(at('full'));
  await Promise.all(Array.from({ length: 1000 }, (_, n) => writeFile(at('full', String(n)), '')));
}

test('local.delete ends in the middle when nobody waits any more: the rest is still there', async () => {
  await makeFull();
  const input = { path: at('full'), recursive: true };
  expect((await runAction(localDelete, input, { signal: abortedByChange(at('full')) })).state).toBe('ERROR');
  const left = (await readdir(at('full'))).length;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(1000);
});

test('local.list ends in the middle when nobody waits any more', async () => {
  await makeFull();
  expect((await runAction(localList, { path: at('full') }, { signal: abortedSoon() })).state).toBe('ERROR');
});

describe('local.list', () => {
  beforeEach(async () => {
    await mkdir(at('sub'));
    for (const name of ['b.txt', 'a.txt', 'c.md', 'sub/d.txt', '(.txt']) await writeFile(at(name), name);
    await symlink('sub', at('link'));
  });

  const names = async (input: JsonObject) =>
    ((await given(localList, { path: folder.path, ...input })) as unknown as { path: string }[]).map(({ path }) =>
      path.slice(folder.path.length + 1),
    );

  test('lists what matches, with kind and size', async () => {
    expect(await given(localList, { path: folder.path, pattern: 's*' })).toEqual([
      { name: 'sub', path: at('sub'), type: 'folder', size: expect.any(Number), modified: expect.any(Number) },
    ]);
    expect(await names({})).toEqual(['(.txt', 'a.txt', 'b.txt', 'c.md', 'link', 'sub']);
    expect(await names({ pattern: '?.txt', recursive: true })).toEqual(['(.txt', 'a.txt', 'b.txt', 'sub/d.txt']);
    expect(await names({ pattern: '(.*' })).toEqual(['(.txt']);
    expect(await names({ pattern: '*t*x*' })).toEqual(['(.txt', 'a.txt', 'b.txt']);
    expect(await names({ pattern: '' })).toEqual([]);
    await writeFile(at('a'.repeat(250)), '');
    expect(await names({ pattern: `${'*a'.repeat(60)}*b` })).toEqual([]);
  });

  test('says when there is too much, or nothing', async () => {
    expect(await refused(localList, { path: folder.path, limit: 2 })).toBe(`${folder.path}: there are more than 2.`);
    expect(await refused(localList, { path: at('none') })).toBe(`${at('none')}: there is no such file or folder.`);
    expect(await refused(localList, { path: at('a.txt') })).toContain('a part of the path is no folder');
    const aborted = runAction(localList, { path: folder.path }, { signal: AbortSignal.abort() });
    expect((await aborted).state).toBe('ERROR');
  });
});

describe('local.hash', () => {
  test.each(['sha256', 'sha512', 'sha1', 'md5'])('gives the %s of a file', async (algorithm) => {
    const content = Buffer.alloc(300_000, 'x');
    await writeFile(at('file'), content);
    const fractions: (number | null)[] = [];
    const progress = (fraction: number | null): void => void fractions.push(fraction);
    expect(await resultOf(runAction(localHash, { path: at('file'), algorithm }, { progress }))).toEqual({
      algorithm,
      hash: createHash(algorithm).update(content).digest('hex'),
      size: 300_000,
    });
    expect(fractions.at(-1)).toBe(1);
  });

  test('ends in the middle when nobody waits any more', async () => {
    await writeFile(at('file'), Buffer.alloc(300_000));
    const controller = new AbortController();
    const fractions: (number | null)[] = [];
    const progress = (fraction: number | null): void => {
      fractions.push(fraction);
      controller.abort();
    };
    const context = { signal: controller.signal, progress };
    expect((await runAction(localHash, { path: at('file') }, context)).state).toBe('ERROR');
    expect(fractions).toHaveLength(1);
    expect(fractions[0]).toBeLessThan(1);
  });

  test('refuses what it cannot do', async () => {
    expect(checkInput(localHash, { path: 'x', algorithm: 'crc' })).toContain('algorithm must be one of');
    expect(await refused(localHash, { path: folder.path })).toBe(`${folder.path}: it is a folder.`);
    await writeFile(at('file'), 'x');
    const aborted = runAction(localHash, { path: at('file') }, { signal: AbortSignal.abort() });
    expect((await aborted).state).toBe('ERROR');
  });
});
