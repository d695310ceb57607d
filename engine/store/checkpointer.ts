import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Logger } from '../model/logger.ts';
import { ExecutionWriter, type ExecutionWriterOptions } from './execution-writer.ts';
import type { PendingLine, Tracked } from './ledger.ts';
import { closedError, reasonOf } from './store-error.ts';
import { SEGMENTS, WaitingExecutions } from './waiting-executions.ts';
import { WrittenExecutions, type WrittenExecutionsOptions } from './written-executions.ts';

export interface CheckpointerOptions extends ExecutionWriterOptions, WrittenExecutionsOptions {
  readonly log: Logger;
}

interface Job {
  readonly key: string;
  readonly work: () => Promise<void>;
}

/** Written files are synced when nothing was committed for so long, in milliseconds, or when segments pile up. */
const SYNC_QUIET = 500;
const POLL = 25;
/** So many executions are made into text in one turn of the event loop. */
const TURN = 8;

const TROUBLE = 'documents';

/**
 * Brings what the journal holds into the histories, documents and index pages, in the background: when nobody commits, a
 * few small executions at a time, else one, and never while an fdatasync of the journal is under way. First files are
 * written, later and in batches they are synced; only then a segment of the journal may go.
 */
export class Checkpointer {
  readonly #options: CheckpointerOptions;
  readonly #waiting: WaitingExecutions;
  readonly #writer: ExecutionWriter;
  readonly #written: WrittenExecutions;
  /** What is done alone, before anything else. */
  readonly #errands: Job[] = [];
  /** Jobs that were refused and have not succeeded since. */
  readonly #failing = new Set<string>();
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #retryAt = 0;
  #finishing = false;
  #failed: unknown = null;

  constructor(options: CheckpointerOptions) {
    this.#options = options;
    this.#waiting = new WaitingExecutions(options.journal);
    this.#writer = new ExecutionWriter(options);
    this.#written = new WrittenExecutions(options);
  }

  /** Something was committed for the execution, or has to be written again. */
  changed(tracked: Tracked): void {
    this.#waiting.changed(tracked);
    this.#arm();
  }

  /**
   * Writes the execution now, and resolves when its files contain everything that was committed until now; or at once
   * when the caller does not hold the execution. Rejects when the store is closed before it could be written.
   */
  write(tracked: Tracked): Promise<void> {
    if (!this.#waiting.hurry(tracked)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      tracked.waiters.push({ position: tracked.position, resolve, reject });
      this.#wake();
    });
  }

  async writeAll(): Promise<void> {
    await Promise.all(this.#waiting.all().map((tracked) => this.write(tracked)));
  }

  /**
   * Removes the files of a deleted execution, and rejects when they cannot be removed.
   *
   * @param tombstone the line of the journal that says that it was deleted
   */
  remove(tracked: Tracked, tombstone: PendingLine): Promise<void> {
    return this.alone(() => this.#written.remove(tracked, tombstone));
  }

  /**
   * Does something while no file but those of the journal, of large values and of what actions report is written, and
   * none is removed. Commits go on.
   */
  alone(work: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#errands.push({ key: 'errand', work: () => work().then(resolve, reject) });
      this.#wake();
    });
  }

  /** Forgets about a deleted execution. */
  drop(tracked: Tracked): void {
    tracked.gone = true;
    this.#waiting.drop(tracked);
    this.#writer.drop(tracked);
    this.#written.drop(tracked);
    this.#succeeded(tracked.id);
    tracked.release();
  }

  /** Writes and syncs everything, once: what the disk refuses now stays in the journal. The journal must be closed. */
  async finish(): Promise<void> {
    this.#finishing = true;
    this.#retryAt = 0;
    for (const tracked of this.#waiting.all()) this.#waiting.hurry(tracked);
    this.#wake();
    await this.#running;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const tracked of this.#waiting.all()) {
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
      const done: Promise<void>[] = [];
      for (const job of jobs) {
        done.push(this.#do(job));
        // What was made of these is written while the next are made.
        if (done.length % TURN === 0) await endOfTurn();
      }
      await Promise.all(done);
    }
    this.#running = null;
    const left = this.#waiting.size + this.#written.size + this.#errands.length > 0 || this.#options.journal.removable;
    if (left && !this.#finishing) this.#arm();
  }

  async #do({ key, work }: Job): Promise<void> {
    try {
      await work();
      this.#succeeded(key);
    } catch (error) {
      this.#failing.add(key);
      this.#refused(error);
    }
  }

  #succeeded(key: string): void {
    if (this.#failing.delete(key) && this.#failing.size === 0) this.#options.problems.clear(TROUBLE);
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
    const { journal } = this.#options;
    if (this.#failed !== null || now < this.#retryAt) return [];
    const errand = this.#errands.shift();
    if (errand !== undefined) return [errand];
    const due = this.#waiting.next(now, this.#finishing);
    if (due.length > 0) return due.map((tracked) => ({ key: tracked.id, work: () => this.#write(tracked) }));
    const mayStart = this.#finishing || journal.segments > SEGMENTS || this.#waiting.calmFor(now) >= SYNC_QUIET;
    if (this.#written.size > 0 && mayStart) return [{ key: 'sync', work: () => this.#written.sync() }];
    if (!journal.removable) return [];
    return [{ key: 'segments', work: () => this.#written.removeSegments() }];
  }

  async #write(tracked: Tracked): Promise<void> {
    // Deleted between the choice of the jobs and this one.
    if (tracked.gone) return;
    this.#waiting.begun(tracked);
    const isHeld = await this.#writer.write(tracked).catch((error: unknown) => {
      if (tracked.gone) return true;
      throw error;
    });
    // Deleted while it was written: its files are removed next, and whether they could be written is nobody's trouble.
    if (tracked.gone) return;
    if (!isHeld) {
      this.#waiting.park(tracked);
      tracked.release();
      return;
    }
    this.#waiting.written(tracked);
    this.#written.add(tracked);
  }
}
