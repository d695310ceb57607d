import { dirname, join } from 'node:path';
import type { Logger } from '../model/logger.ts';
import { type Disk, realDisk } from './disk.ts';
import { ExecutionFiles } from './execution-files.ts';
import { FolderLock } from './folder-lock.ts';
import type { Format } from './format.ts';
import { Histories } from './histories.ts';
import { type IndexEntry, IndexPages } from './index-pages.ts';
import { Journal } from './journal.ts';
import { SMALL_DOCUMENT, Tracked } from './ledger.ts';
import { PayloadFiles } from './payload-files.ts';
import { Problems } from './problems.ts';
import { recoverJournal } from './recover-journal.ts';
import { SideLogs } from './side-logs.ts';
import { Store } from './store.ts';
import { reasonOf, StoreError } from './store-error.ts';
import { type Listed, Summaries } from './summaries.ts';

export interface StoreOptions {
  /** What an acknowledged commit survives: `durable` a power loss, `fast` a crash of the app but not of the machine. */
  readonly durability: 'durable' | 'fast';
  readonly log: Logger;
  readonly format: Format;
  /** For tests: the file system, and sizes and times that are otherwise fit for real work. */
  readonly disk?: Disk;
  readonly segmentBytes?: number;
  readonly retryDelay?: number;
}

export interface OpenedStore<C, D, S extends Listed> {
  readonly store: Store<C, D, S>;
  /** Executions whose last commits are not in their files: each has to be loaded, so that it is carried on and shown. */
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
  options: StoreOptions,
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

async function openLocked<C, D, S extends Listed>(
  folder: string,
  options: StoreOptions,
  disk: Disk,
  lock: FolderLock,
): Promise<OpenedStore<C, D, S>> {
  const { format, log } = options;
  const retryDelay = options.retryDelay ?? 1000;
  const problems = new Problems(log);
  const executions = join(folder, 'executions');
  const durable = options.durability === 'durable';
  const payloads = new PayloadFiles({ disk, folder: join(folder, 'payloads'), durable, problems, retryDelay });
  const files = new ExecutionFiles(disk, executions, format, problems, payloads);
  const histories = new Histories(disk, files, format, problems);
  const pages = new IndexPages(disk, join(executions, 'index'), format, problems);
  const journalFolder = join(folder, 'journal');
  await disk.makeFolder(journalFolder);
  await disk.makeFolder(executions);
  // A power loss must not take the folders with what is going to be in them.
  await disk.syncFolder(folder);
  // Not every folder may be opened; where this one is, is the user's choice.
  await disk.syncFolder(dirname(folder)).catch(() => {});
  await pages.read();
  const recovered = await recoverJournal(
    disk,
    journalFolder,
    format,
    problems,
    (id) => pages.get(id)?.position ?? 0,
    (id) => pages.forget(id),
  );

  // Whatever follows the deletion of an execution is in the journal: its files hold nothing that is still wanted.
  for (const id of recovered.deleted) await files.remove(id);
  if (recovered.deleted.size > 0) await pages.write(new Map([...recovered.deleted].map((id) => [id, null])));

  const unfinished = new Set(recovered.tails.keys());
  const summaries = new Summaries<S>();
  const { documents, histories: withHistory } = await files.scan();
  await payloads.removeEmptyFolders();
  const gone: string[] = [];
  for (const [id, entry] of pages.entries()) {
    if (documents.has(id) || withHistory.has(id) || unfinished.has(id)) summaries.set(id, entry.summary as S);
    else gone.push(id);
  }
  const rebuilt = new Map<string, IndexEntry>();
  for (const id of documents) {
    if (pages.get(id) !== null || unfinished.has(id)) continue;
    const found = await files.read(id);
    // A large document may be behind its history.
    if (found === null || found.size > SMALL_DOCUMENT) {
      unfinished.add(id);
      continue;
    }
    rebuilt.set(id, { position: found.stored.position, summary: found.stored.summary });
    summaries.set(id, found.stored.summary as S);
  }
  for (const id of withHistory) if (!documents.has(id) && pages.get(id) === null) unfinished.add(id);
  if (gone.length > 0) {
    const what = gone.length === 1 ? 'One execution has' : `${gone.length} executions have`;
    problems.add('error', `${what} no file any more and can no longer be shown.`, executions);
  }
  if (gone.length > 0 || rebuilt.size > 0) {
    await pages.write(new Map([...gone.map((id) => [id, null] as const), ...rebuilt]));
  }

  const tracked = new Map<string, Tracked>();
  for (const [id, tail] of recovered.tails) {
    const position = Math.max(pages.get(id)?.position ?? 0, tail.at(-1)?.head.position ?? 0);
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
  const parts = { folder, format, disk, lock, log, problems, files, histories, pages, journal, summaries, tracked };
  return {
    store: new Store<C, D, S>({ ...parts, sideLogs, payloads, unreadable, retryDelay }),
    unfinished: [...unfinished],
  };
}
