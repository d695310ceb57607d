import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { StoreError } from '../../../engine/store/store-error.ts';
import { crashed, Lists, silent, temporaryFolder } from './lists.ts';
import { type Fault, JOURNAL, WatchedDisk } from './watched-disk.ts';

// Many short lives of a store, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** Resolves when the store reports something, or nothing any more. */
function problemsOf(lists: Lists, some: boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = lists.store.onProblems((problems) => {
      if (problems.length > 0 !== some) return;
      stop();
      resolve();
    });
  });
}

test.each(['ENOSPC', 'EIO', 'EPERM'])(
  'a journal that cannot be written (%s) holds everybody up and loses nothing',
  async (code) => {
    for (const operation of ['open', 'write', 'datasync', 'syncFolder'] as const) {
      const disk = new WatchedDisk();
      const folder = await temporaryFolder();
      const lists = await Lists.open(folder, { disk, retryDelay: 1, segmentBytes: 1 });
      await lists.add('aa-1', 'before');
      const told = problemsOf(lists, true);
      disk.fault = (each, path) => (each === operation && path.includes('journal') ? { code } : null);
      let acknowledged = 0;
      const commits = ['one', 'two'].map((word) =>
        lists.add('aa-1', word).then(() => {
          acknowledged += 1;
        }),
      );
      await told;
      expect(lists.store.problems()).toMatchObject([{ severity: 'error' }]);
      expect(lists.store.problems()[0]?.message).toContain('Everything waits and goes on as soon as it can be');
      expect(acknowledged).toBe(0);

      const over = problemsOf(lists, false);
      disk.fault = () => null;
      await Promise.all(commits);
      await over;
      const again = await Lists.open(await crashed(folder));
      expect(await again.load('aa-1')).toEqual(['before', 'one', 'two']);
      expect(again.store.problems()).toEqual([]);
      await lists.store.close();
      expect(await readdir(join(folder, 'journal'))).toEqual([]);
    }
  },
);

test('a full disk is called one', async () => {
  const disk = new WatchedDisk();
  const lists = await Lists.open(await temporaryFolder(), { disk, retryDelay: 1 });
  const told = problemsOf(lists, true);
  disk.fault = (operation) => (operation === 'write' ? { code: 'ENOSPC' } : null);
  const commit = lists.add('aa-1', 'word');
  await told;
  expect(lists.store.problems()[0]?.message).toContain('the disk is full');
  disk.fault = () => null;
  await commit;
});

test('writes that the system takes in small pieces arrive whole', async () => {
  const disk = new WatchedDisk();
  disk.fault = (operation) => (operation === 'write' ? { take: 7 } : null);
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk });
  await lists.add('aa-1', 'a longer word than that');
  await lists.store.close();
  disk.fault = () => null;
  const again = await Lists.open(folder);
  expect(await again.load('aa-1')).toEqual(['a longer word than that']);
  expect(again.store.problems()).toEqual([]);
});

test('a write that is cut off by a full disk leaves nothing torn behind', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk, retryDelay: 1 });
  await lists.add('aa-1', 'one');
  const faults: Fault[] = [{ take: 20 }, { code: 'ENOSPC' }, { take: 3 }, { code: 'ENOSPC' }];
  disk.fault = (operation, path) => (operation === 'write' && JOURNAL.test(path) ? (faults.shift() ?? null) : null);
  await lists.add('aa-1', 'two');
  await lists.add('aa-1', 'three');
  const again = await Lists.open(await crashed(folder));
  expect(await again.load('aa-1')).toEqual(['one', 'two', 'three']);
  expect(again.store.problems()).toEqual([]);
});

test('lines that could not be cut off again are not counted twice', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk, retryDelay: 1 });
  await lists.add('aa-1', 'one');
  let syncs = 0;
  disk.fault = (operation, path) => {
    if (operation === 'truncate') return { code: 'EIO' };
    if (operation !== 'datasync' || !JOURNAL.test(path)) return null;
    syncs += 1;
    return syncs === 1 ? { code: 'EIO' } : null;
  };
  await Promise.all([lists.add('aa-1', 'two'), lists.add('aa-1', 'three')]);
  expect((await readdir(join(folder, 'journal'))).length).toBe(2);
  disk.fault = () => null;
  const again = await Lists.open(await crashed(folder));
  expect(await again.load('aa-1')).toEqual(['one', 'two', 'three']);
  await again.store.flush();
  const words: string[] = [];
  for await (const { commit } of again.store.history('aa-1')) words.push(commit);
  expect(words).toEqual(['one', 'two', 'three']);
});

test('closing while the disk is full says which commit is not there, and keeps the others', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk });
  await lists.add('aa-1', 'kept');
  disk.fault = (operation) => (operation === 'write' ? { code: 'ENOSPC' } : null);
  const told = problemsOf(lists, true);
  const lost = lists.add('aa-1', 'lost');
  const answer = expect(lost).rejects.toThrow(
    'The last changes could not be written to the journal: the disk is full; make room on it.',
  );
  await told;
  await lists.store.close();
  await answer;
  const again = await Lists.open(folder);
  expect(await again.load('aa-1')).toEqual(['kept']);
});

