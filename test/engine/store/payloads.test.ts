import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { BigInteger, decodeJson, encodeJson, Float } from '../../../engine/model/json.ts';
import { restore, separate } from '../../../engine/store/large-values.ts';
import { openStore } from '../../../engine/store/open-store.ts';
import type { Store } from '../../../engine/store/store.ts';
import { propertyRuns } from '../../property-runs.ts';
import { crashed, filesIn, type Summary, silent, temporaryFolder } from './lists.ts';
import { gate, JOURNAL, WatchedDisk } from './watched-disk.ts';

interface Commit {
  readonly events: readonly unknown[];
}
interface Document {
  readonly records: readonly unknown[];
}

const large = Array.from({ length: 10_000 }, (_, n) => `item ${n}`);
const everything = { cursor: null, limit: 10 };

/** An execution is what its commits say, one after the other. */
async function open(folder: string, disk = new WatchedDisk()) {
  const { store, unfinished } = await openStore<Commit, Document, Summary>(folder, {
    durability: 'durable',
    goesOn: () => false,
    log: silent,
    format: { version: 1, upcast: (_kind, value) => value },
    disk,
    retryDelay: 10,
  });
  onTestFinished(() => store.close());
  const held = new Map<string, unknown[][]>();
  store.onCheckpoint((id) => {
    const commits = held.get(id);
    if (commits === undefined) return null;
    return { document: { records: commits.flat() }, summary: { createdAt: 1, count: 1 }, position: commits.length };
  });
  const commit = (id: string, ...events: readonly unknown[]): Promise<void> => {
    held.set(id, [...(held.get(id) ?? []), [...events]]);
    return store.commit(id, { events });
  };
  return { store, unfinished, commit };
}

async function load(store: Store<Commit, Document, Summary>, id: string): Promise<unknown> {
  const loaded = await store.load(id);
  if (loaded === null) return null;
  return [...(loaded.document?.records ?? []), ...loaded.commits.flatMap(({ events }) => events)];
}

async function payloadsIn(folder: string): Promise<readonly string[]> {
  return (await filesIn(folder)).filter((file) => /^payloads\/.*\.json$/.test(file));
}

test('keeps a value above 64 KiB once, however often it is used', async () => {
  const folder = await temporaryFolder();
  const { store, commit } = await open(folder);
  const events = [
    { type: 'done', output: { result: large } },
    { type: 'published', branch: { x: large, y: 1 } },
    { type: 'scheduled', input: { a: large } },
  ];
  await commit('aa-1', ...events);
  await commit('bb-2', { type: 'scheduled', input: { b: [...large] } });
  await store.flush();
  const [payload, ...others] = await payloadsIn(folder);
  expect(others).toEqual([]);
  expect(JSON.parse(await readFile(join(folder, payload ?? ''), 'utf8'))).toEqual(large);
  expect((await stat(join(folder, payload ?? ''))).mode & 0o777).toBe(0o600);
  for (const file of await filesIn(folder)) {
    if (file !== payload) expect((await stat(join(folder, file))).size, file).toBeLessThan(4096);
  }
  expect(await load(store, 'aa-1')).toEqual(events);
  await store.close();

  const { store: again } = await open(folder);
  expect(await load(again, 'aa-1')).toEqual(events);
  const history = [];
  for await (const { commit: each } of again.history('aa-1')) history.push(...each.events);
  expect(history).toEqual(events);
});

test('a large value is on disk before anybody hears of the commit that refers to it', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const { commit } = await open(folder, disk);
  await commit('aa-1', { output: large });
  const steps = disk.done.map(([operation, path]) => `${operation} ${path.slice(folder.length + 1)}`);
  const synced = steps.findIndex((step) => /^datasync payloads/.test(step));
  const named = steps.findLastIndex((step) => /^syncFolder payloads\/../.test(step));
  const committed = steps.findIndex((step) => /^datasync journal/.test(step));
  expect(synced).toBeGreaterThan(-1);
  expect(named).toBeGreaterThan(synced);
  expect(committed).toBeGreaterThan(named);
  const again = await open(await crashed(folder));
  expect(await load(again.store, 'aa-1')).toEqual([{ output: large }]);
});

test('what is committed once a large value is on disk, but not the commit that it is of, is told of after that one', async () => {
  const disk = new WatchedDisk();
  const { commit } = await open(await temporaryFolder(), disk);
  const journal = gate(disk);
  const told: unknown[] = [];
  const add = (output: unknown, name: unknown): Promise<unknown> =>
    commit('aa-1', { output }).then(() => told.push(name));
  // While this one is on its way to the disk, the others become one group.
  const before = commit('bb-2', { output: 'other' });
  const commits = [add(large, 'large')];
  while (disk.count('syncFolder', /payloads[/\\]\w+$/) === 0) await nextTurn();
  for (let n = 1; n <= 20; n += 1) {
    commits.push(add('small', n));
    await nextTurn();
  }
  journal.open();
  await Promise.all([before, ...commits]);
  expect(told).toEqual(['large', ...Array.from({ length: 20 }, (_, n) => n + 1)]);
});

