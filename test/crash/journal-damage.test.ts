import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { encodeLine } from '../../engine/store/line.ts';
import { openStore } from '../../engine/store/open-store.ts';
import {
  crashed,
  filesIn,
  type ListStore,
  Lists,
  type Summary,
  silent,
  temporaryFolder,
} from '../engine/store/lists.ts';

// Many short lives of a store, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const everything = { cursor: null, limit: 1000 };

function line(id: string, position: number, word: string): string {
  return encodeLine({ version: 1, id, position, type: 'commit' }, JSON.stringify(word)).toString();
}

/** A folder whose journal consists of these segments. */
async function withJournal(...segments: readonly (readonly string[])[]): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'journal'));
  for (const [index, lines] of segments.entries()) {
    await writeFile(join(folder, 'journal', `0000000${index + 1}.ndjson`), lines.join(''));
  }
  return folder;
}

/** The store alone: nothing is loaded by itself. */
async function open(folder: string): Promise<ListStore> {
  const format = { version: 1, upcast: () => null };
  const { store } = await openStore<string, readonly string[], Summary>(folder, {
    durability: 'durable',
    goesOn: () => false,
    log: silent,
    format,
  });
  onTestFinished(() => store.close());
  return store;
}

function damage(text: string): string {
  return text.replace(/"commit":"./, '"commit":"#');
}

test('a last line that was cut off at any byte is dropped, and the execution goes on', async () => {
  const whole = line('aa-1', 1, 'one') + line('bb-2', 1, 'other');
  const last = line('aa-1', 2, 'two €');
  const size = Buffer.byteLength(last);
  for (let cut = 0; cut <= size; cut += 1) {
    const folder = await withJournal([whole, last]);
    await truncate(join(folder, 'journal/00000001.ndjson'), Buffer.byteLength(whole) + cut);
    const lists = await Lists.open(folder);
    // Only the newline is missing: the line was written to its end, and perhaps answered.
    const expected = cut >= size - 1 ? ['one', 'two €'] : ['one'];
    expect(await lists.load('aa-1'), `cut at ${cut}`).toEqual(expected);
    expect(await lists.load('bb-2')).toEqual(['other']);
    expect(lists.store.problems()).toEqual([]);
    if (cut % 10 === 0) {
      await lists.add('aa-1', 'more');
      const again = await Lists.open(await crashed(folder));
      expect(await again.load('aa-1')).toEqual([...expected, 'more']);
      expect(again.store.problems()).toEqual([]);
    }
    lists.holds = false;
    await lists.store.close();
  }
});

test('a last newline that the disk has changed takes no line with it, and is told', async () => {
  const text = line('aa-1', 1, 'one') + line('aa-1', 2, 'two');
  const folder = await withJournal([`${text.slice(0, -1)}J`]);
  const lists = await Lists.open(folder);
  expect(await lists.load('aa-1')).toEqual(['one', 'two']);
  expect(lists.store.problems()[0]?.message).toContain('The end of the journal “00000001.ndjson” cannot be read');
  await lists.add('aa-1', 'three');
  const again = await Lists.open(await crashed(folder));
  expect(await again.load('aa-1')).toEqual(['one', 'two', 'three']);
  expect(again.store.problems()).toEqual([]);
});

test('zeros at the end, as some file systems leave them after a power loss, are dropped', async () => {
  const folder = await withJournal([line('aa-1', 1, 'one'), '\0'.repeat(5000)]);
  const lists = await Lists.open(folder);
  expect(await lists.load('aa-1')).toEqual(['one']);
  expect(lists.store.problems()).toEqual([]);
});

test('a damaged line in the middle is kept aside and reported; everything before it and of others is used', async () => {
  const lines = [
    line('aa-1', 1, 'one'),
    line('bb-2', 1, 'uno'),
    damage(line('aa-1', 2, 'two')),
    line('bb-2', 2, 'due'),
    line('aa-1', 3, 'three'),
  ];
  const folder = await withJournal(lines);
  const lists = await Lists.open(folder);
  expect(await lists.load('bb-2')).toEqual(['uno', 'due']);
  expect(await lists.load('aa-1')).toEqual(['one']);
  const messages = lists.store.problems().map((problem) => problem.message);
  expect(messages[0]).toContain('One line of the journal “00000001.ndjson” cannot be read');
  expect(messages[1]).toContain('Commits 2 to 3 of this execution could not be read');
  expect(await readFile(join(folder, 'journal/00000001.ndjson.damaged-1'), 'utf8')).toBe(lines.join(''));
});

test('the caller is told that commits were lost, and a later start does not bring back what came after them', async () => {
  const folder = await withJournal([line('aa-1', 1, 'one'), damage(line('aa-1', 2, 'two')), line('aa-1', 3, 'three')]);
  const store = await open(folder);
  const loaded = await store.load('aa-1');
  expect(loaded).toMatchObject({ document: null, commits: ['one'], position: 4 });
  expect(loaded?.lost).toContain('It is shown as it was before.');
  await store.commit('aa-1', 'new');

  const again = await open(await crashed(folder));
  expect(await again.load('aa-1')).toEqual({ document: null, commits: ['one', 'new'], position: 5, lost: null });
  expect(again.problems()).toEqual([]);
});

test('a damaged last line of an execution is noticed too', async () => {
  const folder = await withJournal([line('aa-1', 1, 'one'), damage(line('aa-1', 2, 'two')), line('bb-2', 1, 'uno')]);
  const loaded = await (await open(folder)).load('aa-1');
  expect(loaded?.commits).toEqual(['one']);
  expect(loaded?.lost).toContain('Commit 2 of this execution could not be read');
});

test('a damaged line that a document has already is no loss', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  for (const word of ['one', 'two']) await lists.add('aa-1', word);
  await lists.store.flush();
  const copy = await crashed(folder);
  const path = join(copy, 'journal/00000001.ndjson');
  await writeFile(path, damage(await readFile(path, 'utf8')));
  const again = await Lists.open(copy);
  expect(again.store.problems().length).toBe(1);
  expect(await again.store.load('aa-1')).toMatchObject({ document: ['one', 'two'], lost: null });
});

