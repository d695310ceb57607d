import { expect, test } from 'vitest';
import { crashed, filesIn, Lists, temporaryFolder } from './lists.ts';
import { WatchedDisk } from './watched-disk.ts';

const everything = { cursor: null, limit: 10 };
const large = 'y'.repeat(70_000);

test('an execution of another store can be taken up, and is there after a crash and a restart', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  await lists.store.adopt('aa-1', ['one', large]);
  const dead = await crashed(folder);
  expect(await lists.load('aa-1')).toEqual(['one', large]);
  await lists.add('aa-1', 'three');
  await lists.store.close();
  for (const [at, words] of [
    [dead, ['one', large]],
    [folder, ['one', large, 'three']],
  ] as const) {
    const again = await Lists.open(at);
    expect(again.store.problems()).toEqual([]);
    expect(await again.load('aa-1')).toEqual(words);
    expect((await again.store.list(everything)).ids).toEqual(['aa-1']);
  }
});

test('a crash while it is written leaves nothing of it', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk });
  let copy = '';
  disk.beforeDatasync = async (path) => {
    if (path.includes('aa-1')) copy = await crashed(folder);
  };
  await lists.store.adopt('aa-1', ['one', 'two']);
  expect((await filesIn(copy)).filter((file) => file.includes('aa-1'))).not.toEqual([]);
  const again = await Lists.open(copy);
  expect(await again.load('aa-1')).toBeNull();
  expect((await again.store.list(everything)).ids).toEqual([]);
  expect((await filesIn(copy)).filter((file) => file.endsWith('.tmp'))).toEqual([]);
});

test('a disk that refuses it is told in a sentence', async () => {
  const disk = new WatchedDisk();
  const lists = await Lists.open(await temporaryFolder(), { disk });
  disk.fault = (operation, path) => (operation === 'write' && path.includes('aa-1') ? { code: 'ENOSPC' } : null);
  await expect(lists.store.adopt('aa-1', ['one'])).rejects.toThrow('the disk is full');
  disk.fault = () => null;
  expect(await lists.load('aa-1')).toBeNull();
});
