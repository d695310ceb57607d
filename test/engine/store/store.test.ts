import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BigInteger, decodeJson, Float } from '../../../engine/model/json.ts';
import { openStore } from '../../../engine/store/open-store.ts';
import { crashed, filesIn, Lists, type Summary, silent, temporaryFolder } from './lists.ts';
import { WatchedDisk } from './watched-disk.ts';

async function wordsOf(history: AsyncIterable<{ readonly commit: string }>): Promise<readonly string[]> {
  const words: string[] = [];
  for await (const { commit } of history) words.push(commit);
  return words;
}

const everything = { cursor: null, limit: 1000 };

test('what was committed is there after the store was closed and opened', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  await lists.add('aa-1', 'one');
  await lists.add('aa-1', 'two');
  await lists.store.close();

  const again = await Lists.open(folder);
  expect(again.unfinished).toEqual([]);
  expect(await again.load('aa-1')).toEqual(['one', 'two']);
  expect((await again.store.list(everything)).summaries).toEqual([{ createdAt: 1, count: 2 }]);
  expect(again.store.problems()).toEqual([]);
});

test('what was committed is there after a crash, and is named as unfinished', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  await lists.add('aa-1', 'one');
  await lists.store.checkpoint('aa-1');
  await lists.add('aa-1', 'two');
  await lists.add('bb-2', 'three');

  const again = await Lists.open(await crashed(folder));
  expect([...again.unfinished].sort()).toEqual(['aa-1', 'bb-2']);
  expect(await again.load('aa-1')).toEqual(['one', 'two']);
  expect(await again.load('bb-2')).toEqual(['three']);
  expect(again.store.problems()).toEqual([]);
});

test('an execution goes on after each of many crashes', async () => {
  let folder = await temporaryFolder();
  const words: string[] = [];
  for (let round = 0; round < 8; round += 1) {
    const lists = await Lists.open(folder);
    expect(await lists.load('aa-1')).toEqual(round === 0 ? null : words);
    for (const word of [`${round} a`, `${round} b`]) {
      await lists.add('aa-1', word);
      words.push(word);
    }
    if (round % 3 === 1) await lists.store.flush();
    if (round % 3 === 2) await lists.store.close();
    folder = await crashed(folder);
  }
  const lists = await Lists.open(folder);
  expect(await lists.load('aa-1')).toEqual(words);
  expect(await wordsOf(lists.store.history('aa-1'))).toEqual(words);
  expect(lists.store.problems()).toEqual([]);
});

test('there is nothing to load for an id that was never used', async () => {
  const lists = await Lists.open(await temporaryFolder());
  expect(await lists.load('aa-1')).toBeNull();
  expect(await lists.load('../settings')).toBeNull();
  expect(await lists.store.delete('aa-9')).toBeUndefined();
});

test('documents are written soon after the last commit, without being asked for', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk });
  await lists.add('aa-1', 'one');
  await expect.poll(() => disk.count('rename', /aa-1\.json$/), { timeout: 2000, interval: 20 }).toBe(1);
  const text = await readFile(join(folder, 'executions/aa/aa-1.json'), 'utf8');
  expect(decodeJson(text)).toMatchObject({ version: 1, id: 'aa-1', position: 1, document: ['one'] });
});

test('a document is written once for many commits, and its history gets each of them once', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk });
  const words = Array.from({ length: 500 }, (_, n) => `word ${n}`);
  await Promise.all(words.map((word) => lists.add('aa-1', word)));
  await lists.store.flush();
  expect(disk.count('rename', /aa-1\.json$/)).toBe(1);
  const lines = (await readFile(join(folder, 'executions/aa/aa-1.history.ndjson'), 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).commit)).toEqual(words);
});

test('a history has what is still in the journal, and grows while it is read', async () => {
  const lists = await Lists.open(await temporaryFolder());
  await lists.add('aa-1', 'one');
  await lists.store.checkpoint('aa-1');
  await lists.add('aa-1', 'two');
  const words: string[] = [];
  for await (const { position, commit } of lists.store.history('aa-1')) {
    expect(position).toBe(words.length + 1);
    words.push(commit);
    await lists.store.flush();
  }
  expect(words).toEqual(['one', 'two']);
});