test('an execution whose beginning is lost is moved away, told about once, and does not hold up the journal', async () => {
  const folder = await withJournal([damage(line('aa-1', 1, 'one')), line('aa-1', 2, 'two'), line('bb-2', 1, 'uno')]);
  const lists = await Lists.open(folder).catch((error: unknown) => error);
  expect(lists).toMatchObject({ code: 'damaged' });
  expect((lists as Error).message).toContain('The beginning of execution aa-1 could not be read');
  expect(await readFile(join(folder, 'executions/lost/aa-1.journal.ndjson'), 'utf8')).toBe(line('aa-1', 2, 'two'));
  const again = await Lists.open(await crashed(folder));
  expect(again.unfinished).toEqual(['bb-2']);
  await again.store.close();
});

test('a segment that is missing or was cut short is reported, and the others are used', async () => {
  const segments = [
    [line('aa-1', 1, 'one'), line('bb-2', 1, 'uno')],
    [line('aa-1', 2, 'two'), line('cc-3', 1, 'eins')],
    [line('aa-1', 3, 'three'), line('bb-2', 2, 'due')],
  ];
  const missing = await withJournal(...segments);
  await rm(join(missing, 'journal/00000002.ndjson'));
  const lists = await Lists.open(missing);
  expect(lists.store.problems()[0]?.message).toContain('A part of the journal is missing: 00000002.ndjson.');
  expect(await lists.load('bb-2')).toEqual(['uno', 'due']);
  expect(await lists.load('aa-1')).toEqual(['one']);

  const short = await withJournal(...segments);
  await truncate(join(short, 'journal/00000002.ndjson'), (segments[1]?.[0]?.length ?? 0) + 10);
  const others = await Lists.open(short);
  expect(others.store.problems()[0]?.message).toContain('One line of the journal “00000002.ndjson” cannot be read');
  expect(await others.load('aa-1')).toEqual(['one', 'two', 'three']);
  expect(await others.load('bb-2')).toEqual(['uno', 'due']);
  expect(await others.load('cc-3')).toBeNull();
});

/** A folder with four executions in files, and some commits in the journal besides. */
async function lived(): Promise<{ readonly folder: string; readonly words: ReadonlyMap<string, readonly string[]> }> {
  const folder = await temporaryFolder();
  const words = new Map<string, string[]>();
  const before = await Lists.open(folder);
  const add = async (lists: Lists, id: string, word: string) => {
    words.set(id, [...(words.get(id) ?? []), word]);
    await lists.add(id, word);
  };
  for (const id of ['aa-1', 'bb-2', 'cc-3', 'dd-4']) for (let n = 0; n < 5; n += 1) await add(before, id, `${id} ${n}`);
  await before.store.close();
  const lists = await Lists.open(folder);
  for (const id of ['aa-1', 'bb-2']) await lists.load(id);
  lists.holds = false;
  for (const id of ['aa-1', 'bb-2', 'ee-5']) await add(lists, id, `${id} more`);
  return { folder: await crashed(folder), words };
}

test('a damaged document is kept aside and made again from the history and the journal', async () => {
  const { folder, words } = await lived();
  for (const content of ['', '{"version": 1', 'null', '{"version":1,"id":"aa-1","position":3}']) {
    const copy = await crashed(folder);
    await writeFile(join(copy, 'executions/aa/aa-1.json'), content);
    await writeFile(join(copy, 'executions/cc/cc-3.json'), content);
    const lists = await Lists.open(copy);
    expect(await lists.load('aa-1')).toEqual(words.get('aa-1'));
    expect(await lists.load('cc-3')).toEqual(words.get('cc-3'));
    expect(lists.store.problems().map((problem) => problem.file)).toEqual([
      join(copy, 'executions/aa/aa-1.json.damaged-1'),
      join(copy, 'executions/cc/cc-3.json.damaged-1'),
    ]);
    await lists.store.close();
    const again = await Lists.open(copy);
    expect((await again.store.load('cc-3'))?.document).toEqual(words.get('cc-3'));
    expect(again.store.problems()).toEqual([]);
    await again.store.close();
  }
});

