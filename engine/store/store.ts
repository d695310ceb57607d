import { join } from 'node:path';
import type { Logger } from '../model/logger.ts';
import { checkFiles, type FoundFiles } from './check-files.ts';
import { Checkpointer } from './checkpointer.ts';
import { CommitTexts } from './commit-texts.ts';
import { copyStore } from './copy-store.ts';
import type { Disk } from './disk.ts';
import { DocumentFile, type DocumentKind } from './document-file.ts';
import type { ExecutionFiles } from './execution-files.ts';
import {
  type ExecutionList,
  type Listed,
  type ListedRows,
  type ListPage,
  type ListQuery,
  summaryOf,
} from './execution-list.ts';
import type { Snapshot } from './execution-writer.ts';
import type { FolderLock } from './folder-lock.ts';
import type { Format } from './format.ts';
import type { Histories, HistoryLine } from './histories.ts';
import type { IndexPages } from './index-pages.ts';
import type { Journal } from './journal.ts';
import type { LargeValue } from './large-values.ts';
import { type Late, type PendingLine, SMALL_DOCUMENT, Tracked } from './ledger.ts';
import { encodeLine, isExecutionId, type LineType } from './line.ts';
import type { PayloadFiles } from './payload-files.ts';
import type { Problems, StoreProblem } from './problems.ts';
import { readExecution } from './read-execution.ts';
import { Sequence } from './sequence.ts';
import type { SideLogs } from './side-logs.ts';
import { sizeOfFolder } from './size-of-folder.ts';
import { closedError, reasonOf, StoreError } from './store-error.ts';

/** An execution as it was last committed: the commits are to be applied to the document, or from nothing without one. */
export interface Loaded<C, D> {
  readonly document: D | null;
  readonly commits: readonly C[];
  /** How many commits of the execution there are, those in the document included; the next one has the number after. */
  readonly position: number;
  /** Whether later commits, or large values, were lost to a damaged file, as a sentence. Then this is how the execution was before those. */
  readonly lost: string | null;
}

/** Everything that one process keeps in one folder. */
export interface StoreParts<S extends Listed> {
  readonly folder: string;
  readonly format: Format;
  readonly disk: Disk;
  readonly lock: FolderLock;
  readonly log: Logger;
  readonly problems: Problems;
  readonly files: ExecutionFiles;
  readonly histories: Histories;
  readonly pages: IndexPages<S>;
  readonly journal: Journal;
  readonly sideLogs: SideLogs;
  readonly payloads: PayloadFiles;
  readonly list: ExecutionList<S>;
  readonly tracked: Map<string, Tracked>;
  /** See RecoveredJournal; `tracked` holds its tails. */
  readonly unreadable: ReadonlyMap<string, number>;
  readonly retryDelay: number;
  readonly goesOn: (summary: S) => boolean;
  /** Whether the files of the executions were compared with the list. */
  readonly isChecked: boolean;
}

/**
 * The durable memory of the engine: executions as commits and documents, and documents of their own. What commits (`C`),
 * documents (`D`) and summaries (`S`) are made of is the caller's business; they must be JSON, boxed numbers included.
 */
export class Store<C, D, S extends Listed> {
  readonly #parts: StoreParts<S>;
  readonly #texts: CommitTexts<C>;
  readonly #checkpointer: Checkpointer;
  #snapshot: (id: string) => Snapshot<D, S> | null = () => null;
  readonly #documents: { readonly close: () => Promise<void> }[] = [];
  /** Executions whose files are still there although they are deleted. */
  readonly #deleting = new Set<string>();
  /** How many there were. */
  #deletions = 0;
  #closed: Promise<void> | null = null;

