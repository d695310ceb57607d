import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../engine/store/open-store.ts';
import { crashed, filesIn, type ListStore, Lists, type Summary, silent, temporaryFolder } from './lists.ts';
import { WatchedDisk } from './watched-disk.ts';

const ids = ['aa-1', 'bb-2', 'cc-3'];

/** A folder as the app leaves it when it is closed: three executions of one, two and three words. */
async function closedFolder(goesOn: (summary: Summary) => boolean = () => false): Promise<string> {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { goesOn });
  for (const [index, id] of ids.entries()) for (const word of ids.slice(0, index + 1)) await lists.add(id, word);
  await lists.store.close();
  return folder;
}

/** Only opened: nothing was compared with the files yet. */
async function open(
  folder: string,
  goesOn: (summary: Summary) => boolean = () => false,
): Promise<{ readonly store: ListStore; readonly unfinished: readonly string[]; readonly disk: WatchedDisk }> {
  const disk = new WatchedDisk();
  const { store, unfinished } = await openStore<string, readonly string[], Summary>(folder, {
    durability: 'durable',
    goesOn,
    log: silent,
    format: { version: 1, upcast: (_kind, value) => value },
    disk,
  });
  onTestFinished(() => store.close());
  return { store, unfinished, disk };
}

async function listed(store: ListStore): Promise<readonly (readonly [string, number])[]> {
  const page = await store.list({ cursor: null, limit: 100 });
  expect(page.total).toBe(page.ids.length);
  return page.ids.map((id, index) => [id, page.summaries[index]?.count ?? 0]);
}

const all = [
  ['cc-3', 3],
  ['bb-2', 2],
  ['aa-1', 1],
];

const LOOKED = /executions[/\\][\w-]{2}$/;