test('documents that cannot be written are reported, tried again, and stay in the journal until then', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk, retryDelay: 1 });
  disk.fault = (_operation, path) => (path.includes('executions') ? { code: 'ENOSPC' } : null);
  const told = problemsOf(lists, true);
  await lists.add('aa-1', 'word');
  const written = lists.store.checkpoint('aa-1');
  await told;
  expect(lists.store.problems()[0]?.message).toContain(
    'Executions cannot be written to their files: the disk is full; make room on it.',
  );
  const again = await Lists.open(await crashed(folder));
  expect(await again.load('aa-1')).toEqual(['word']);
  const over = problemsOf(lists, false);
  disk.fault = () => null;
  await written;
  await over;
});

test('a folder that cannot be used is refused with a sentence', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'file'), '');
  await expect(Lists.open(join(folder, 'file'))).rejects.toThrow(StoreError);
  await expect(Lists.open(join(folder, 'file', 'below'))).rejects.toThrow('a file is where a folder should be');

  const disk = new WatchedDisk();
  disk.fault = (operation, path) => (operation === 'open' && path.endsWith('lock') ? { code: 'EACCES' } : null);
  await mkdir(join(folder, 'data'));
  await expect(Lists.open(join(folder, 'data'), { disk })).rejects.toThrow('the system does not permit it');
  expect(await readdir(join(folder, 'data'))).toEqual([]);
});

/** A short life of a store, with everything that it does to the disk. Returns what was acknowledged. */
async function live(folder: string, disk: WatchedDisk, acknowledged: Map<string, string[]>): Promise<void> {
  const lists = await Lists.open(folder, { disk, retryDelay: 1, segmentBytes: 150, log: silent });
  const add = async (id: string, word: string) => {
    await lists.add(id, word);
    acknowledged.set(id, [...(acknowledged.get(id) ?? []), word]);
  };
  try {
    await Promise.all([add('aa-1', 'one'), add('cc-3', 'one')]);
    await lists.store.flush();
    await add('aa-1', 'two');
    await lists.store.delete('cc-3');
    acknowledged.delete('cc-3');
    await lists.store.checkpoint('aa-1');
    await add('bb-2', 'three');
  } finally {
    await lists.store.close();
  }
}

test.each<[string, readonly Fault[]]>([
  ['ENOSPC, EIO or EPERM', [{ code: 'ENOSPC' }, { code: 'EIO' }, { code: 'EPERM' }]],
  ['a short write', [{ take: 9 }]],
])('whichever operation meets %s, nothing that was acknowledged is lost', async (_name, faults) => {
  for (let at = 0; ; at += 1) {
    const folder = await temporaryFolder();
    const disk = new WatchedDisk();
    const acknowledged = new Map<string, string[]>();
    let operations = 0;
    let met = '';
    disk.fault = (operation, path) => {
      const fault = faults[at % faults.length] ?? null;
      if (fault !== null && 'take' in fault && operation !== 'write') return null;
      operations += 1;
      if (operations !== at + 1) return null;
      met = `${operation} ${path.slice(folder.length)}`;
      return fault;
    };
    try {
      await live(folder, disk, acknowledged);
    } catch (error) {
      // Opening may be refused, deleting may be left to the next start: with a sentence each.
      expect(error, met).toBeInstanceOf(StoreError);
      expect((error as StoreError).message, met).toMatch(/^[A-Z“].*\.$/s);
    }
    disk.fault = () => null;
    const again = await Lists.open(folder);
    for (const [id, words] of acknowledged) {
      // A deletion that was not acknowledged may have happened.
      if (id === 'cc-3' && (await again.load(id)) === null) continue;
      expect((await again.load(id))?.slice(0, words.length), met).toEqual(words);
    }
    await again.store.close();
    if (met === '') break;
  }
});

test.each(['EIO', 'EPERM'])('whichever operation of a start after a crash meets %s, nothing is lost', async (code) => {
  const original = await temporaryFolder();
  const lists = await Lists.open(original, { segmentBytes: 150 });
  for (const word of ['one', 'two', 'three']) await Promise.all([lists.add('aa-1', word), lists.add('bb-2', word)]);
  await lists.store.close();
  const next = await Lists.open(original, { segmentBytes: 150 });
  next.holds = false;
  for (const id of ['aa-1', 'bb-2']) await next.load(id);
  await next.add('aa-1', 'four');

  for (let at = 0; ; at += 1) {
    const folder = await crashed(original);
    const disk = new WatchedDisk();
    let operations = 0;
    let met = '';
    disk.fault = (operation, path) => {
      operations += 1;
      if (operations !== at + 1) return null;
      met = `${operation} ${path.slice(folder.length)}`;
      return { code };
    };
    let started: Lists | null = null;
    try {
      started = await Lists.open(folder, { disk, retryDelay: 1 });
      await started.load('bb-2');
    } catch (error) {
      expect(error, met).toBeInstanceOf(StoreError);
    } finally {
      await started?.store.close();
    }
    disk.fault = () => null;
    const again = await Lists.open(folder);
    expect(await again.load('aa-1'), met).toEqual(['one', 'two', 'three', 'four']);
    expect(await again.load('bb-2'), met).toEqual(['one', 'two', 'three']);
    await again.store.close();
    if (met === '') break;
  }
});