test('a large value that is on disk already brings its commit before no other one', async () => {
  const disk = new WatchedDisk();
  const { commit } = await open(await temporaryFolder(), disk);
  await commit('aa-1', { output: large });
  const held: (() => void)[] = [];
  disk.beforeDatasync = async (path) => {
    if (JOURNAL.test(path)) await new Promise<void>((resolve) => held.push(resolve));
  };
  const turns = async (isOver: () => boolean): Promise<void> => {
    for (let after = 0; after < 20; after += Number(isOver())) await nextTurn();
  };
  const told: string[] = [];
  const add = (name: string, output: unknown): Promise<unknown> =>
    commit('aa-1', { output }).then(() => told.push(name));
  const known = disk.count('datasync', /payloads/);
  const commits = [commit('bb-2', { output: 'other' }), add('new', [...large, 'more'])];
  await turns(() => held.length === 1 && disk.count('datasync', /payloads/) > known);
  held[0]?.();
  await turns(() => held.length === 2);
  commits.push(add('small', 'small'), add('old', large));
  await turns(() => true);
  held[1]?.();
  await turns(() => held.length === 3);
  held[2]?.();
  await Promise.all(commits);
  expect(told).toEqual(['new', 'small', 'old']);
});

test('whatever is large of the commits of an execution, and whenever they are made, they are told of in their order', () => {
  const step = fc.record({
    /** Three values, so that some are on disk already. */
    large: fc.option(fc.nat({ max: 2 })),
    /** Turns of the event loop before the next commit. */
    turns: fc.nat({ max: 12 }),
    /** Another one is made as soon as this one is told of. */
    followed: fc.boolean(),
  });
  return fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), fc.nat({ max: 20 }), async (steps, slowness) => {
      const disk = new WatchedDisk();
      const { store, commit } = await open(await temporaryFolder(), disk);
      disk.beforeDatasync = async () => {
        for (let turn = 0; turn < slowness; turn += 1) await nextTurn();
      };
      const made: number[] = [];
      const told: number[] = [];
      const commits: Promise<unknown>[] = [];
      const add = (value: number | null, then: () => void): void => {
        const name = made.length;
        made.push(name);
        const output = value === null ? name : [...large, value];
        const done = commit('aa-1', { output }).then(() => {
          told.push(name);
          then();
        });
        commits.push(done);
      };
      for (const each of steps) {
        add(each.large, () => each.followed && add(null, () => {}));
        commits.push(commit('bb-2', { output: 'other' }));
        for (let turn = 0; turn < each.turns; turn += 1) await nextTurn();
      }
      while (told.length < made.length) await Promise.all(commits.splice(0));
      expect(told).toEqual(made);
      await store.close();
    }),
    propertyRuns(40),
  );
});

test('what is committed after a large value waits for it, and others do not', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const { store, commit } = await open(folder, disk);
  let full = true;
  disk.fault = (operation, path) =>
    full && operation === 'write' && path.includes('payloads') ? { code: 'ENOSPC' } : null;
  const told: string[] = [];
  const first = commit('aa-1', { output: large }).then(() => told.push('first'));
  const second = commit('aa-1', { output: 'small' }).then(() => told.push('second'));
  await commit('bb-2', { output: 'other' });
  await expect
    .poll(() =>
      store
        .problems()
        .map((each) => each.message)
        .join(),
    )
    .toContain('the disk is full');
  expect(told).toEqual([]);
  full = false;
  await Promise.all([first, second]);
  expect(told).toEqual(['first', 'second']);
  expect(store.problems()).toEqual([]);
  const again = await open(await crashed(folder));
  expect(await load(again.store, 'aa-1')).toEqual([{ output: large }, { output: 'small' }]);
});

test('what could not be written before the store is closed is refused, and was never acknowledged', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const { store, commit } = await open(folder, disk);
  disk.fault = (operation, path) => (operation === 'write' && path.includes('payloads') ? { code: 'ENOSPC' } : null);
  const refused = expect(commit('aa-1', { output: large })).rejects.toMatchObject({ code: 'closed' });
  const after = expect(commit('aa-1', { output: 'small' })).rejects.toMatchObject({ code: 'closed' });
  await store.close();
  await refused;
  await after;
  expect(await load((await open(folder)).store, 'aa-1')).toBeNull();
});

