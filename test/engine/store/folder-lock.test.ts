import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../../../engine/store/disk.ts';
import { FolderLock } from '../../../engine/store/folder-lock.ts';
import { crashed, filesIn, temporaryFolder } from './lists.ts';

test('a folder is locked once, and free again after the release', async () => {
  const folder = await temporaryFolder();
  const lock = await FolderLock.take(realDisk, folder);
  await expect(FolderLock.take(realDisk, folder)).rejects.toMatchObject({ code: 'locked' });
  await lock.release();
  expect(await filesIn(folder)).toEqual([]);
  await (await FolderLock.take(realDisk, folder)).release();
});

test('a lock that was left behind is taken over', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'lock');
  const lock = await FolderLock.take(realDisk, folder);
  const owner = JSON.parse(await readFile(path, 'utf8'));
  await lock.release();
  const left = [
    // No such process: the numbers end at 2^22.
    { ...owner, pid: 2 ** 22 + 1 },
    // A process of that number runs, but it is another one than that which took the lock.
    { ...owner, pid: process.ppid, process: `${owner.process} earlier` },
    // Nobody knows which process that was, but the machine has been started since.
    { ...owner, pid: process.ppid, process: null, lockedAt: 0 },
    // This process, which does not hold it.
    owner,
    'nonsense',
    '',
  ];
  for (const each of left) {
    await writeFile(path, typeof each === 'string' ? each : JSON.stringify(each));
    const taken = await FolderLock.take(realDisk, folder);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(await filesIn(folder)).toEqual(['lock']);
    await taken.release();
  }
});

test('in a copy of the folder the lock of the original does not count', async () => {
  const folder = await temporaryFolder();
  const lock = await FolderLock.take(realDisk, folder);
  const copy = await crashed(folder);
  await (await FolderLock.take(realDisk, copy)).release();
  await lock.release();
});

test('of many who try at once, only one gets the lock', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'lock'), 'left behind');
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => FolderLock.take(realDisk, folder)));
  const taken = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(taken.length).toBe(1);
  await taken[0]?.release();
});
