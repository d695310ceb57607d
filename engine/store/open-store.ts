import { dirname, join } from 'node:path';
import type { Logger } from '../model/logger.ts';
import { checkFiles } from './check-files.ts';
import { type Disk, errorCode, realDisk } from './disk.ts';
import { ExecutionFiles } from './execution-files.ts';
import { ExecutionList, type Listed } from './execution-list.ts';
import { FolderLock } from './folder-lock.ts';
import type { Format } from './format.ts';
import { Histories } from './histories.ts';
import { IndexPages } from './index-pages.ts';
import { Journal } from './journal.ts';
import { Tracked } from './ledger.ts';
import { PayloadFiles } from './payload-files.ts';
import { Problems } from './problems.ts';
import { recoverJournal } from './recover-journal.ts';
import { SideLogs } from './side-logs.ts';
import { Store } from './store.ts';
import { reasonOf, StoreError } from './store-error.ts';

export interface StoreOptions<S extends Listed> {
  /** What an acknowledged commit survives: `durable` a power loss, `fast` a crash of the app but not of the machine. */
  readonly durability: 'durable' | 'fast';
  readonly log: Logger;
  readonly format: Format;
  /** Whether more is going to happen in an execution of which the list shows this: then it is `unfinished` at each start. */
  readonly goesOn: (summary: S) => boolean;
  /** For tests: the file system, and sizes and times that are otherwise fit for real work. */
  readonly disk?: Disk;
  readonly segmentBytes?: number;
  readonly retryDelay?: number;
}

export interface OpenedStore<C, D, S extends Listed> {
  readonly store: Store<C, D, S>;
  /**
   * Executions that have not ended, and those whose last commits are not in their files: each has to be loaded, so that it
   * is carried on and shown.
   */
  readonly unfinished: readonly string[];
}

/**
 * Opens the store in a folder, which is made when it is not there. Whatever is damaged is kept aside and reported in
 * `problems`, and everything else is there.
 *
 * @throws StoreError `locked`, `newer` or `unusable`
 */
export async function openStore<C, D, S extends Listed>(
  folder: string,
  options: StoreOptions<S>,
): Promise<OpenedStore<C, D, S>> {
  const disk = options.disk ?? realDisk;
  let lock: FolderLock | null = null;
  try {
    await disk.makeFolder(folder);
    lock = await FolderLock.take(disk, folder);
    return await openLocked(folder, options, disk, lock);
  } catch (error) {
    // If this fails too, the reason why the folder cannot be opened is still what matters.
    await lock?.release().catch(() => {});
    if (error instanceof StoreError) throw error;
    throw new StoreError('unusable', `The folder “${folder}” cannot be used: ${reasonOf(error)}.`, error);
  }
}

/**
 * The folder itself may be reached by a link, but no folder in it may be one: files would be written and removed wherever it
 * leads. Links in the place of files are for `Disk` to refuse.
 *
 * @throws StoreError `unusable`
 */
async function refuseLinks(disk: Disk, folder: string): Promise<void> {
  for (const part of ['.', 'executions', 'journal', 'payloads']) {
    const [link] = await linksIfThere(disk, join(folder, part));
    if (link === undefined) continue;
    const place = join(folder, part, link);
    const message = `“${place}” is a link, and links in the folder of the store are not followed. Put what it leads to in its place.`;
    throw new StoreError('unusable', message);
  }
}

async function linksIfThere(disk: Disk, folder: string): Promise<readonly string[]> {
  try {
    return await disk.links(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function openLocked<C, D, S extends Listed>(
  folder: string,
  options: StoreOptions<S>,
  disk: Disk,
  lock: FolderLock,
): Promise<OpenedStore<C, D, S>> {
  const { format, log, goesOn } = options;
  const retryDelay = options.retryDelay ?? 1000;
  const problems = new Problems(log);
  const executions = join(folder, 'executions');
  const durable = options.durability === 'durable';
  const payloads = new PayloadFiles({ disk, folder: join(folder, 'payloads'), durable, problems, retryDelay });
  const files = new ExecutionFiles(disk, executions, format, problems, payloads);
  const histories = new Histories(disk, files, format, problems);
  const list = new ExecutionList<S>();
  const pages = new IndexPages(disk, join(executions, 'index'), files, format, problems, list);
  const journalFolder = join(folder, 'journal');
  await refuseLinks(disk, folder);
  await disk.makeFolder(journalFolder);
  await disk.makeFolder(executions);
  // A power loss must not take the folders with what is going to be in them.
  await disk.syncFolder(folder);
  // Not every folder may be opened; where this one is, is the user's choice.
  await disk.syncFolder(dirname(folder)).catch(() => {});
  const index = await pages.read(goesOn);
  const recovered = await recoverJournal(
    disk,
    journalFolder,
    format,
    problems,
    (id) => pages.position(id),
    (id) => pages.forget(id),
  );

  // Whatever follows the deletion of an execution is in the journal: its files hold nothing that is still wanted.
  for (const id of recovered.deleted) await files.remove(id);
  if (recovered.deleted.size > 0) await pages.write(new Map([...recovered.deleted].map((id) => [id, null])));

  const tails = recovered.tails;
  const unfinished = new Set([...index.goOn.filter((id) => list.has(id)), ...tails.keys()]);
  // After the app was closed the files are as the index says, but for what others did to them: that can be looked for later.
  if (!index.isWhole) {
    const isBusy = (id: string): boolean => tails.has(id);
    const found = await checkFiles({ files, pages, list, problems, folder: executions, isBusy, goesOn });
    for (const id of found.unfinished) unfinished.add(id);
    for (const id of found.gone) unfinished.delete(id);
  }
  await payloads.removeEmptyFolders();
  await pages.opened();

  const tracked = new Map<string, Tracked>();
  for (const [id, tail] of tails) {
    const position = Math.max(pages.position(id), tail.at(-1)?.head.position ?? 0);
    const each = new Tracked(id, position);
    for (const line of tail) each.add(line);
    tracked.set(id, each);
  }
  const journal = new Journal({
    disk,
    folder: journalFolder,
    durable,
    problems,
    segmentBytes: options.segmentBytes ?? 8 * 1024 * 1024,
    retryDelay,
    segments: recovered.segments,
    next: recovered.next,
  });
  const { unreadable } = recovered;
  const sideLogs = new SideLogs(disk, files);
  const parts = { folder, format, disk, lock, log, problems, files, histories, pages, journal, list, tracked };
  return {
    store: new Store<C, D, S>({
      ...parts,
      sideLogs,
      payloads,
      unreadable,
      retryDelay,
      goesOn,
      isChecked: !index.isWhole,
    }),
    unfinished: [...unfinished],
  };
}
