import type { JsonObject } from '../model/json.ts';
import type { Logger } from '../model/logger.ts';
import type { DocumentFile, DocumentKind } from '../store/document-file.ts';
import { AlarmClock } from './alarm-clock.ts';
import { type CronPattern, CronPatternError, nextRuns } from './cron-pattern.ts';

/** What a person says of a trigger. Mistral's cron trigger, with a time zone and a word on missed times. */
export interface CronTriggerPlan extends CronPattern {
  readonly name: string;
  readonly workflow: string;
  readonly namespace: string;
  readonly input: JsonObject;
  readonly params: JsonObject;
  /** How many executions it still starts; null: without end. */
  readonly remaining: number | null;
  /** What becomes of times that passed while the app was closed or the machine slept: nothing, or one execution for all. */
  readonly missed: 'skip' | 'catch up';
  readonly isEnabled: boolean;
}

export interface CronTrigger extends CronTriggerPlan {
  /** Null: it is switched off, or no time follows. */
  readonly dueAt: number | null;
  /** What came of it the last time. */
  readonly last: CronRun | null;
}

/** @property at when it was due, in milliseconds since 1970 */
type CronRun =
  | { readonly type: 'started'; readonly at: number; readonly executionId: string }
  | { readonly type: 'refused'; readonly at: number; readonly reason: string }
  | { readonly type: 'missed'; readonly at: number };

export interface CronTriggerDocument {
  readonly triggers: readonly CronTrigger[];
}

export const cronTriggersKind: DocumentKind<CronTriggerDocument> = {
  version: 1,
  defaults: { triggers: [] },
  parse(data) {
    const { triggers } = data as CronTriggerDocument;
    if (!Array.isArray(triggers)) throw new Error('it holds no cron triggers');
    return { triggers };
  },
};

export interface CronTriggersOptions {
  readonly document: DocumentFile<CronTriggerDocument>;
  /** Resolves when the execution is on disk, with its id, or with the sentence that it was refused with. */
  readonly start: (trigger: CronTrigger) => Promise<{ readonly id: string } | { readonly refused: string }>;
  readonly log: Logger;
}

/** Later than this, in milliseconds, a time was missed: the machine slept, or the app was closed. */
const LATE = 60_000;

/** Starts workflows at the times of their cron triggers. No timer runs while no trigger is due. */
export class CronTriggers {
  private readonly options: CronTriggersOptions;
  private readonly clock = new AlarmClock();
  private readonly listeners = new Set<() => void>();
  private isOpen = false;

  constructor(options: CronTriggersOptions) {
    this.options = options;
  }

  list(): readonly CronTrigger[] {
    return this.options.document.data.triggers;
  }

  /** Called after every change, whoever made it. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** From now on executions are started; first for what was missed. */
  open(): void {
    this.isOpen = true;
    for (const trigger of this.list()) this.arm(trigger);
  }

  /** After the machine slept: timers do not count the time in which it did. */
  lookAgain(): void {
    this.clock.lookAgain();
  }

  close(): void {
    this.isOpen = false;
    this.clock.cancelAll();
  }

  /**
   * Stores a trigger in place of the one of its name. Resolves once it is on disk.
   *
   * @throws CronPatternError
   */
  async save(plan: CronTriggerPlan): Promise<CronTrigger> {
    const [dueAt = null] = nextRuns(plan, Date.now(), 1);
    if (dueAt === null) throw new CronPatternError(`'${plan.pattern}' is never due.`);
    const isOn = plan.isEnabled && plan.remaining !== 0;
    const trigger: CronTrigger = { ...plan, dueAt: isOn ? dueAt : null, last: this.find(plan.name)?.last ?? null };
    await this.options.document.update(({ triggers }) => ({
      triggers: [...triggers.filter(({ name }) => name !== plan.name), trigger].toSorted((a, b) =>
        a.name < b.name ? -1 : 1,
      ),
    }));
    this.arm(trigger);
    this.tell();
    return trigger;
  }

  /** @returns whether there was one */
  async delete(name: string): Promise<boolean> {
    if (this.find(name) === undefined) return false;
    this.clock.cancel(name);
    await this.options.document.update(({ triggers }) => ({
      triggers: triggers.filter((each) => each.name !== name),
    }));
    this.tell();
    return true;
  }

  private find(name: string): CronTrigger | undefined {
    return this.list().find((each) => each.name === name);
  }

  private arm({ name, dueAt }: CronTrigger): void {
    this.clock.cancel(name);
    if (dueAt === null || !this.isOpen) return;
    this.clock.set(name, dueAt, () => {
      this.ring(name, dueAt).catch((error: unknown) => {
        this.options.log.error(`The cron trigger '${name}' failed; it is tried again.`, error);
        if (this.isOpen) this.clock.set(name, Date.now() + LATE, () => this.rearm(name));
      });
    });
  }

  private rearm(name: string): void {
    const trigger = this.find(name);
    if (trigger !== undefined) this.arm(trigger);
  }

  private async ring(name: string, dueAt: number): Promise<void> {
    const trigger = this.find(name);
    if (trigger === undefined || trigger.dueAt !== dueAt) return;
    const now = Date.now();
    const isMissed = now - dueAt > LATE && trigger.missed === 'skip';
    const left = trigger.remaining === null || isMissed ? trigger.remaining : trigger.remaining - 1;
    const [next = null] = left === 0 ? [] : nextRuns(trigger, Math.max(now, dueAt), 1);
    // The next time is on disk before the execution starts: no time ever starts two, and one that the app ended in
    // between starts none (as in Mistral, which advances a trigger before it asks for the execution).
    await this.change(name, dueAt, (each) => ({
      ...each,
      remaining: left,
      dueAt: next,
      ...(isMissed ? { last: { type: 'missed', at: dueAt } } : {}),
    }));
    if (!isMissed && this.isOpen) {
      const run = await this.options.start(trigger);
      const last: CronRun =
        'id' in run
          ? { type: 'started', at: dueAt, executionId: run.id }
          : { type: 'refused', at: dueAt, reason: run.refused };
      await this.change(name, next, (each) => ({ ...each, last }));
    }
  }

  /** Changes a trigger unless a person has changed it meanwhile. */
  private async change(
    name: string,
    expected: number | null,
    change: (trigger: CronTrigger) => CronTrigger,
  ): Promise<void> {
    await this.options.document.update(({ triggers }) => ({
      triggers: triggers.map((each) => (each.name === name && each.dueAt === expected ? change(each) : each)),
    }));
    this.rearm(name);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
