import { expect, test } from 'vitest';
import { crashed, filesIn, Lists, temporaryFolder } from './lists.ts';
import { WatchedDisk } from './watched-disk.ts';

const everything = { cursor: null, limit: 10 };

/** Lets the work behind it go on only when it is told to. */
class Gate {
  #open: () => void = () => {};
  #arrived: () => void = () => {};
  readonly #opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });
  /** Resolves when somebody stands before it. */
  readonly arrived = new Promise<void>((resolve) => {
    this.#arrived = resolve;
  });

  async pass(): Promise<void> {
    this.#arrived();
    await this.#opened;
  }

  open(): void {
    this.#open();
  }
}

async function expectGone(folder: string, lists: Lists): Promise<void> {
  expect((await lists.store.list(everything)).ids).not.toContain('aa-1');
  expect(await lists.load('aa-1')).toBeNull();
  await lists.store.flush();
  expect((await filesIn(folder)).filter((file) => file.includes('aa-1'))).toEqual([]);
  const again = await Lists.open(await crashed(folder));
  expect(again.unfinished).toEqual([]);
  expect((await again.store.list(everything)).ids).toEqual([]);
  expect(await again.load('aa-1')).toBeNull();
}

test('an execution that is deleted while a commit of it is on its way to the disk stays deleted', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk });
  await lists.add('aa-1', 'one');
  const gate = new Gate();
  disk.beforeDatasync = () => gate.pass();
  const committed = lists.add('aa-1', 'two');
  await gate.arrived;
  const deleted = lists.store.delete('aa-1');
  gate.open();
  await committed;
  // What the caller tells of the commit once it is on disk.
  lists.store.summarize('aa-1', { createdAt: 1, count: 2 });
  await deleted;
  await expectGone(folder, lists);
});

test.each([
  ['the document is written', 'rename', /aa-1\.json$/],
  ['the history is written', 'write', /aa-1\.history/],
  ['its files are synced', 'datasync', /aa-1\./],
  ['the index is written', 'write', /index/],
] as const)('an execution that is deleted while %s stays deleted', async (_when, operation, path) => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder, { disk });
  await lists.add('aa-1', 'one');
  const deleted = new Promise<void>((resolve, reject) => {
    disk.fault = (each, file) => {
      if (each !== operation || !path.test(file)) return null;
      disk.fault = () => null;
      lists.store.delete('aa-1').then(resolve, reject);
      return null;
    };
  });
  void lists.store.checkpoint('aa-1');
  await deleted;
  await expectGone(folder, lists);
});

test('an execution that is deleted while it is read is not there', async () => {
  const disk = new WatchedDisk();
  const folder = await temporaryFolder();
  const first = await Lists.open(folder);
  await first.add('aa-1', 'one');
  await first.store.close();
  const lists = await Lists.open(folder, { disk });
  let deleted: Promise<void> | null = null;
  disk.fault = (operation, path) => {
    if (operation === 'readFile' && path.endsWith('aa-1.json')) deleted ??= lists.store.delete('aa-1');
    return null;
  };
  expect(await lists.load('aa-1')).toBeNull();
  await deleted;
  await expectGone(folder, lists);
});