  /** Use `openStore`. */
  constructor(parts: StoreParts<S>) {
    this.#parts = parts;
    const { journal, files, histories, pages, problems, log, retryDelay } = parts;
    this.#texts = new CommitTexts(parts.format, files, parts.payloads);
    this.#checkpointer = new Checkpointer({
      journal,
      files,
      histories,
      pages,
      problems,
      log,
      retryDelay,
      snapshot: (id) => this.#snapshot(id),
      settled: (tracked) => {
        // How far a large document is behind decides when it is written again.
        if (tracked.documentSize > SMALL_DOCUMENT) return;
        if (parts.tracked.get(tracked.id) === tracked) parts.tracked.delete(tracked.id);
      },
    });
  }

  /**
   * Where the documents come from: the store asks whenever it wants to write one. Null means that the caller does not hold
   * the execution at the moment; its commits then stay in the journal, so load what is `unfinished`, and call
   * `checkpoint` before letting go of an execution.
   */
  onCheckpoint(snapshot: (id: string) => Snapshot<D, S> | null): void {
    this.#snapshot = snapshot;
  }

  /**
   * Adds a commit to an execution, a new one or one that has been loaded. Resolves once it is safe, as `durability` says.
   * The order of an execution's commits is the order of the calls, on disk and of what resolves. Everything that is
   * committed in one turn of the event loop shares one write and one fdatasync. Large values of it are on disk before it
   * is.
   *
   * When the disk refuses, the promise stays open and `problems` says why, until it could be written.
   *
   * @throws StoreError `closed`
   */
  commit(id: string, commit: C): Promise<void> {
    if (!isExecutionId(id)) throw new TypeError(`“${id}” cannot be the id of an execution`);
    if (this.#closed !== null) return Promise.reject(closedError());
    const { json, values } = this.#texts.encode(commit);
    return this.#append(this.#track(id), 'commit', json, values);
  }

  /**
   * What is needed to go on with an execution; null when there is no such execution.
   *
   * @throws StoreError `newer`, `unusable`, or `damaged` when nothing of it can be used; then it is gone from the list, and
   *   what is left of its files has been moved
   */
  async load(id: string): Promise<Loaded<C, D> | null> {
    if (!isExecutionId(id) || this.#deleting.has(id)) return null;
    try {
      return await this.#load(id);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      throw new StoreError('unusable', `Execution ${id} cannot be read: ${reasonOf(error)}.`, error);
    }
  }

  /**
   * Lists that the document of a large execution begins with, the last of them cut off, for somebody who wants to see
   * something before `load` has read all of it. Unchecked; null when there is no such thing, or when the document is not
   * all that there is.
   */
  async head(id: string): Promise<Partial<D> | null> {
    const { files, pages, tracked } = this.#parts;
    if (!isExecutionId(id) || this.#deleting.has(id)) return null;
    const head = await files.head(id);
    const isNewest = head?.position === pages.position(id) && (tracked.get(id)?.lines.length ?? 0) === 0;
    return head !== null && isNewest ? (head.document as Partial<D>) : null;
  }

  async #load(id: string): Promise<Loaded<C, D> | null> {
    const deletions = this.#deletions;
    const { files, histories, tracked, pages, unreadable, list } = this.#parts;
    // Taken before the document is read: a document only ever gets newer, so nothing can be missing between the two.
    const tail = [...(tracked.get(id)?.lines ?? [])];
    const known = pages.position(id);
    const written = Math.max(known, tracked.get(id)?.written?.position ?? 0, unreadable.get(id) ?? 0);
    const read = await readExecution(files, histories, id, tail, written === 0 ? null : written);
    const { stored } = read;
    const commits: C[] = [];
    let { lostValues } = read;
    for (const line of read.commits) {
      const decoded = await this.#texts.decode(line);
      commits.push(decoded.commit);
      lostValues += decoded.lostValues;
    }
    // It may have been deleted, or used anew, while its files were read.
    if (this.#deletions !== deletions) return this.#deleting.has(id) ? null : this.#load(id);
    const highest = Math.max(read.highest, known, unreadable.get(id) ?? 0);
    if (stored === null && commits.length === 0) {
      if (highest === 0) return null;
      throw await this.#giveUp(id, tail);
    }
    const staleIndex = stored !== null && stored.position > known && !tracked.has(id);
    if (staleIndex) list.set(id, stored.summary as S);
    if (staleIndex || read.behind > 0 || read.documentSize > SMALL_DOCUMENT) {
      const each = this.#track(id, read.position);
      // Unless it has been written since the store was opened, which says it better.
      if (each.documentSize === 0) {
        each.documentSize = read.documentSize;
        each.behind = read.behind;
      }
      if (staleIndex || (read.behind > 0 && each.isDocumentDue(0))) this.#checkpointer.changed(each);
    }
    // Now that the caller holds it, its document can be written.
    const now = tracked.get(id);
    if (now !== undefined && now.lines.length > 0) this.#checkpointer.changed(now);
    const document = stored === null ? null : (stored.document as D);
    if (highest === read.position) {
      const lost = lostValues === 0 ? null : 'Large values of this execution could not be read from the disk.';
      return { document, commits, position: read.position, lost };
    }
    return { document, commits, ...(await this.#goOnFrom(id, read.position, highest)) };
  }

  /**
   * All commits of an execution since its start, up to those that were made before the call. Ends early where commits were
   * lost; after a loss it goes on with what was committed since.
   *
   * @param after only those behind this position, which must be one that was given out before. Costs what it gives,
   *   however many are before it
   * @throws StoreError `newer` or `unusable`
   */
  async *history(id: string, after = 0): AsyncGenerator<{ readonly position: number; readonly commit: C }> {
    const { histories, tracked, pages, problems, files } = this.#parts;
    const tail = [...(tracked.get(id)?.lines ?? [])];
    const last = Math.max(tracked.get(id)?.position ?? 0, pages.position(id));
    const sequence = new Sequence(after);
    for await (const batch of histories.read(id, after)) {
      for (const line of batch) if (sequence.takes(line)) yield await this.#historic(line);
    }
    for (const line of tail) if (sequence.takes(line)) yield await this.#historic(line);
    if (sequence.position >= last) return;
    problems.set(
      `history end ${id}`,
      'error',
      `The history of execution ${id} ends at commit ${sequence.position} of ${last}: what followed cannot be read from the disk. The execution itself is shown as far as its document goes.`,
      files.historyPath(id),
    );
  }

  /**
   * Adds to what a part of an execution reports while it is at work. It survives the end of the process once this has
   * resolved, but no power loss; of much only the newest is kept. Wait for each call before the next of the same part.
   *
   * @param part a UUID
   */
  async appendLog(id: string, part: string, entries: readonly unknown[]): Promise<void> {
    if (!isExecutionId(id) || !isExecutionId(part)) throw new TypeError(`“${id}” and “${part}” cannot be ids`);
    if (this.#deleting.has(id)) return;
    await this.#parts.sideLogs.append(id, part, entries);
  }

  /** What is kept of it, the oldest first. */
  async readLog(id: string, part: string): Promise<readonly unknown[]> {
    return isExecutionId(id) && isExecutionId(part) ? this.#parts.sideLogs.read(id, part) : [];
  }

  /**
   * Shows an execution in the list, or shows it anew. Kept in memory; it is on disk with the next document. One that was
   * deleted while a commit of it was on its way to the disk does not come back.
   */
  summarize(id: string, summary: S): void {
    const { tracked, list } = this.#parts;
    if (tracked.has(id) || list.row(id) !== null) list.set(id, summary);
  }

  /** Newest first, in pages. @throws StoreError `unusable` */
  async list(query: Omit<ListQuery<S>, 'filter'>): Promise<ListPage<S>> {
    const { pages, list } = this.#parts;
    const found = list.list(query);
    await pages.look(found.rows);
    return pageOf(found);
  }

  /** The same of those that the filter lets pass. The first search looks at many summaries that nobody has looked at. */
  async search(query: ListQuery<S>): Promise<ListPage<S>> {
    const { pages, list } = this.#parts;
    await pages.lookAtAll();
    return pageOf(list.list(query));
  }

  /** Whether the list shows the execution. */
  has(id: string): boolean {
    return this.#parts.list.has(id);
  }

  /** What the list shows of the execution; null when it does not show it. @throws StoreError `unusable` */
  async summary(id: string): Promise<S | null> {
    const { pages, list } = this.#parts;
    const row = list.row(id);
    if (row === null) return null;
    await pages.look([row]);
    return list.has(id) ? summaryOf(row) : null;
  }

  /**
   * Writes the document of an execution now, if it has changed, and resolves when everything that was committed until now
   * is in it. Afterwards the caller may let go of the execution.
   */
  async checkpoint(id: string): Promise<void> {
    const tracked = this.#parts.tracked.get(id);
    if (tracked !== undefined) await this.#checkpointer.write(tracked);
  }

  /** Resolves when everything that was committed until now is in documents, as far as the caller holds the executions. */
  async flush(): Promise<void> {
    await this.#checkpointer.writeAll();
  }

  /**
   * Removes an execution and its files. Once this has resolved, nothing brings it back; if it rejects, the execution is
   * gone all the same and its files are removed at the next start.
   *
   * @throws StoreError `unusable` or `closed`
   */
  async delete(id: string): Promise<void> {
    if (this.#closed !== null) throw closedError();
    const { tracked, pages, journal, format } = this.#parts;
    if (!isExecutionId(id)) return;
    this.#deleting.add(id);
    this.#deletions += 1;
    const before = this.#track(id);
    this.#checkpointer.drop(before);
    tracked.delete(id);
    pages.forget(id);
    // What still waits for its large values comes before the line that says that all is gone.
    await before.gate?.catch(() => {});
    const head = { version: format.version, id, position: before.position + 1, type: 'deleted' } as const;
    const tombstone: PendingLine = { head, bytes: encodeLine(head, 'true'), segment: 0 };
    await journal.append(tombstone);
    try {
      await this.#checkpointer.remove(before, tombstone);
      this.#deleting.delete(id);
    } catch (error) {
      throw new StoreError('unusable', `The files of the execution could not be removed: ${reasonOf(error)}.`, error);
    }
  }

  /**
   * Takes up an execution that another store had, from its commits. Once this has resolved it can be loaded; after a crash
   * before that, nothing of it is there.
   *
   * @param id one that no execution of this store ever had
   * @throws StoreError `unusable` or `closed`
   */
  async adopt(id: string, commits: Iterable<C>): Promise<void> {
    if (!isExecutionId(id)) throw new TypeError(`“${id}” cannot be the id of an execution`);
    if (this.#closed !== null) throw closedError();
    const { histories, payloads, format } = this.#parts;
    const texts = this.#texts;
    async function* lines(): AsyncGenerator<Uint8Array> {
      let position = 0;
      for (const commit of commits) {
        const { json, values } = texts.encode(commit);
        // Before the line that refers to them, as in the journal.
        await payloads.keep(id, values);
        position += 1;
        yield encodeLine({ version: format.version, id, position, type: 'commit' }, json);
      }
    }
    try {
      await this.#checkpointer.alone(() => histories.make(id, lines()));
    } catch (error) {
      if (error instanceof StoreError) throw error;
      throw new StoreError('unusable', `The execution could not be written: ${reasonOf(error)}.`, error);
    }
  }

  /**
   * Compares the list with the files that are there, unless that was done when the store was opened, in the background. The
   * caller loads what is `unfinished`, as after opening.
   *
   * @throws StoreError `newer` or `unusable`
   */
  async check(): Promise<FoundFiles> {
    const { pages, files, list, problems, folder, goesOn, isChecked, tracked } = this.#parts;
    let found: FoundFiles = { listed: [], gone: [], unfinished: [] };
    if (isChecked || this.#closed !== null) return found;
    const isBusy = (id: string): boolean => tracked.has(id) || this.#deleting.has(id);
    const executions = join(folder, 'executions');
    await this.#checkpointer.alone(async () => {
      found = await checkFiles({ files, pages, list, problems, folder: executions, isBusy, goesOn });
    });
    return found;
  }

  /** How many bytes the files of the store have together. Looks at each of them, in the background. */
  size(): Promise<number> {
    return sizeOfFolder(this.#parts.disk, this.#parts.folder);
  }

  /**
   * Copies the store, as it is on disk, to another folder, which is made when it is not there and must be empty. Everything
   * that was committed before the call is in the copy. Commits go on meanwhile and stay in the journal until it is done.
   *
   * @throws StoreError `unusable` or `closed`
   */
  async backUp(to: string): Promise<void> {
    if (this.#closed !== null) throw closedError();
    const { disk, folder } = this.#parts;
    try {
      await this.#checkpointer.alone(() => copyStore(disk, folder, to));
    } catch (error) {
      if (error instanceof StoreError) throw error;
      throw new StoreError('unusable', `The store could not be copied to “${to}”: ${reasonOf(error)}.`, error);
    }
  }

  /** A document of its own, such as the catalog, in a file of this name. @throws StoreError `newer` or `unusable` */
  async document<T extends object>(name: string, kind: DocumentKind<T>): Promise<DocumentFile<T>> {
    if (this.#closed !== null) throw closedError();
    const { disk, folder, problems } = this.#parts;
    const document = await DocumentFile.open(disk, join(folder, name), kind, problems);
    this.#documents.push(document);
    return document;
  }

  /**
   * Null as long as commits reach the disk. While it refuses them, resolves when it takes them again: until then whoever
   * decides more only fills the memory.
   */
  get held(): Promise<void> | null {
    return this.#parts.journal.held;
  }

  /** What is damaged or does not work at the moment. */
  problems(): readonly StoreProblem[] {
    return this.#parts.problems.list();
  }

  /** Calls the listener after each change of `problems`, until the returned function is called. */
  onProblems(listener: (problems: readonly StoreProblem[]) => void): () => void {
    return this.#parts.problems.subscribe(listener);
  }

  /** Writes what waits and lets go of the folder. What the disk refuses now is still in the journal at the next start. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { journal, lock, log, pages, goesOn, payloads, tracked } = this.#parts;
    for (const document of this.#documents) await document.close();
    payloads.close();
    for (const { gate } of tracked.values()) await gate?.catch(() => {});
    await journal.close();
    await this.#checkpointer.finish();
    try {
      await pages.close(goesOn);
    } catch (error) {
      log.warn('The next start will take longer: the list of executions could not be closed.', error);
    }
    try {
      await lock.release();
    } catch (error) {
      log.warn('The lock of the folder could not be removed.', error);
    }
  }

  async #historic(line: HistoryLine): Promise<{ readonly position: number; readonly commit: C }> {
    const { commit } = await this.#texts.decode(line);
    return { position: line.head.position, commit };
  }

  #append(tracked: Tracked, type: LineType, json: string, values: readonly LargeValue[] = []): Promise<void> {
    tracked.position += 1;
    const head = { version: this.#parts.format.version, id: tracked.id, position: tracked.position, type };
    const line: PendingLine = { head, bytes: encodeLine(head, json), segment: 0 };
    tracked.add(line);
    tracked.committed = this.#write(tracked, line, values);
    this.#checkpointer.changed(tracked);
    return tracked.committed;
  }

  /**
   * A line stands in the journal only once its large values are on disk; those that follow it wait with it. The promises of
   * an execution's lines resolve in their order: one that reaches the disk in the same group as a line that came a longer
   * way has the same promise, and one of a later group waits for both.
   */
  #write(tracked: Tracked, line: PendingLine, values: readonly LargeValue[]): Promise<void> {
    const { journal, payloads } = this.#parts;
    const { gate: before, late: last } = tracked;
    if (values.length === 0 && before === null) {
      const durable = journal.append(line);
      if (last === null) return durable;
      if (last.durable === durable) return last.committed;
      return takeLate(tracked, { committed: last.committed.then(() => durable), durable });
    }
    const kept = Promise.all([before, payloads.keep(tracked.id, values)]);
    const written = kept.then(() => {
      late.durable = journal.append(line);
      // In an object: a promise for a promise would be the inner one.
      return { durable: late.durable };
    });
    const gate = written.then(() => {
      if (tracked.gate === gate) tracked.gate = null;
    });
    tracked.gate = gate;
    // Whoever waits for the commit hears of it.
    gate.catch(() => {});
    const committed = Promise.all([written, last?.committed]).then(([{ durable }]) => durable);
    const late: Late = { committed, durable: null };
    return takeLate(tracked, late);
  }

  #track(id: string, position = 0): Tracked {
    const known = this.#parts.tracked.get(id);
    if (known !== undefined) {
      known.position = Math.max(known.position, position);
      return known;
    }
    const tracked = new Tracked(id, Math.max(position, this.#parts.pages.position(id)));
    if (tracked.position === 0) tracked.historyEnd = { position: 0, size: 0 };
    this.#parts.tracked.set(id, tracked);
    return tracked;
  }

  /** Commits are missing: the execution goes on from the last one before the hole. */
  async #goOnFrom(id: string, position: number, highest: number): Promise<{ position: number; lost: string }> {
    const { files, problems } = this.#parts;
    const which = highest === position + 1 ? `Commit ${highest}` : `Commits ${position + 1} to ${highest}`;
    const lost = `${which} of this execution could not be read from the disk. It is shown as it was before.`;
    problems.set(`lost ${id}`, 'error', `Execution ${id}: ${lost}`, files.documentPath(id));
    const tracked = this.#track(id, highest);
    await this.#append(tracked, 'cut', String(position));
    return { position: tracked.position, lost };
  }

  /** Not even the beginning of the execution can be read: what is left is moved out of the way of the others. */
  async #giveUp(id: string, tail: readonly HistoryLine[]): Promise<StoreError> {
    const { files, problems } = this.#parts;
    const folder = await files.moveAway(id, Buffer.concat(tail.map((line) => line.bytes)));
    await this.delete(id);
    const message = `The beginning of execution ${id} could not be read from the disk. What is left of it is kept in “${folder}”.`;
    problems.set(`lost ${id}`, 'error', message, folder);
    return new StoreError('damaged', message);
  }
}

/** Remembers it until it is over. Returns its promise. */
function takeLate(tracked: Tracked, late: Late): Promise<void> {
  const isOver = (): void => {
    if (tracked.late === late) tracked.late = null;
  };
  tracked.late = late;
  late.committed.then(isOver, isOver);
  return late.committed;
}

/** Without those that were deleted while it was read what the index says of the others. */
function pageOf<S>({ rows, next, total }: ListedRows<S>): ListPage<S> {
  const there = rows.filter((row) => !row.isGone);
  return { summaries: there.map(summaryOf), ids: there.map((row) => row.id), next, total };
}