test('a large value goes with the last execution that uses it', async () => {
  const folder = await temporaryFolder();
  const { store, commit } = await open(folder);
  await commit('aa-1', { output: large });
  await commit('bb-2', { output: large });
  await store.flush();
  await store.close();

  const { store: again } = await open(folder);
  await again.delete('aa-1');
  expect(await payloadsIn(folder)).toHaveLength(1);
  expect(await load(again, 'bb-2')).toEqual([{ output: large }]);
  await again.delete('bb-2');
  expect((await filesIn(folder)).filter((file) => file.startsWith('payloads'))).toEqual([]);
});

test('a value that is used again while its last user is deleted stays', async () => {
  const folder = await temporaryFolder();
  const { store, commit } = await open(folder);
  await commit('aa-1', { output: large });
  await Promise.all([store.delete('aa-1'), commit('bb-2', { output: large })]);
  const again = await open(await crashed(folder));
  expect(await load(again.store, 'bb-2')).toEqual([{ output: large }]);
  expect(again.store.problems()).toEqual([]);
});

test('a deletion that was interrupted frees the space at the next start', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const { store, commit } = await open(folder, disk);
  await commit('aa-1', { output: large });
  disk.fault = (operation) => (operation === 'remove' ? { code: 'EPERM' } : null);
  await expect(store.delete('aa-1')).rejects.toThrow('the system does not permit it');
  const copy = await crashed(folder);
  const { store: again } = await open(copy);
  expect((await again.list(everything)).ids).toEqual([]);
  expect((await filesIn(copy)).filter((file) => file.startsWith('payloads'))).toEqual([]);
});

test('a large value that is damaged is told of, and everything else is there', async () => {
  const folder = await temporaryFolder();
  const { store, commit } = await open(folder);
  await commit('aa-1', { output: large, name: 'one' });
  await store.flush();
  await store.close();
  const [payload = ''] = await payloadsIn(folder);
  await writeFile(join(folder, payload), '["something else"]');
  const { store: again } = await open(folder);
  expect(await load(again, 'aa-1')).toMatchObject([
    { name: 'one', output: expect.stringContaining('could not be read') },
  ]);
  expect((await again.load('aa-1'))?.lost).toContain('could not be read');
  expect(again.problems()).toHaveLength(1);
  expect(await readdir(join(folder, 'payloads', payload.split('/')[1] ?? ''))).toContain(payload.split('/').at(-1));
});

test('a value that was damaged is made whole when it is used again', async () => {
  const folder = await temporaryFolder();
  const first = await open(folder);
  await first.commit('aa-1', { output: large });
  await first.store.close();
  const [payload = ''] = await payloadsIn(folder);
  const text = await readFile(join(folder, payload), 'utf8');
  await writeFile(join(folder, payload), text.replace('item 7', 'item 8'));
  const second = await open(folder);
  await second.commit('bb-2', { output: large });
  const { store } = await open(await crashed(folder));
  for (const id of ['aa-1', 'bb-2']) expect(await load(store, id)).toEqual([{ output: large }]);
});

test('a large value that is damaged is made again by whoever has it, and the damaged file is kept', async () => {
  const folder = await temporaryFolder();
  const { store, commit } = await open(folder);
  await commit('aa-1', { output: large });
  await store.close();
  const [payload = ''] = await payloadsIn(folder);
  await writeFile(join(folder, payload), '["something else"]');
  const again = await open(folder);
  await again.commit('bb-2', { output: large });
  expect(JSON.parse(await readFile(join(folder, payload), 'utf8'))).toEqual(large);
  expect(await readFile(join(folder, `${payload}.damaged-1`), 'utf8')).toBe('["something else"]');
});

test('what is taken out of a stored object comes back where it was', () => {
  const text = 'x'.repeat(70_000);
  const halves = [text.slice(35_000), text.slice(35_000)];
  const big = fc.constantFrom(text, halves, { a: halves, b: text }, [[halves]], { [text.slice(0, 40_000)]: halves[0] });
  const small = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(new Float(1), new BigInteger(2n ** 70n)));
  const value = fc.oneof(big, small, fc.dictionary(fc.string(), fc.oneof(big, small), { maxKeys: 3 }));
  const records = fc.array(fc.dictionary(fc.string(), value, { maxKeys: 3 }), { maxLength: 2 });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(small, records), { maxKeys: 2 }), (each) => {
      const { rest, references, values } = separate(each);
      for (const { value: one } of values) expect(encodeJson(one).length).toBeGreaterThan(65_536);
      const read = decodeJson(encodeJson(rest));
      const byHash = new Map(values.map(({ sha256, value: one }) => [sha256, one]));
      restore(read, references, (sha256) => byHash.get(sha256));
      expect(encodeJson(read) === encodeJson(decodeJson(encodeJson(each)))).toBe(true);
    }),
    { numRuns: 30 },
  );
});