test('a document that is gone, or older than its history, is made again', async () => {
  const { folder, words } = await lived();
  const old = await temporaryFolder();
  const lists = await Lists.open(old);
  await lists.add('cc-3', 'cc-3 0');
  await lists.store.close();
  await copyFile(join(old, 'executions/cc/cc-3.json'), join(folder, 'executions/cc/cc-3.json'));
  await rm(join(folder, 'executions/dd/dd-4.json'));
  const again = await Lists.open(folder);
  expect(await again.store.load('cc-3')).toMatchObject({ commits: words.get('cc-3')?.slice(1), lost: null });
  expect(await again.load('dd-4')).toEqual(words.get('dd-4'));
});

test('an index that is gone or damaged is made again from the documents', async () => {
  const { folder } = await lived();
  const { summaries } = await (await Lists.open(await crashed(folder))).store.list(everything);
  expect(summaries.length).toBe(5);
  const page = 'executions/index/00001.ndjson';
  const text = await readFile(join(folder, page), 'utf8');
  const ruin: readonly ((copy: string) => Promise<void>)[] = [
    (copy) => rm(join(copy, 'executions/index'), { recursive: true }),
    (copy) => rm(join(copy, page)),
    (copy) => writeFile(join(copy, page), ''),
    (copy) => writeFile(join(copy, page), text.slice(0, 150)),
    (copy) => writeFile(join(copy, page), text.replace('"count":5', '"count":6')),
  ];
  for (const [which, each] of ruin.entries()) {
    const copy = await crashed(folder);
    await each(copy);
    const lists = await Lists.open(copy);
    expect((await lists.store.list(everything)).total, `ruin ${which}`).toBe(5);
    expect(new Set((await lists.store.list(everything)).summaries)).toEqual(new Set(summaries));
    await lists.store.close();
    expect((await (await Lists.open(copy)).store.list(everything)).total).toBe(5);
  }
});

test('executions whose files somebody removed are no longer listed, and that is said', async () => {
  const { folder } = await lived();
  await rm(join(folder, 'executions/cc'), { recursive: true });
  const lists = await Lists.open(folder);
  expect((await lists.store.list(everything)).total).toBe(4);
  expect(lists.store.problems()[0]?.message).toContain('One execution has no file any more');
  expect(await lists.load('cc-3')).toBeNull();
});

test('a history whose end was cut off or changed is mended when the execution goes on', async () => {
  const { folder, words } = await lived();
  const path = 'executions/aa/aa-1.history.ndjson';
  const text = await readFile(join(folder, path), 'utf8');
  for (const content of [text.slice(0, -1), `${text}{"v":1,"exec`, `${text}nonsense\n`]) {
    const copy = await crashed(folder);
    await writeFile(join(copy, path), content);
    const lists = await Lists.open(copy);
    await lists.add('aa-1', 'end');
    await lists.store.flush();
    const last = (await readFile(join(copy, path), 'utf8')).trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ n: 7, commit: 'end' });
    expect(await lists.load('aa-1')).toEqual([...(words.get('aa-1') ?? []), 'end']);
    await lists.store.close();
  }
});

test('flipped bits and cuts at random places of any file harm only what they hit, and are told', async () => {
  const { folder, words } = await lived();
  const files = (await filesIn(folder)).filter((file) => file !== 'lock');
  // A generator of its own, so that a failure can be repeated.
  let seed = 20240607;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let round = 0; round < 48; round += 1) {
    const copy = await crashed(folder);
    const file = files[round % files.length] ?? '';
    const bytes = await readFile(join(copy, file));
    const at = random(bytes.length);
    const cut = round % 4 === 3;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    await writeFile(join(copy, file), cut ? bytes.subarray(0, at) : bytes);

    const what = `round ${round}: ${file} ${cut ? 'cut' : 'flipped'} at ${at}`;
    const lists = await Lists.open(copy);
    let harmed = 0;
    for (const [id, expected] of words) {
      const found = await lists.load(id);
      if (JSON.stringify(found) === JSON.stringify(expected)) continue;
      harmed += 1;
      expect(expected.slice(0, found?.length ?? 0), what).toEqual(found ?? []);
    }
    const journal = file.startsWith('journal');
    expect(harmed, what).toBeLessThanOrEqual(journal ? (cut ? 3 : 2) : 0);
    const history = file.endsWith('.history.ndjson');
    // A journal that ends early looks as after a crash, and histories are only read when somebody looks.
    if (!history && !cut) expect(lists.store.problems().length, what).toBeGreaterThan(0);
    await lists.store.close();
    await (await Lists.open(copy)).store.close();
    expect((await readdir(copy)).includes('executions')).toBe(true);
  }
});
