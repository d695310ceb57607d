import { join } from 'node:path';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { type Disk, type DiskFile, removeIfThere, writeAll } from './disk.ts';
import type { Problems } from './problems.ts';
import { closedError, reasonOf, StoreError } from './store-error.ts';

/** One line on its way to the journal. */
export interface JournalEntry {
  /** The whole line with its newline. */
  readonly bytes: Uint8Array;
  /** The segment that holds the line; 0 until it is written. */
  segment: number;
}

export interface JournalOptions {
  readonly disk: Disk;
  readonly folder: string;
  /** Whether a line counts as committed once it survives a power loss, or as soon as the system has it. */
  readonly durable: boolean;
  readonly problems: Problems;
  readonly segmentBytes: number;
  /** Milliseconds until a refused write is tried again. */
  readonly retryDelay: number;
  /** Segments that were there before, and how many of their lines are still needed. */
  readonly segments: ReadonlyMap<number, number>;
  /** The number of the next segment. */
  readonly next: number;
}

/** The segment that is being written. */
interface Active {
  readonly file: DiskFile;
  readonly segment: number;
  /** Bytes that are committed. */
  size: number;
  /** Whether its name may not survive a power loss yet. */
  fresh: boolean;
}

interface Group {
  readonly entries: JournalEntry[];
  readonly written: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: StoreError) => void;
}

const TROUBLE = 'journal';

/**
 * The write-ahead journal that all executions share: segments of one line per commit, written in groups. It knows nothing
 * of what the lines mean; it counts which of them are still needed and removes segments without any.
 */
