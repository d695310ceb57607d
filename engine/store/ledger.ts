import type { HistoryEnd, HistoryLine } from './histories.ts';
import type { JournalEntry } from './journal.ts';

/** Documents up to this many bytes always have what the history has. */
export const SMALL_DOCUMENT = 65_536;

/** A line that was given to the journal and is not in the execution's files yet. */
export interface PendingLine extends JournalEntry, HistoryLine {
  readonly bytes: Buffer;
}

/** Somebody who waits until the files contain everything up to a position. */
export interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A commit that came a longer way than through the journal alone. */
export interface Late {
  /** Resolves when it is on disk. */
  readonly committed: Promise<void>;
  /** What the journal promised for its line; null as long as the journal does not have it. */
  durable: Promise<void> | null;
}

/** What the store keeps in mind about an execution that has anything which its synced files do not have. */
export class Tracked {
  readonly id: string;
  /** The number of the last commit that was given to the journal. */
  position: number;
  /** Resolves when that commit is on disk. */
  committed: Promise<void> = Promise.resolve();
  /** Resolves when the lines that wait for their large values have been given to the journal; null when none waits. */
  gate: Promise<void> | null = null;
  /** The last line whose promise is another than that of the journal; null when that has resolved, or there is none. */
  late: Late | null = null;
  /** Not in the history, in order. */
  lines: PendingLine[] = [];
  /** Bytes in `lines`. */
  pendingSize = 0;
  /** In the history, which has not been synced: how many lines by segment. */
  readonly unsynced = new Map<number, number>();
  /** What was written last: how many commits the files contain, and its summary. Null when nothing was written since the store is open. */
  written: { readonly position: number; readonly summary: unknown } | null = null;
  /** Null: has to be looked up. */
  historyEnd: HistoryEnd | null = null;
  /** Bytes of the document, and of commits in the history that it does not have yet. */
  documentSize = 0;
  behind = 0;
  /** When the last commit came, and until when its document is left alone; milliseconds of the process. */
  changedAt = 0;
  restsUntil = 0;
  waiters: Waiter[] = [];
  /** Its files could not be synced: the journal keeps its lines until the store is opened again. */
  distrusted = false;
  /** Deleted: nothing is written for it any more. */
  gone = false;

  constructor(id: string, position: number) {
    this.id = id;
    this.position = position;
  }

  /** Takes a line up among those that are not in the document. */
  add(line: PendingLine): void {
    this.lines.push(line);
    this.pendingSize += line.bytes.length;
  }

  /**
   * What waits up to this position, and how many bytes that is. Only what waits behind it is looked at: of a large execution
   * a hundred thousand lines may wait, and to go through them takes some seven milliseconds each time.
   */
  upTo(position: number): { readonly lines: readonly PendingLine[]; readonly size: number } {
    const count = this.lines.findLastIndex((line) => line.head.position <= position) + 1;
    const later = this.lines.slice(count).reduce((sum, { bytes }) => sum + bytes.length, 0);
    return { lines: this.lines.slice(0, count), size: this.pendingSize - later };
  }

  /** Whether the document is worth writing, with so many bytes more in the history. */
  isDocumentDue(added: number): boolean {
    // Once as much was committed as it is large: then all the writing of documents is a part of what was committed.
    return this.documentSize <= SMALL_DOCUMENT || this.behind + added >= this.documentSize;
  }

  /** The document has everything that the history has, and this many bytes. */
  replaced(size: number): void {
    this.documentSize = size;
    this.behind = 0;
  }

  /** Nobody needs to wait any more. */
  release(): void {
    for (const waiter of this.waiters) waiter.resolve();
    this.waiters = [];
  }

  /** The files contain everything up to this position now. */
  wrote(position: number, summary: unknown): void {
    const { lines, size } = this.upTo(position);
    this.pendingSize -= size;
    // One look at each line: what stands in one segment stands together.
    let from = 0;
    for (let at = 0; at < lines.length; at++) {
      const segment = lines[at]?.segment ?? 0;
      if (segment === lines[at + 1]?.segment) continue;
      this.unsynced.set(segment, (this.unsynced.get(segment) ?? 0) + at + 1 - from);
      from = at + 1;
    }
    this.lines = this.lines.slice(lines.length);
    this.written = { position, summary };
    const done = this.waiters.filter((waiter) => waiter.position <= position);
    this.waiters = this.waiters.filter((waiter) => waiter.position > position);
    for (const waiter of done) waiter.resolve();
  }
}
