import type { Journal } from './journal.ts';
import type { Tracked } from './ledger.ts';

/** An execution is written when nothing was committed for it for so long, in milliseconds... */
const QUIET = 50;
/** ...and for none at all for so long, unless segments pile up: who waits for a commit has the disk for himself... */
const CALM = 20;
/** ...or when this many bytes were: they are in memory until then. */
const ENOUGH = 262_144;
/** When it is calm, so many small executions are written side by side, of so many bytes together. */
const TOGETHER = 32;
const TOGETHER_BYTES = 262_144;
/** With more segments than this, executions are written because they keep the oldest one. */
export const SEGMENTS = 4;

/** Executions with commits that are not in their files yet, and which of them are to be written next. */
export class WaitingExecutions {
  readonly #journal: Journal;
  /** The one that has been quiet for longest first. */
  readonly #dirty = new Map<string, Tracked>();
  /** Those that the caller does not hold: they are not written until something changes that. */
  readonly #parked = new Set<Tracked>();
  readonly #urgent = new Set<Tracked>();
  #lastCommit = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** How many may be written. */
  get size(): number {
    return this.#dirty.size;
  }

  /** The parked ones too. */
  all(): readonly Tracked[] {
    return [...this.#dirty.values(), ...this.#parked];
  }

  /** How long nothing was committed, in milliseconds. */
  calmFor(now: number): number {
    return now - this.#lastCommit;
  }

  /** Something was committed for the execution. */
  changed(tracked: Tracked): void {
    const now = performance.now();
    tracked.changedAt = now;
    this.#lastCommit = now;
    this.#parked.delete(tracked);
    this.#dirty.delete(tracked.id);
    this.#dirty.set(tracked.id, tracked);
  }

  /** Asks for the execution to be written now. @returns whether there is anything to write */
  hurry(tracked: Tracked): boolean {
    if (!this.#dirty.has(tracked.id) && !this.#parked.has(tracked)) return false;
    this.#dirty.set(tracked.id, tracked);
    this.#parked.delete(tracked);
    this.#urgent.add(tracked);
    return true;
  }

  /** It is being written: it is not urgent any more. */
  begun(tracked: Tracked): void {
    this.#urgent.delete(tracked);
  }

  park(tracked: Tracked): void {
    this.#dirty.delete(tracked.id);
    this.#parked.add(tracked);
  }

  /** It was written, save for what was committed meanwhile; who still waits for that is served next. */
  written(tracked: Tracked): void {
    if (tracked.lines.length === 0) {
      this.#dirty.delete(tracked.id);
      this.#urgent.delete(tracked);
    } else if (tracked.waiters.length > 0) {
      this.#urgent.add(tracked);
    }
  }

  drop(tracked: Tracked): void {
    if (this.#dirty.get(tracked.id) === tracked) this.#dirty.delete(tracked.id);
    this.#parked.delete(tracked);
    this.#urgent.delete(tracked);
  }

  /** Those that are to be written now, side by side. */
  next(now: number, finishing: boolean): readonly Tracked[] {
    const calm = finishing || this.calmFor(now) >= CALM;
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
    const { segments, oldestFinished } = this.#journal;
    for (const tracked of this.#dirty.values()) {
      if (this.#urgent.has(tracked)) continue;
      // An execution that is never quiet must not keep a segment for ever.
      const keepsSegment = segments > SEGMENTS && tracked.lines[0]?.segment === oldestFinished;
      const quiet = now - tracked.changedAt >= QUIET && (calm || segments > 1);
      const enough = tracked.pendingSize > ENOUGH;
      if (keepsSegment || (tracked.restsUntil <= now && (quiet || enough))) yield tracked;
    }
  }
}
