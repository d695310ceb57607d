import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { crashed, Lists, temporaryFolder } from './lists.ts';
import { WatchedDisk } from './watched-disk.ts';

const DOCUMENT = 'executions/aa/aa-1.json';

/** A store with one execution whose document has some hundred KB. */
async function large(disk = new WatchedDisk()): Promise<{ folder: string; lists: Lists; words: string[] }> {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk });
  const words = Array.from({ length: 2000 }, (_, n) => `word ${n} `.padEnd(200, 'x'));
  await Promise.all(words.map((word) => lists.add('aa-1', word)));
  await lists.store.flush();
  return { folder, lists, words };
}

test('a large document is not written again for a few commits, and the execution is whole after a crash', async () => {
  const disk = new WatchedDisk();
  const { folder, lists, words } = await large(disk);
  const written = disk.count('rename', /aa-1\.json$/);
  for (let round = 0; round < 20; round += 1) {
    words.push(`more ${round}`);
    await lists.add('aa-1', `more ${round}`);
    await lists.store.flush();
  }
  expect(disk.count('rename', /aa-1\.json$/)).toBe(written);
  const again = await Lists.open(await crashed(folder));
  expect(await again.load('aa-1')).toEqual(words);
  expect(again.store.problems()).toEqual([]);
});

test('what is behind a large document stays there when the store is closed and opened', async () => {
  const disk = new WatchedDisk();
  const { folder, lists, words } = await large(disk);
  await lists.add('aa-1', 'more');
  words.push('more');
  await lists.store.close();
  const written = disk.count('rename', /aa-1\.json$/);
  const again = await Lists.open(folder, { disk });
  expect(again.unfinished).toEqual([]);
  expect(await again.load('aa-1')).toEqual(words);
  await again.add('aa-1', 'and more');
  await again.store.close();
  expect(disk.count('rename', /aa-1\.json$/)).toBe(written);
  expect(await (await Lists.open(folder)).load('aa-1')).toEqual([...words, 'and more']);
});

test('writing documents costs a part of what was committed, however large the execution becomes', async () => {
  const disk = new WatchedDisk();
  const { lists, words } = await large(disk);
  const written = disk.count('rename', /aa-1\.json$/);
  for (let round = 0; round < 40; round += 1) {
    const more = Array.from({ length: 200 }, (_, n) => `round ${round} ${n} `.padEnd(200, 'y'));
    await Promise.all(more.map((word) => lists.add('aa-1', word)));
    words.push(...more);
    await lists.store.flush();
  }
  // Five times as large as before: the size has doubled two or three times.
  expect(disk.count('rename', /aa-1\.json$/) - written).toBeLessThanOrEqual(4);
  expect(disk.count('rename', /aa-1\.json$/) - written).toBeGreaterThan(0);
  expect(await lists.load('aa-1')).toEqual(words);
});

test('the document of an execution that has ended is written, however large it is', async () => {
  const { folder, lists, words } = await large();
  lists.ended.add('aa-1');
  await lists.add('aa-1', 'the end');
  await lists.store.flush();
  expect(JSON.parse(await readFile(join(folder, DOCUMENT), 'utf8')).document).toEqual([...words, 'the end']);
});

test('a large document has each record on a line of its own', async () => {
  const { folder, words } = await large();
  const lines = (await readFile(join(folder, DOCUMENT), 'utf8')).split('\n');
  expect(lines).toContain(`${JSON.stringify(words[7])},`);
});

test('a large document that is damaged is made again from the whole history', async () => {
  const { folder, lists, words } = await large();
  await lists.add('aa-1', 'more');
  await lists.store.close();
  const path = join(folder, DOCUMENT);
  const { size } = await stat(path);
  const bytes = await readFile(path);
  bytes[Math.floor(size / 2)] = 0;
  await writeFile(path, bytes);
  const again = await Lists.open(folder);
  expect(await again.load('aa-1')).toEqual([...words, 'more']);
  expect(again.store.problems()).toHaveLength(1);
  await again.store.flush();
  expect(JSON.parse(await readFile(path, 'utf8')).document).toHaveLength(2001);
});

test('what only the history has is there when the index is lost', async () => {
  const { folder, lists, words } = await large();
  await lists.add('aa-1', 'more');
  await lists.store.close();
  await rm(join(folder, 'executions/index'), { recursive: true });
  const again = await Lists.open(folder);
  expect(await again.load('aa-1')).toEqual([...words, 'more']);
  await again.store.close();
  expect(await (await Lists.open(folder)).store.summary('aa-1')).toMatchObject({ count: 2001 });
});
