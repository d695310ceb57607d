import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { crashed, Lists, temporaryFolder } from './lists.ts';
import { gate, JOURNAL, WatchedDisk } from './watched-disk.ts';

test('what is committed in one turn shares one write and one fdatasync, whatever the execution', async () => {
  const disk = new WatchedDisk();
  const lists = await Lists.open(await temporaryFolder(), { disk });
  await Promise.all(Array.from({ length: 100 }, (_, n) => lists.add(`aa-${n % 10}`, `word ${n}`)));
  expect(disk.count('write', JOURNAL)).toBe(1);
  expect(disk.count('datasync', JOURNAL)).toBe(1);
});

test('what is committed while an fdatasync is under way shares the next one', async () => {
  const disk = new WatchedDisk();
  const lists = await Lists.open(await temporaryFolder(), { disk });
  const { reached, open } = gate(disk);
  const first = lists.add('aa-1', 'first');
  await reached;
  const others: Promise<void>[] = [];
  for (let n = 0; n < 20; n += 1) {
    others.push(lists.add('aa-1', `word ${n}`));
    await nextTurn();
  }
  expect(disk.count('write', JOURNAL)).toBe(1);
  open();
  await Promise.all([first, ...others]);
  expect(disk.count('datasync', JOURNAL)).toBe(2);
});

test('a commit is not acknowledged before its fdatasync', async () => {
  const disk = new WatchedDisk();
  const lists = await Lists.open(await temporaryFolder(), { disk });
  const { reached, open } = gate(disk);
  let acknowledged = false;
  const commit = lists.add('aa-1', 'word').then(() => {
    acknowledged = true;
  });
  await reached;
  for (let n = 0; n < 10; n += 1) await nextTurn();
  expect(acknowledged).toBe(false);
  open();
  await commit;
});

test('the folder of the journal is synced before the first commit in a new segment is acknowledged', async () => {
  const disk = new WatchedDisk();
  const lists = await Lists.open(await temporaryFolder(), { disk });
  disk.done.length = 0;
  await lists.add('aa-1', 'word');
  expect(disk.done.map(([operation]) => operation)).toEqual(['open', 'write', 'datasync', 'syncFolder']);
});

test('in fast mode a commit waits for its write and for no sync', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk, durability: 'fast' });
  disk.done.length = 0;
  await lists.add('aa-1', 'word');
  expect(disk.done.map(([operation]) => operation)).toEqual(['open', 'write']);
  const again = await Lists.open(await crashed(folder));
  expect(await again.load('aa-1')).toEqual(['word']);
});

test('the commits of an execution keep the order in which they were made', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  const words = Array.from({ length: 200 }, (_, n) => `word ${n}`);
  const commits: Promise<void>[] = [];
  for (const [n, word] of words.entries()) {
    commits.push(lists.add('aa-1', word), lists.add('aa-2', word));
    if (n % 7 === 0) await nextTurn();
  }
  await Promise.all(commits);
  const again = await Lists.open(await crashed(folder));
  expect(await again.load('aa-1')).toEqual(words);
  expect(await again.load('aa-2')).toEqual(words);
});

test('no file of an execution is written before its last commit is on disk', async () => {
  const disk = new WatchedDisk();
  const lists = await Lists.open(await temporaryFolder(), { disk });
  await lists.add('aa-1', 'first');
  const { reached, open } = gate(disk);
  const commit = lists.add('aa-1', 'second');
  await reached;
  const written = lists.store.checkpoint('aa-1');
  for (let n = 0; n < 20; n += 1) await nextTurn();
  expect(disk.count('write', /executions/)).toBe(0);
  open();
  await commit;
  await written;
  expect(disk.count('write', /aa-1\.json\.tmp$/)).toBe(1);
});

test('a segment is removed only after everything that it holds is in synced files', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk, segmentBytes: 300 });
  const ids = ['aa-1', 'bb-2', 'cc-3', 'dd-4'];
  for (let n = 0; n < 4; n += 1) for (const id of ids) await lists.add(id, `word ${n}`);
  expect((await readdir(join(folder, 'journal'))).length).toBeGreaterThan(3);
  await lists.store.close();
  expect(await readdir(join(folder, 'journal'))).toEqual([]);

  const at = (operation: string, path: RegExp) =>
    disk.done.findLastIndex(([each, file]) => each === operation && path.test(file));
  const removed = disk.done.findIndex(([operation, path]) => operation === 'remove' && JOURNAL.test(path));
  for (const id of ids) {
    expect(at('datasync', new RegExp(`${id}\\.history\\.ndjson$`))).toBeLessThan(removed);
    expect(at('datasync', new RegExp(`${id}\\.json$`))).toBeLessThan(removed);
    expect(at('datasync', new RegExp(`${id}\\.json$`))).toBeGreaterThan(at('rename', new RegExp(`${id}\\.json$`)));
    expect(at('syncFolder', new RegExp(`${id.slice(0, 2)}$`))).toBeLessThan(removed);
  }
  expect(at('datasync', /index[/\\]00001\.ndjson$/)).toBeLessThan(removed);
  expect(at('syncFolder', /executions$/)).toBeLessThan(removed);
});

test('an execution that is never quiet does not keep old segments for ever', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { segmentBytes: 200 });
  const segments = async () => (await readdir(join(folder, 'journal'))).length;
  await lists.add('aa-1', 'word');
  const [first] = await readdir(join(folder, 'journal'));
  let others = 0;
  while ((await readdir(join(folder, 'journal'))).includes(String(first))) {
    await lists.add('aa-1', 'word');
    others += 1;
    if (others > 5000) throw new Error(`${await segments()} segments`);
  }
  await lists.store.close();
  const again = await Lists.open(folder);
  expect((await again.load('aa-1'))?.length).toBe(others + 1);
});
