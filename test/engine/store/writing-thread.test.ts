import { constants } from 'node:fs';
import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { realDisk } from '../../../engine/store/disk.ts';
import { WritingThread } from '../../../engine/store/writing-thread.ts';
import { temporaryFolder } from './lists.ts';

test('small files are written whole or from an offset on, and for their owner only', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'a.json');
  const other = join(folder, 'b.ndjson');
  await Promise.all([
    realDisk.writeSmall({ path, bytes: Buffer.from('größer als zuvor'), offset: null }),
    realDisk.writeSmall({ path: other, bytes: Buffer.from('one\n'), offset: 0 }),
  ]);
  await realDisk.writeSmall({ path, bytes: Buffer.from('kürzer'), offset: null });
  await realDisk.writeSmall({ path: other, bytes: Buffer.from('two\n'), offset: 4 });
  expect(await readFile(path, 'utf8')).toBe('kürzer');
  expect(await readFile(other, 'utf8')).toBe('one\ntwo\n');
  await realDisk.writeSmall({ path: other, bytes: Buffer.from('new\n'), offset: 0 });
  expect(await readFile(other, 'utf8')).toBe('new\n');
  expect((await readdir(folder)).toSorted()).toEqual(['a.json', 'b.ndjson']);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('one that is refused says why, and the others that were asked for with it are written', async () => {
  const folder = await temporaryFolder();
  const [before, behind] = [join(folder, 'before'), join(folder, 'behind')];
  const written = await Promise.allSettled([
    realDisk.writeSmall({ path: before, bytes: Buffer.from('1'), offset: null }),
    realDisk.writeSmall({ path: join(folder, 'nowhere', 'a'), bytes: Buffer.from('2'), offset: null }),
    realDisk.writeSmall({ path: behind, bytes: Buffer.from('3'), offset: 0 }),
  ]);
  expect(written[1]).toMatchObject({ status: 'rejected', reason: { code: 'ENOENT' } });
  expect([await readFile(before, 'utf8'), await readFile(behind, 'utf8')]).toEqual(['1', '3']);
});

test.skipIf(process.platform === 'win32')('no link is followed', async () => {
  const folder = await temporaryFolder();
  const target = join(folder, 'target');
  await writeFile(target, 'theirs');
  await symlink(target, join(folder, 'link'));
  await expect(
    realDisk.writeSmall({ path: join(folder, 'link'), bytes: Buffer.from('ours'), offset: 0 }),
  ).rejects.toMatchObject({
    code: 'ELOOP',
  });
  expect(await readFile(target, 'utf8')).toBe('theirs');
});

/** The threads that are started from now on, the newest last. */
function startedThreads(): readonly Worker[] {
  const started: Worker[] = [];
  const add = (worker: Worker): void => void started.push(worker);
  process.on('worker', add);
  onTestFinished(() => void process.off('worker', add));
  return started;
}

const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;

test('when the thread ends in the middle, who asked hears so once nothing of it can be written any more, and asks another one', async () => {
  const path = join(await temporaryFolder(), 'a.json');
  const thread = new WritingThread();
  const threads = startedThreads();
  const where = { path, offset: null, flags };
  const asked = Array.from({ length: 100 }, (_, at) => thread.write(where, Buffer.from(`old ${at}`)));
  let alive = true;
  // Before the turn ends they go out: by then the thread has been started, and has not come to them.
  setImmediate(() => {
    threads[0]?.once('exit', () => {
      alive = false;
    });
    void threads[0]?.terminate();
  });
  const told = await Promise.all(
    asked.map((each) =>
      each.then(
        () => 'written',
        () => (alive ? 'too early' : 'refused'),
      ),
    ),
  );
  expect(new Set(told)).toEqual(new Set(['refused']));
  await thread.write(where, Buffer.from('new'));
  expect(threads).toHaveLength(2);
  expect(await readFile(path, 'utf8')).toBe('new');
});

test('what there is no memory for is refused alone', async () => {
  const folder = await temporaryFolder();
  const thread = new WritingThread();
  const threads = startedThreads();
  const at = (name: string) => ({ path: join(folder, name), offset: null, flags });
  const before = thread.write(at('before'), Buffer.from('1'));
  await new Promise(setImmediate);
  const tooMuch = thread.write(at('b'), { length: 2 ** 50 } as Uint8Array);
  await expect(tooMuch).rejects.toThrow(RangeError);
  await before;
  await thread.write(at('behind'), Buffer.from('2'));
  expect((await readdir(folder)).toSorted()).toEqual(['before', 'behind']);
  expect(threads).toHaveLength(1);
});

test('a thread that nobody needs goes, and the next one who asks gets another', async () => {
  const path = join(await temporaryFolder(), 'a.json');
  const thread = new WritingThread(0);
  const threads = startedThreads();
  await thread.write({ path, offset: null, flags }, Buffer.from('1'));
  await new Promise((resolve) => threads[0]?.once('exit', resolve));
  await thread.write({ path, offset: null, flags }, Buffer.from('2'));
  expect(threads).toHaveLength(2);
  expect(await readFile(path, 'utf8')).toBe('2');
});