describe('after the store was closed', () => {
  test('what is added then is listed with what was there, now and after the next start', async () => {
    const folder = await closedFolder();
    const lists = await Lists.open(folder);
    await lists.add('dd-4', 'word');
    await lists.store.close();
    const { store, disk } = await open(folder);
    expect((await listed(store)).toSorted()).toEqual([...all, ['dd-4', 1]].toSorted());
    expect(disk.count('list', LOOKED)).toBe(0);
  });

  test('a start without any change leaves the next one as quick', async () => {
    const folder = await closedFolder();
    const { store: first } = await open(folder);
    await first.close();
    const { store, disk } = await open(folder);
    expect(await listed(store)).toEqual(all);
    expect(disk.count('list', LOOKED)).toBe(0);
  });

  test('the list is there without a look at the files of the executions', async () => {
    const { store, disk } = await open(await closedFolder());
    expect(await listed(store)).toEqual(all);
    expect(disk.count('list', LOOKED)).toBe(0);
    const few = { cursor: null, limit: 1, filter: ({ count }: Summary) => count < 3 };
    expect(await store.search(few)).toMatchObject({ ids: ['bb-2'], total: 2 });
    expect(await store.search({ ...few, cursor: (await store.search(few)).next })).toMatchObject({
      ids: ['aa-1'],
      total: 2,
    });
    expect(await store.check()).toEqual({ listed: [], gone: [], unfinished: [] });
    expect(disk.count('list', LOOKED)).toBeGreaterThan(0);
    expect(await listed(store)).toEqual(all);
    expect(store.problems()).toEqual([]);
  });

  test('the list goes from start to start, with what changed in between', async () => {
    const folder = await closedFolder();
    const lists = await Lists.open(folder);
    await lists.load('aa-1');
    await lists.add('aa-1', 'more');
    await lists.store.delete('bb-2');
    await lists.store.close();
    const first = await open(folder);
    expect(await listed(first.store)).toEqual([
      ['cc-3', 3],
      ['aa-1', 2],
    ]);
    await first.store.close();
    const { store, disk } = await open(folder);
    expect(await listed(store)).toHaveLength(2);
    expect(disk.count('list', LOOKED)).toBe(0);
    expect((await store.load('aa-1'))?.position).toBe(2);
  });

  test('those that go on are unfinished at each start', async () => {
    const goesOn = ({ count }: Summary): boolean => count > 1;
    const folder = await closedFolder(goesOn);
    for (let start = 1; start <= 3; start += 1) {
      const { store, unfinished } = await open(folder, goesOn);
      expect([...unfinished].sort(), `start ${start}`).toEqual(['bb-2', 'cc-3']);
      await store.close();
    }
    const folderAfterCrash = await crashed(folder);
    await rm(join(folderAfterCrash, 'executions/index'), { recursive: true });
    expect([...(await open(folderAfterCrash, goesOn)).unfinished].sort()).toEqual(['bb-2', 'cc-3']);
  });

  test('an execution whose files were taken away is told of and leaves the list', async () => {
    const folder = await closedFolder();
    await rm(join(folder, 'executions/bb'), { recursive: true });
    const { store } = await open(folder);
    expect((await store.check()).gone).toEqual(['bb-2']);
    expect((await listed(store)).map(([id]) => id)).toEqual(['cc-3', 'aa-1']);
    expect(store.problems().map(({ message }) => message)).toEqual([
      'One execution has no file any more and can no longer be shown.',
    ]);
  });

  test('executions whose files were put there are taken up', async () => {
    const folder = await closedFolder();
    const other = await temporaryFolder();
    const lists = await Lists.open(other);
    await lists.add('dd-4', 'one');
    await lists.store.close();
    await cp(join(other, 'executions/dd'), join(folder, 'executions/dd'), { recursive: true });
    const { store } = await open(folder);
    expect(await listed(store)).toEqual(all);
    expect((await store.check()).listed).toEqual(['dd-4']);
    expect(await store.summary('dd-4')).toEqual({ createdAt: 1, count: 1 });
    expect((await store.load('dd-4'))?.document).toEqual(['one']);
  });

  test('half written files are removed', async () => {
    const folder = await closedFolder();
    await writeFile(join(folder, 'executions/aa/aa-1.json.tmp'), '{"vers');
    const { store } = await open(folder);
    await store.check();
    expect(await readdir(join(folder, 'executions/aa'))).not.toContain('aa-1.json.tmp');
  });

  test('it is opened with a look at everything when a page has changed since', async () => {
    const folder = await closedFolder();
    const page = join(folder, 'executions/index/00001.ndjson');
    const bytes = await readFile(page);
    for (const damaged of [bytes.subarray(0, bytes.length - 30), Buffer.concat([bytes, Buffer.from('x')]), null]) {
      const copy = await crashed(folder);
      const place = join(copy, 'executions/index/00001.ndjson');
      if (damaged === null) await rm(place);
      else await writeFile(place, damaged);
      const { store, disk } = await open(copy);
      expect(await listed(store)).toEqual(all);
      expect(disk.count('list', LOOKED)).toBeGreaterThan(0);
    }
  });

  test('what was noted for the next start is not believed when any of its bits has changed', async () => {
    const folder = await closedFolder();
    const file = join(folder, 'executions/index/closed.json');
    const bytes = await readFile(file);
    for (let at = 0; at < bytes.length; at += 7) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 4;
      await writeFile(file, damaged);
      const { store } = await open(folder);
      expect(await listed(store), `byte ${at}`).toEqual(all);
      await store.close();
    }
  });
});

describe('a page of the list that something else changes while the store is open', () => {
  const page = 'executions/index/00001.ndjson';
  const ruin: readonly (readonly [string, (path: string, text: string) => Promise<void>])[] = [
    ['removed', (path) => rm(path)],
    ['changed', (path, text) => writeFile(path, text.replace('"count":2', '"count":7'))],
    ['with its lines in other places', (path, text) => writeFile(path, text.split('\n').toReversed().join('\n'))],
  ];

  test.each(ruin)('is %s: the documents say what it said', async (_how, change) => {
    const folder = await closedFolder();
    const { store } = await open(folder);
    await change(join(folder, page), await readFile(join(folder, page), 'utf8'));
    expect(await listed(store)).toEqual(all);
    expect(await store.summary('bb-2')).toEqual({ createdAt: 2, count: 2 });
  });

  test('is gone together with a document: the list is refused with a sentence', async () => {
    const folder = await closedFolder();
    const { store } = await open(folder);
    await rm(join(folder, page));
    await rm(join(folder, 'executions/bb'), { recursive: true });
    await expect(store.list({ cursor: null, limit: 100 })).rejects.toThrow('The list of executions cannot be read');
    expect((await store.list({ cursor: null, limit: 1 })).ids).toEqual(['cc-3']);
    expect((await store.check()).gone).toEqual(['bb-2']);
    expect((await listed(store)).map(([id]) => id)).toEqual(['cc-3', 'aa-1']);
  });
});

test('while the store is open nothing stands there that a crash would leave behind untrue', async () => {
  const folder = await closedFolder();
  await open(folder);
  expect((await filesIn(folder)).filter((file) => file.includes('closed'))).toEqual([]);
});
