import type { Logger } from '../model/logger.ts';
import type { ExecutionFiles } from './execution-files.ts';
import type { Histories } from './histories.ts';
import type { IndexEntry, IndexPages } from './index-pages.ts';
import type { Journal } from './journal.ts';
import type { PendingLine, Tracked } from './ledger.ts';
import type { Problems } from './problems.ts';
import { closedError, reasonOf } from './store-error.ts';

/** What the files of an execution are made from. Nothing in it may change afterwards. */
export interface Snapshot<D, S> {
  readonly document: D;
  readonly summary: S;
  /** How many commits of the execution the document contains. */
  readonly position: number;
}

export interface CheckpointerOptions {
  readonly journal: Journal;
  readonly files: ExecutionFiles;
  readonly histories: Histories;
  readonly pages: IndexPages;
  readonly problems: Problems;
  readonly log: Logger;
  /** Null when the caller does not hold the execution: then its commits stay in the journal. */
  readonly snapshot: (id: string) => Snapshot<unknown, unknown> | null;
  /** Everything of the execution is in synced files: nothing has to be kept in mind any more. */
  readonly settled: (tracked: Tracked) => void;
  readonly retryDelay: number;
}

interface Job {
  readonly key: string;
  readonly work: () => Promise<void>;
}

/** An execution is written when nothing was committed for it for so long, in milliseconds... */
const QUIET = 50;
/** ...and for none at all for so long, unless segments pile up: who waits for a commit has the disk for himself... */
const CALM = 20;
/** ...or when this many characters were, or as many as its document has bytes: then writing costs what has changed. */
const ENOUGH = 262_144;
/** After a document was refused, others are tried for so many times the delay of a retry. */
const PATIENCE = 5;
/** After a document took a time to write, it is left alone for so many times that time. */
const REST = 10;
/** Written files are synced when nothing was committed for so long... */
const SYNC_QUIET = 500;
/** ...or when so many segments wait for it. */
const SEGMENTS = 4;
const SYNC_BATCH = 256;
/** When it is calm, so many small executions are written side by side, of so many bytes together. */
const TOGETHER = 8;
const TOGETHER_BYTES = 262_144;
const POLL = 25;

const TROUBLE = 'documents';
const SYNC_TROUBLE = 'sync';

/**
 * Brings what the journal holds into the documents, histories and index pages, in the background: when nobody commits, a
 * few small executions at a time, else one, and never while an fdatasync of the journal is under way. First files are written, later and in batches they are synced;
 * only then a segment of the journal may go.
 */
export class Checkpointer {
  readonly #options: CheckpointerOptions;
  /** Executions with commits that are not in their documents; the one that has been quiet for longest first. */
  readonly #dirty = new Map<string, Tracked>();
  /** Dirty executions that the caller does not hold. */
  readonly #parked = new Set<Tracked>();
  readonly #urgent = new Set<Tracked>();
  /** What is being written, or could not be: the caller may not hold the execution any more when it is tried again. */
  readonly #unwritten = new Map<Tracked, Snapshot<unknown, unknown>>();
  readonly #unsynced = new Set<Tracked>();
  readonly #removals: (() => Promise<void>)[] = [];
  /** Jobs that were refused and have not succeeded since. */
  readonly #failing = new Set<string>();
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #lastCommit = 0;
  #retryAt = 0;
  #finishing = false;
  #failed: unknown = null;

  constructor(options: CheckpointerOptions) {
    this.#options = options;
  }

  /** Something was committed for the execution, or has to be written again. */
  changed(tracked: Tracked): void {
    const now = performance.now();
    tracked.changedAt = now;
    this.#lastCommit = now;
    this.#parked.delete(tracked);
    this.#dirty.delete(tracked.id);
    this.#dirty.set(tracked.id, tracked);
    this.#arm();
  }

