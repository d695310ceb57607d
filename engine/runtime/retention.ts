import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Logger } from '../model/logger.ts';
import { isCompleted, type State } from '../model/states.ts';
import { AlarmClock } from './alarm-clock.ts';

/** What of the executions that have ended is kept; null: all of it, as far as this says. */
export interface Retention {
  /** How long, in milliseconds since their end. */
  readonly age: number | null;
  /** How many, the newest of them. */
  readonly count: number | null;
}

/** What has to be known of a root execution. */
export interface Retained {
  readonly id: string;
  readonly state: State;
  /** Null as long as it has not ended. */
  readonly finishedAt: number | null;
  /** Something of it still runs or waits, whatever its state. */
  readonly isOwed?: boolean;
}

export interface RetentionOptions {
  /** All root executions. */
  readonly executions: () => Promise<readonly Retained[]>;
  /** Removes one, and tells whoever shows it. */
  readonly remove: (id: string) => Promise<void>;
  readonly log: Logger;
}

/** So many are removed before it is looked again at what there is: between two removals others have their turn. */
const SLICE = 1000;
/** After an execution has ended it is waited for so long, in milliseconds: others may end too. */
const PAUSE = 1000;

/**
 * Deletes executions that have ended, the one that ended first before the others, when they are older or more than is to be
 * kept. Off until somebody says otherwise. It looks when it is set, when an execution has ended, and when the next one comes of
 * age; no timer runs otherwise.
 */
export class RetentionKeeper {
  private readonly options: RetentionOptions;
  private readonly clock = new AlarmClock();
  private retention: Retention = { age: null, count: null };
  private working: Promise<void> | null = null;
  /** When the clock is set to go off. */
  private dueAt: number | null = null;
  private again = false;
  private closed = false;

  constructor(options: RetentionOptions) {
    this.options = options;
  }

  get current(): Retention {
    return this.retention;
  }

  /** Counts from now on. Resolves when what it asks for is done. */
  async set(retention: Retention): Promise<void> {
    this.retention = retention;
    await this.look();
  }

  /** An execution has ended. */
  ended(): void {
    const { age, count } = this.retention;
    // Of age it comes after those that have ended before, and for the next of them the clock is set.
    if (this.closed || (count === null && (age === null || this.dueAt !== null))) return;
    const at = Date.now() + PAUSE;
    if (this.dueAt === null || this.dueAt > at) this.lookAt(at);
  }

  private keepsAll(): boolean {
    return this.retention.age === null && this.retention.count === null;
  }

  /** After the machine slept. */
  lookAgain(): void {
    this.clock.lookAgain();
  }

  /** Resolves when nothing is being removed any more. */
  async close(): Promise<void> {
    this.closed = true;
    this.rest();
    await this.working;
  }

  private lookAt(at: number): void {
    this.dueAt = at;
    this.clock.set('look', at, () => {
      this.dueAt = null;
      void this.look();
    });
  }

  private rest(): void {
    this.dueAt = null;
    this.clock.cancelAll();
  }

  private async look(): Promise<void> {
    this.again = true;
    this.working ??= this.work();
    await this.working;
  }

  private async work(): Promise<void> {
    // Whoever asks may be in the middle of something; and `working` is set before this ends.
    await endOfTurn();
    try {
      while (this.again && !this.closed) {
        this.again = false;
        // To look through the executions is to read all of the list.
        if (this.keepsAll()) return this.rest();
        const { surplus, nextAt } = surplusOf(await this.options.executions(), this.retention, Date.now());
        const slice = surplus.slice(0, SLICE);
        for (const id of slice) if (!this.closed && !this.again) await this.options.remove(id);
        if (slice.length < surplus.length) this.again = true;
        else if (nextAt === null) this.rest();
        else if (!this.closed && !this.again) this.lookAt(nextAt);
      }
    } catch (error) {
      // What is left is deleted at the next time: the store has told what is wrong with the disk.
      this.options.log.warn('Executions that are not to be kept could not be deleted.', error);
    } finally {
      this.working = null;
    }
  }
}

/**
 * Which executions are not to be kept, the one that ended first at the beginning, and when the next one will be. Never one that
 * runs, is paused, or still owes something.
 */
export function surplusOf(
  executions: readonly Retained[],
  { age, count }: Retention,
  now: number,
): { readonly surplus: readonly string[]; readonly nextAt: number | null } {
  const ended = executions
    .flatMap(({ id, state, finishedAt, isOwed }) =>
      isCompleted(state) && isOwed !== true && finishedAt !== null ? [{ id, finishedAt }] : [],
    )
    .sort((a, b) => a.finishedAt - b.finishedAt || (a.id < b.id ? -1 : 1));
  const tooMany = count === null ? 0 : Math.max(0, ended.length - count);
  const firstYoung = age === null ? 0 : ended.findIndex(({ finishedAt }) => finishedAt + age > now);
  const tooOld = firstYoung === -1 ? ended.length : firstYoung;
  const gone = Math.max(tooMany, tooOld);
  const next = ended[gone];
  return {
    surplus: ended.slice(0, gone).map(({ id }) => id),
    nextAt: age === null || next === undefined ? null : next.finishedAt + age,
  };
}