test('lines that are longer than the pieces in which files are read come back whole', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  const words = ['short', 'long '.repeat(100_000), 'é'.repeat(70_000), 'end'];
  for (const word of words) await lists.add('aa-1', word);
  await lists.store.flush();
  expect(await wordsOf(lists.store.history('aa-1'))).toEqual(words);
  const again = await Lists.open(await crashed(folder));
  await again.add('aa-1', 'more');
  await again.store.flush();
  expect(await wordsOf(again.store.history('aa-1'))).toEqual([...words, 'more']);
});

test('a history can be read from any commit on, without what is before it', async () => {
  const lists = await Lists.open(await temporaryFolder());
  const words = Array.from({ length: 1000 }, (_, n) =>
    n % 500 === 7 ? 'long '.repeat(30_000) : 'word '.repeat(n % 50),
  );
  await Promise.all(words.map((word) => lists.add('aa-1', word)));
  await lists.store.flush();
  for (const word of ['in the', 'journal']) await lists.add('aa-1', word);
  words.push('in the', 'journal');
  for (const after of [0, 1, 6, 7, 8, 250, 507, 508, 999, 1000, 1001, 1002]) {
    expect(await wordsOf(lists.store.history('aa-1', after))).toEqual(words.slice(after));
  }
});

test('numbers that JavaScript would blur, odd texts and dangerous keys come back as they were', async () => {
  const folder = await temporaryFolder();
  const value = {
    whole: new Float(1),
    large: new BigInteger(12345678901234567890n),
    text: 'line\nbreak \u2028 \ud800 "quoted" ,"crc":"00000000"}',
    ['__proto__']: { polluted: true },
  };
  const options = {
    durability: 'durable',
    goesOn: () => false,
    log: silent,
    format: { version: 1, upcast: () => null },
  } as const;
  const { store } = await openStore<unknown, unknown, Summary>(folder, options);
  store.onCheckpoint(() => ({ document: value, summary: { createdAt: 1, count: 1 }, position: 1 }));
  await store.commit('aa-1', value);
  await store.close();

  const { store: again } = await openStore<unknown, unknown, Summary>(folder, options);
  const own = Object.fromEntries([...Object.entries(value)]);
  expect(Object.entries((await again.load('aa-1'))?.document ?? {})).toEqual(Object.entries(own));
  for await (const { commit } of again.history('aa-1')) {
    expect(Object.entries(commit as object)).toEqual(Object.entries(own));
  }
  await again.close();
});

test('the list shows the newest first, in pages that do not shift when new executions come', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  for (let n = 1; n <= 25; n += 1) await lists.add(`aa-${n}`, 'word');
  const first = await lists.store.list({ cursor: null, limit: 10 });
  expect(first.summaries.map((each) => each.createdAt)).toEqual([25, 24, 23, 22, 21, 20, 19, 18, 17, 16]);
  expect(first.total).toBe(25);
  await lists.add('aa-26', 'word');
  const second = await lists.store.list({ cursor: first.next, limit: 10 });
  expect(second.summaries.map((each) => each.createdAt)).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
  await lists.store.close();

  const again = await Lists.open(folder);
  const third = await again.store.list({ cursor: second.next, limit: 10 });
  expect(third.summaries.map((each) => each.createdAt)).toEqual([5, 4, 3, 2, 1]);
  expect(third.next).toBeNull();
  const even = await again.store.search({ cursor: null, limit: 3, filter: (each) => each.createdAt % 2 === 0 });
  expect(even.summaries.map((each) => each.createdAt)).toEqual([26, 24, 22]);
  expect(even.total).toBe(13);
});

test('a deleted execution is gone with its files, and no crash brings it back', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  for (const id of ['aa-1', 'aa-2', 'aa-3']) await lists.add(id, 'word');
  await lists.store.flush();
  await lists.add('aa-2', 'more');
  await lists.store.delete('aa-2');
  await lists.store.delete('aa-3');
  expect(await readdir(join(folder, 'executions/aa'))).toEqual(['aa-1.history.ndjson', 'aa-1.json']);
  expect(await lists.load('aa-2')).toBeNull();
  expect((await lists.store.list(everything)).total).toBe(1);

  const again = await Lists.open(await crashed(folder));
  expect(await again.load('aa-2')).toBeNull();
  expect(await again.load('aa-3')).toBeNull();
  expect(await again.load('aa-1')).toEqual(['word']);
  expect((await again.store.list(everything)).total).toBe(1);
});