  /**
   * Writes the execution now, and resolves when its document contains everything that was committed until now; or at once
   * when the caller does not hold the execution. Rejects when the store is closed before it could be written.
   */
  write(tracked: Tracked): Promise<void> {
    if (!this.#dirty.has(tracked.id) && !this.#parked.has(tracked)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      tracked.waiters.push({ position: tracked.position, resolve, reject });
      this.#dirty.set(tracked.id, tracked);
      this.#parked.delete(tracked);
      this.#urgent.add(tracked);
      this.#wake();
    });
  }

  async writeAll(): Promise<void> {
    await Promise.all([...this.#dirty.values(), ...this.#parked].map((tracked) => this.write(tracked)));
  }

  /**
   * Removes the files of a deleted execution, and rejects when they cannot be removed.
   *
   * @param tombstone the line of the journal that says that it was deleted
   */
  remove(tracked: Tracked, tombstone: PendingLine): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#removals.push(() => this.#remove(tracked, tombstone).then(resolve, reject));
      this.#wake();
    });
  }

  /** Forgets about a deleted execution. */
  drop(tracked: Tracked): void {
    tracked.gone = true;
    if (this.#dirty.get(tracked.id) === tracked) this.#dirty.delete(tracked.id);
    this.#parked.delete(tracked);
    this.#urgent.delete(tracked);
    this.#unwritten.delete(tracked);
    this.#unsynced.delete(tracked);
    if (this.#failing.delete(tracked.id) && this.#failing.size === 0) this.#options.problems.clear(TROUBLE);
    for (const waiter of tracked.waiters) waiter.resolve();
    tracked.waiters = [];
  }

  /** Writes and syncs everything, once: what the disk refuses now stays in the journal. The journal must be closed. */
  async finish(): Promise<void> {
    this.#finishing = true;
    this.#retryAt = 0;
    for (const tracked of [...this.#dirty.values(), ...this.#parked]) this.#urgent.add(tracked);
    this.#wake();
    await this.#running;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const tracked of [...this.#dirty.values(), ...this.#parked]) {
      for (const waiter of tracked.waiters) waiter.reject(closedError());
    }
  }

  #wake(): void {
    this.#running ??= this.#run();
  }

  #arm(): void {
    if (this.#timer !== null || this.#running !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#wake();
    }, POLL);
  }

  async #run(): Promise<void> {
    for (;;) {
      await this.#options.journal.quiet();
      const jobs = this.#next();
      if (jobs.length === 0) break;
      await Promise.all(jobs.map((job) => this.#do(job)));
    }
    this.#running = null;
    const waiting =
      this.#dirty.size + this.#unsynced.size + this.#removals.length > 0 || this.#options.journal.removable;
    if (waiting && !this.#finishing) this.#arm();
  }

  async #do({ key, work }: Job): Promise<void> {
    try {
      await work();
      if (this.#failing.delete(key) && this.#failing.size === 0) this.#options.problems.clear(TROUBLE);
    } catch (error) {
      this.#failing.add(key);
      this.#refused(error);
    }
  }

  #refused(error: unknown): void {
    if (this.#finishing) {
      this.#failed = error;
      this.#options.log.warn(`The last documents were not written: ${reasonOf(error)}. The journal has their content.`);
      return;
    }
    this.#retryAt = performance.now() + this.#options.retryDelay;
    this.#options.problems.set(
      TROUBLE,
      'error',
      `Executions cannot be written to their files: ${reasonOf(error)}. It is tried again; until then the journal keeps everything.`,
      null,
    );
  }

  #next(): readonly Job[] {
    const now = performance.now();
    if (this.#failed !== null || now < this.#retryAt) return [];
    const removal = this.#removals.shift();
    if (removal !== undefined) return [{ key: 'remove', work: removal }];
    const due = this.#batch(now);
    if (due.length > 0) return due.map((tracked) => ({ key: tracked.id, work: () => this.#write(tracked) }));
    const overfull = this.#options.journal.segments > SEGMENTS;
    if (this.#unsynced.size > 0 && (this.#finishing || overfull || now - this.#lastCommit >= SYNC_QUIET)) {
      return [{ key: 'sync', work: () => this.#sync() }];
    }
    if (!this.#options.journal.removable) return [];
    return [{ key: 'segments', work: () => this.#removeSegments() }];
  }

  #batch(now: number): readonly Tracked[] {
    const calm = this.#finishing || now - this.#lastCommit >= CALM;
    const batch: Tracked[] = [];
    let bytes = 0;
    for (const tracked of this.#due(now, calm)) {
      bytes += tracked.documentSize + tracked.pendingSize;
      if (batch.length > 0 && bytes > TOGETHER_BYTES) break;
      batch.push(tracked);
      if (!calm || batch.length === TOGETHER) break;
    }
    return batch;
  }

  *#due(now: number, calm: boolean): Generator<Tracked> {
    yield* this.#urgent;
    const { segments, oldestFinished } = this.#options.journal;
    for (const tracked of this.#dirty.values()) {
      if (this.#urgent.has(tracked)) continue;
      // An execution that is never quiet must not keep a segment for ever.
      const keepsSegment = segments > SEGMENTS && tracked.lines[0]?.segment === oldestFinished;
      const quiet = now - tracked.changedAt >= QUIET && (calm || segments > 1);
      const enough = tracked.pendingSize > Math.max(ENOUGH, tracked.documentSize);
      if (keepsSegment || (tracked.restsUntil <= now && (quiet || enough))) yield tracked;
    }
  }

  async #write(tracked: Tracked): Promise<void> {
    const started = performance.now();
    this.#urgent.delete(tracked);
    tracked.restsUntil = started + this.#options.retryDelay * PATIENCE;
    const snapshot = this.#take(tracked) ?? this.#unwritten.get(tracked) ?? null;
    if (snapshot === null) {
      this.#dirty.delete(tracked.id);
      this.#parked.add(tracked);
      for (const waiter of tracked.waiters) waiter.resolve();
      tracked.waiters = [];
      return;
    }
    this.#unwritten.set(tracked, snapshot);
    const { position, summary, document } = snapshot;
    // Write-ahead: no file says anything that the journal does not have on disk.
    await tracked.committed;
    await this.#options.journal.quiet();
    const history = tracked.lines.filter((line) => line.head.position <= position);
    const end = tracked.historyEnd;
    // An append that fails may leave anything behind.
    tracked.historyEnd = null;
    const [appended, replaced] = await Promise.allSettled([
      this.#options.histories.append(tracked.id, history, end),
      this.#options.files.write(
        { id: tracked.id, position, summary, document },
        tracked.documentSize + tracked.pendingSize,
      ),
    ]);
    if (appended.status === 'rejected') throw appended.reason;
    tracked.historyEnd = appended.value;
    if (replaced.status === 'rejected') throw replaced.reason;
    tracked.documentSize = replaced.value;
    if (tracked.gone) return;
    this.#unwritten.delete(tracked);
    tracked.wrote(position, summary);
    tracked.restsUntil = performance.now() + (performance.now() - started) * REST;
    if (tracked.lines.length === 0) this.#dirty.delete(tracked.id);
    if (tracked.waiters.length === 0) this.#urgent.delete(tracked);
    else this.#urgent.add(tracked);
    if (!tracked.distrusted) this.#unsynced.add(tracked);
  }

  #take(tracked: Tracked): Snapshot<unknown, unknown> | null {
    try {
      return this.#options.snapshot(tracked.id);
    } catch (error) {
      this.#options.log.error(`The execution ${tracked.id} could not be written to its file.`, error);
      return null;
    }
  }

  async #sync(): Promise<void> {
    const batch = [...this.#unsynced].slice(0, SYNC_BATCH);
    const entries = new Map<string, IndexEntry>();
    for (const tracked of batch) if (tracked.written !== null) entries.set(tracked.id, tracked.written);
    try {
      await this.#options.files.sync([...entries.keys()], () => this.#options.journal.quiet());
    } catch (error) {
      this.#distrust(batch, error);
      return;
    }
    await this.#options.pages.write(entries);
    for (const tracked of batch) {
      if (tracked.gone) continue;
      this.#unsynced.delete(tracked);
      for (const [segment, lines] of tracked.unsynced) this.#options.journal.release(segment, lines);
      tracked.unsynced.clear();
      if (tracked.lines.length === 0) this.#options.settled(tracked);
    }
  }

  /**
   * Once a file could not be synced, a later sync may succeed without its content being on the disk. So these executions
   * stay in the journal until the next start reads them from there.
   */
  #distrust(batch: readonly Tracked[], error: unknown): void {
    for (const tracked of batch) {
      this.#unsynced.delete(tracked);
      tracked.distrusted = true;
    }
    this.#options.problems.set(
      SYNC_TROUBLE,
      'error',
      `Some files of executions may not be safe on the disk: ${reasonOf(error)}. The journal keeps what is in them until Windrose is started again.`,
      null,
    );
  }

  async #remove(tracked: Tracked, tombstone: PendingLine): Promise<void> {
    await this.#options.pages.write(new Map([[tracked.id, null]]));
    await this.#options.files.remove(tracked.id);
    for (const line of [...tracked.lines, tombstone]) this.#options.journal.release(line.segment, 1);
    for (const [segment, lines] of tracked.unsynced) this.#options.journal.release(segment, lines);
  }

  /** What the segments held is in synced files; the index is what is left to sync. */
  async #removeSegments(): Promise<void> {
    await this.#options.pages.sync();
    await this.#options.journal.removeReleased();
  }
}
