import { expect, test } from 'vitest';
import { crashed, filesIn, Lists, temporaryFolder } from './lists.ts';
import { WatchedDisk } from './watched-disk.ts';

const everything = { cursor: null, limit: 1000 };
const part = '00000000-0000-4000-8000-000000000000';
const ids = Array.from({ length: 100 }, (_, n) => `${String(n).padStart(3, '0')}-execution`);

/** A hundred executions, each with a history, a document, a log and a large value; half of the values are shared. */
async function fill(lists: Lists): Promise<void> {
  for (const [n, id] of ids.entries()) {
    await lists.add(id, `${n % 50}`.repeat(40_000));
    await lists.store.appendLog(id, part, ['it said something']);
  }
  await lists.store.flush();
}

/** What is left in files that belong to no execution in particular. */
async function sizeAfterRestart(folder: string): Promise<number> {
  const lists = await Lists.open(folder);
  const size = await lists.store.size();
  await lists.store.close();
  return size;
}

test('the folder is as small as before when a hundred executions were made and deleted', async () => {
  const folder = await temporaryFolder();
  const empty = await sizeAfterRestart(folder);
  const files = await filesIn(folder);
  const lists = await Lists.open(folder);
  await fill(lists);
  expect(await lists.store.size()).toBeGreaterThan(50 * 40_000);
  for (const id of ids) await lists.store.delete(id);
  await lists.store.close();
  expect(await sizeAfterRestart(folder)).toBe(empty);
  expect(await filesIn(folder)).toEqual(files);
});

test('it is as small when the app was killed in the middle of the deletions', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const empty = await sizeAfterRestart(folder);
  const lists = await Lists.open(folder, { disk });
  await fill(lists);
  for (const id of ids.slice(0, 40)) await lists.store.delete(id);
  // Of the next one, the disk lets some files go and not the others: then the app is killed.
  let removed = 0;
  disk.fault = (operation) => (operation === 'remove' && ++removed > 2 ? { code: 'EIO' } : null);
  await expect(lists.store.delete(ids[40] ?? '')).rejects.toThrow('could not be removed');
  const copy = await crashed(folder);
  disk.fault = () => null;
  const again = await Lists.open(copy);
  const left = (await again.store.list(everything)).ids;
  expect(left).toHaveLength(59);
  for (const id of left) await again.store.delete(id);
  await again.store.close();
  expect(await sizeAfterRestart(copy)).toBe(empty);
});

test('the space of deleted executions is free at once but for the journal', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  await fill(lists);
  for (const id of ids) await lists.store.delete(id);
  expect((await filesIn(folder)).filter((file) => /^(payloads|executions)/.test(file))).toEqual([]);
});