test('a deletion that could not remove the files is made good at the next start', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk });
  await lists.add('aa-1', 'word');
  await lists.store.flush();
  disk.fault = (operation, path) => (operation === 'remove' && path.includes('aa-1') ? { code: 'EPERM' } : null);
  await expect(lists.store.delete('aa-1')).rejects.toThrow('the system does not permit it');
  expect((await lists.store.list(everything)).total).toBe(0);

  const copy = await crashed(folder);
  const again = await Lists.open(copy);
  expect(await again.load('aa-1')).toBeNull();
  expect((await filesIn(copy)).filter((file) => file.includes('aa-1'))).toEqual([]);
});

test('an id can be used again after it was deleted, also across a crash', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  for (const word of ['one', 'two', 'three']) await lists.add('aa-1', word);
  await lists.store.flush();
  await lists.store.delete('aa-1');
  await lists.store.commit('aa-1', 'anew');
  lists.store.summarize('aa-1', { createdAt: 9, count: 1 });

  const again = await Lists.open(await crashed(folder));
  expect(await again.load('aa-1')).toEqual(['anew']);
  await again.store.flush();
  const last = await Lists.open(await crashed(folder));
  expect(await last.load('aa-1')).toEqual(['anew']);
  expect(await wordsOf(last.store.history('aa-1'))).toEqual(['anew']);
});

test('an execution that the caller let go of while it was written can be loaded, and its document is complete', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk, retryDelay: 1 });
  await lists.add('aa-1', 'one');
  let refused = 0;
  disk.fault = (operation, path) => {
    if (operation !== 'rename' || !path.endsWith('aa-1.json') || refused > 2) return null;
    refused += 1;
    lists.holds = false;
    return { code: 'EPERM' };
  };
  await lists.store.checkpoint('aa-1');
  expect(refused).toBe(3);
  expect(await lists.load('aa-1')).toEqual(['one']);
  expect(JSON.parse(await readFile(join(folder, 'executions/aa/aa-1.json'), 'utf8')).document).toEqual(['one']);
});

test('files are for their owner only', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  await lists.add('aa-1', 'one');
  await lists.store.close();
  for (const file of await filesIn(folder)) expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
});

test('a closed store takes nothing more and says so', async () => {
  const lists = await Lists.open(await temporaryFolder());
  await lists.store.close();
  await lists.store.close();
  await expect(lists.store.commit('aa-1', 'word')).rejects.toThrow('The store is closed.');
  await expect(lists.store.delete('aa-1')).rejects.toThrow('The store is closed.');
});

test('closing writes what was committed in the same turn', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  const commit = lists.add('aa-1', 'word');
  await lists.store.close();
  await commit;
  const again = await Lists.open(folder);
  expect(again.unfinished).toEqual([]);
  expect(await again.load('aa-1')).toEqual(['word']);
});

test('what is committed while the execution is being written is in its files when the store is closed', async () => {
  const folder = await temporaryFolder();
  const disk = new WatchedDisk();
  const lists = await Lists.open(folder, { disk });
  await lists.add('aa-1', 'one');
  const { open } = disk;
  let reach = () => {};
  let goOn = () => {};
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const held = new Promise<void>((resolve) => (goOn = resolve));
  disk.open = async (path, mode) => {
    if (path.endsWith('.history.ndjson')) {
      reach();
      await held;
    }
    return open(path, mode);
  };
  const written = lists.store.checkpoint('aa-1');
  await reached;
  await lists.add('aa-1', 'two');
  const closed = lists.store.close();
  for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  goOn();
  await Promise.all([written, closed]);
  expect(await readdir(join(folder, 'journal'))).toEqual([]);
  expect((await Lists.open(folder)).unfinished).toEqual([]);
});
