import { cp, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn, Lists, temporaryFolder } from './lists.ts';
import { WatchedDisk } from './watched-disk.ts';

const everything = { cursor: null, limit: 1000 };
const large = 'x'.repeat(70_000);

test('a backup that is taken while commits go on has everything that was committed before it', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const copy = join(await temporaryFolder(), 'copy');
  // Small segments, so that the journal would lose many of them meanwhile.
  const lists = await Lists.open(folder, { disk, segmentBytes: 2000 });
  const expected = new Map<string, string[]>();
  const add = async (id: string, word: string): Promise<void> => {
    await lists.add(id, word);
    expected.set(id, [...(expected.get(id) ?? []), word]);
  };
  for (let n = 0; n < 60; n += 1) await add(`${n % 20}a-${n % 20}`, `word ${n}`);
  await add('0a-0', large);
  await lists.store.flush();
  for (let n = 0; n < 30; n += 1) await add(`${n % 20}a-${n % 20}`, `later ${n}`);
  const before = new Map([...expected].map(([id, words]) => [id, [...words]]));
  // Each file that is copied comes after another commit, to an execution of the copy and to a new one.
  let meanwhile = 0;
  disk.fault = (operation, path) => {
    if (operation === 'copy' && path.startsWith(copy)) {
      meanwhile += 1;
      void lists.add(`${meanwhile % 20}a-${meanwhile % 20}`, `meanwhile ${meanwhile}`);
      void lists.add(`new-${meanwhile}`, 'new');
    }
    return null;
  };
  await lists.store.backUp(copy);
  expect(meanwhile).toBeGreaterThan(20);
  const again = await Lists.open(copy);
  expect(again.store.problems()).toEqual([]);
  for (const [id, words] of before) expect((await again.load(id))?.slice(0, words.length)).toEqual(words);
  // The original went on without a loss.
  const now = new Map<string, unknown>();
  for (const id of [...before.keys(), 'new-1']) now.set(id, await lists.load(id));
  await lists.store.close();
  const original = await Lists.open(folder);
  for (const [id, words] of now) expect(await original.load(id)).toEqual(words);
});

test('what is deleted while a backup is taken is whole in the copy, or not there', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const copy = await temporaryFolder();
  const lists = await Lists.open(folder, { disk });
  for (const id of ['aa-1', 'bb-1', 'cc-1']) await lists.add(id, large);
  await lists.store.flush();
  const deletions: Promise<void>[] = [];
  disk.fault = (operation) => {
    if (operation === 'copy' && deletions.length === 0) {
      deletions.push(...['aa-1', 'cc-1'].map((id) => lists.store.delete(id)));
    }
    return null;
  };
  await lists.store.backUp(copy);
  await Promise.all(deletions);
  const again = await Lists.open(copy);
  expect(again.store.problems()).toEqual([]);
  for (const id of (await again.store.list(everything)).ids) expect(await again.load(id)).toEqual([large]);
  expect(await again.load('bb-1')).toEqual([large]);
});

test('everything in a backup is for its owner only', async () => {
  const lists = await Lists.open(await temporaryFolder());
  for (const id of ['aa-1', 'bb-1']) await lists.add(id, large);
  await lists.store.flush();
  const copy = join(await temporaryFolder(), 'copy');
  await lists.store.backUp(copy);
  const entries = await readdir(copy, { recursive: true });
  expect(entries.length).toBeGreaterThan(5);
  for (const name of ['.', ...entries]) {
    const found = await stat(join(copy, name));
    expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
  }
});

test('a backup goes to an empty folder only', async () => {
  const lists = await Lists.open(await temporaryFolder());
  const to = await temporaryFolder();
  await writeFile(join(to, 'mine.txt'), 'mine');
  await expect(lists.store.backUp(to)).rejects.toThrow('is not empty');
  expect(await filesIn(to)).toEqual(['mine.txt']);
});

test('a plain copy of the folder of a store that is closed has everything, in whatever order it is made', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  for (let n = 0; n < 20; n += 1) await lists.add(`${n}a-1`, `word ${n}`);
  await lists.add('0a-1', large);
  await lists.store.close();
  const copy = await temporaryFolder();
  for (const file of [...(await filesIn(folder))].reverse()) {
    await mkdir(join(copy, file, '..'), { recursive: true });
    await cp(join(folder, file), join(copy, file));
  }
  const again = await Lists.open(copy);
  expect(again.store.problems()).toEqual([]);
  expect((await again.store.list(everything)).total).toBe(20);
  expect(await again.load('0a-1')).toEqual(['word 0', large]);
});

test('a plain copy of a folder that is in use opens, and what it has is whole', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { segmentBytes: 2000 });
  const copy = await temporaryFolder();
  for (let n = 0; n < 20; n += 1) await lists.add(`${n}a-1`, 'first');
  await lists.store.flush();
  for (const [n, file] of [...(await filesIn(folder))].reverse().entries()) {
    await lists.add(`${n % 20}a-1`, `while ${file} is copied`);
    if (n % 5 === 0) await lists.store.flush();
    await mkdir(join(copy, file, '..'), { recursive: true });
    await cp(join(folder, file), join(copy, file)).catch(() => {});
  }
  const again = await Lists.open(copy);
  for (let n = 0; n < 20; n += 1) {
    const words = (await again.load(`${n}a-1`)) ?? [];
    expect((await lists.load(`${n}a-1`))?.slice(0, words.length)).toEqual(words);
    expect(words[0]).toBe('first');
  }
});