export class Journal {
  readonly #options: JournalOptions;
  /** Lines still needed, by segment, oldest first. */
  readonly #live: Map<number, number>;
  #next: number;
  #active: Active | null = null;
  #waiting: Group | null = null;
  #writing: Promise<void> | null = null;
  #loop: Promise<void> | null = null;
  #closing = false;
  #wake: (() => void) | null = null;
  /** There while the disk refuses. */
  #held: { readonly over: Promise<void>; readonly end: () => void } | null = null;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#live = new Map(options.segments);
    this.#next = options.next;
  }

  /**
   * Resolves once the line is committed. Lines are written in the order of the calls. What is appended in one turn of the
   * event loop, or while the group before is on its way to the disk, shares one write and one fdatasync.
   *
   * When the disk refuses, the line waits and is tried again until there is room; it is rejected only when the journal is
   * closed before that.
   */
  append(entry: JournalEntry): Promise<void> {
    if (this.#closing) return Promise.reject(closedError());
    this.#waiting ??= newGroup();
    this.#waiting.entries.push(entry);
    this.#loop ??= this.#run();
    return this.#waiting.written;
  }

  /** Resolves as soon as no fdatasync is under way: what is written in the background gives way to it. */
  async quiet(): Promise<void> {
    await this.#writing;
  }

  /** Null while the disk takes what it is given; otherwise resolves as soon as it does again, or the journal is closed. */
  get held(): Promise<void> | null {
    return this.#held?.over ?? null;
  }

  /** How many segments there are. */
  get segments(): number {
    return this.#live.size;
  }

  /** The oldest segment of all, unless it is the one being written. */
  get oldestFinished(): number | null {
    for (const segment of this.#live.keys()) return segment === this.#active?.segment ? null : segment;
    return null;
  }

  /** So many lines of the segment are on disk elsewhere and no longer needed. */
  release(segment: number, lines: number): void {
    const live = this.#live.get(segment);
    if (live !== undefined) this.#live.set(segment, live - lines);
  }

  get removable(): boolean {
    const oldest = this.oldestFinished;
    return oldest !== null && (this.#live.get(oldest) ?? 0) <= 0;
  }

  /**
   * Removes the segments that nobody needs, from the oldest on and one after the other: a line that says that an execution
   * was deleted must not go before the commits of that execution, whatever a power loss leaves of the folder.
   */
  async removeReleased(): Promise<void> {
    while (this.removable) {
      const segment = this.oldestFinished;
      if (segment === null) return;
      await removeIfThere(this.#options.disk, this.#path(segment));
      await this.#options.disk.syncFolder(this.#options.folder);
      this.#live.delete(segment);
    }
  }

  /** Writes what waits, once: what the disk refuses now is rejected. Then no segment is active any more. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#wake?.();
    await this.#loop;
    const active = this.#active;
    this.#active = null;
    await active?.file.close();
  }

  async #run(): Promise<void> {
    while (this.#waiting !== null) {
      // The end of the turn: until then everything that is decided joins the group. And of the next one: what follows from
      // it at once, because an action only computes something, need not wait for a group of its own.
      await endOfTurn();
      await endOfTurn();
      const group = this.#waiting;
      this.#waiting = null;
      this.#writing = this.#write(group);
      await this.#writing;
      this.#writing = null;
    }
    this.#loop = null;
  }

  async #write(group: Group): Promise<void> {
    const bytes = Buffer.concat(group.entries.map((entry) => entry.bytes));
    for (;;) {
      try {
        const segment = await this.#writeOnce(bytes);
        for (const entry of group.entries) entry.segment = segment;
        this.#live.set(segment, (this.#live.get(segment) ?? 0) + group.entries.length);
        this.#options.problems.clear(TROUBLE);
        this.#letGo();
        group.resolve();
        return;
      } catch (error) {
        const reason = reasonOf(error);
        await this.#leaveSegment();
        if (this.#closing) {
          this.#letGo();
          group.reject(
            new StoreError('closed', `The last changes could not be written to the journal: ${reason}.`, error),
          );
          return;
        }
        this.#hold();
        this.#options.problems.set(
          TROUBLE,
          'error',
          `The journal cannot be written: ${reason}. Everything waits and goes on as soon as it can be; nothing is lost.`,
          this.#options.folder,
        );
        await this.#pause();
      }
    }
  }

  /** The promise of the journal is kept here: nobody hears of a commit before these lines have returned. */
  async #writeOnce(bytes: Uint8Array): Promise<number> {
    if (this.#active !== null && this.#active.size >= this.#options.segmentBytes) {
      const full = this.#active;
      this.#active = null;
      await full.file.close();
    }
    const active = this.#active ?? (await this.#newSegment());
    await writeAll(active.file, bytes, active.size);
    if (this.#options.durable) {
      await active.file.datasync();
      if (active.fresh) await this.#options.disk.syncFolder(this.#options.folder);
    }
    active.fresh = false;
    active.size += bytes.length;
    return active.segment;
  }

  async #newSegment(): Promise<Active> {
    const segment = this.#next;
    const file = await this.#options.disk.open(this.#path(segment), 'new');
    this.#next += 1;
    // Together: a segment without lines that is not active may be removed.
    this.#live.set(segment, 0);
    this.#active = { file, segment, size: 0, fresh: true };
    return this.#active;
  }

  /**
   * After a refused write or fdatasync the segment ends at what is committed, and the group starts a new one: once an
   * fdatasync has failed, a later one on the same file may succeed without the data being there.
   * If the rest cannot be cut off, the same lines stand in both segments, which reading allows for.
   */
  async #leaveSegment(): Promise<void> {
    const active = this.#active;
    if (active === null) return;
    this.#active = null;
    try {
      await active.file.truncate(active.size);
    } catch {
      // See above.
    }
    try {
      await active.file.close();
      if (active.size > 0) return;
      await removeIfThere(this.#options.disk, this.#path(active.segment));
      this.#live.delete(active.segment);
      // A hole in the numbers would mean that a segment is missing.
      this.#next = active.segment;
    } catch {
      // An empty segment does no harm.
    }
  }

  #hold(): void {
    if (this.#held !== null) return;
    let end: () => void = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#held = { over, end };
  }

  #letGo(): void {
    this.#held?.end();
    this.#held = null;
  }

  async #pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#options.retryDelay);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }

  #path(segment: number): string {
    return join(this.#options.folder, segmentName(segment));
  }
}

export function segmentName(segment: number): string {
  return `${String(segment).padStart(8, '0')}.ndjson`;
}

function newGroup(): Group {
  let resolve: () => void = () => {};
  let reject: (error: StoreError) => void = () => {};
  const written = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever appended hears of a failure; nobody else has to.
  written.catch(() => {});
  return { entries: [], written, resolve, reject };
}
