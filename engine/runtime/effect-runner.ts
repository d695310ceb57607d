import { setTimeout } from 'node:timers/promises';
import {
  type Action,
  type ActionContext,
  type ActionOrigin,
  type ActionSource,
  defaultBounds,
  type LogSource,
} from '../actions/action.ts';
import type { Desktop } from '../actions/desktop.ts';
import type { TextMask } from '../actions/text-mask.ts';
import type { ActionResult, Command } from '../model/commands.ts';
import type { Effect } from '../model/effects.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { ActionExecution } from '../model/records.ts';
import type { ActionReports, Reporter } from './action-reports.ts';
import { ActionSlots, type Turn } from './action-slots.ts';
import { AlarmClock } from './alarm-clock.ts';
import { runBounded, runPure } from './run-action.ts';
import type { WorkQueue } from './work-queue.ts';

export interface EffectRunnerOptions {
  readonly actions: ActionSource;
  readonly queue: WorkQueue;
  readonly reports: ActionReports;
  readonly desktop: Desktop | null;
  /** How many actions run at once that are not pure. */
  readonly actionsAtOnce: number;
  /** Whether the execution that an action belongs to is paused: what has found no place by then is held. */
  readonly isPaused: (rootId: string, action: ActionExecution) => boolean;
  /** Hears of an action that has to wait, and again when its turn has come. */
  readonly onTurn: (rootId: string, actionId: string) => void;
  /** Where what came of an effect goes. */
  readonly submit: (rootId: string, command: Command) => void;
  /** Lets an action that reaches out run, or says why not. */
  readonly enter: (
    rootId: string,
    execution: ActionExecution,
    action: Action,
  ) => { readonly input: JsonObject } | { readonly refused: string };
  /** Takes out of what an action gives or says what nobody may read. */
  readonly mask: <T extends Json>(value: T) => T;
  readonly maskText: () => TextMask;
  /** Whether requests to this machine and to what is linked to it are refused. */
  readonly refusesLocalAddresses: () => boolean;
  /** The task that an action runs for. */
  readonly originOf: (rootId: string, action: ActionExecution) => ActionOrigin | null;
}

/** How long actions may take to stop when the engine does, in milliseconds. */
const STOPPING = 2500;

/** Does what executions owe to the world: runs actions and waits for times. Each effect is under way at most once. */
export class EffectRunner {
  private readonly options: EffectRunnerOptions;
  private readonly underWay = new Map<string, UnderWay>();
  private readonly clock = new AlarmClock();
  private readonly slots: ActionSlots;
  /** By their ids, in the order in which they came. */
  private readonly waiting = new Map<string, Waiting>();
  /** What is at work, those included that were told to stop and have not done so yet. */
  private readonly working = new Set<Promise<void>>();

  constructor(options: EffectRunnerOptions) {
    this.options = options;
    this.slots = new ActionSlots(options.actionsAtOnce);
  }

  /** Why an action has not begun yet, in a sentence; null when it has, or is not there. */
  waitReason(actionId: string): string | null {
    const waiting = this.waiting.get(actionId);
    if (waiting === undefined) return null;
    return waiting.isHeld ? 'Waits until its execution is resumed' : this.slots.reason(waiting.turn);
  }

  /** How many actions run at once that are not pure, from now on. */
  setActionsAtOnce(limit: number): void {
    this.slots.setLimit(limit);
  }

  /** Whether a pause holds any action of a tree. */
  holds(rootId: string): boolean {
    for (const waiting of this.waiting.values()) if (waiting.rootId === rootId && waiting.isHeld) return true;
    return false;
  }

  /**
   * Something of the execution was paused or resumed. What waits is held, or takes its turn again.
   *
   * The promise: once a pause is confirmed, no action that reaches out starts. Pure ones touch nothing, and go on as in Mistral.
   */
  lookAtPauses(rootId: string): void {
    for (const [id, waiting] of [...this.waiting]) {
      if (waiting.rootId !== rootId) continue;
      const isPaused = this.options.isPaused(rootId, waiting.execution);
      if (isPaused === waiting.isHeld) continue;
      waiting.isHeld = isPaused;
      if (isPaused) this.slots.remove(waiting.turn);
      else waiting.enter();
      if (this.waiting.has(id)) this.options.onTurn(rootId, id);
    }
  }

  /**
   * Begins an effect unless it is under way.
   *
   * @param durable resolves when the commit that the effect follows from is on disk; null when it already is
   */
  begin(rootId: string, effect: Effect, durable: Promise<void> | null): void {
    const key = `${rootId}/${effect.key}`;
    if (this.underWay.has(key)) return;
    const actionId = effect.type === 'runAction' ? effect.action.id : '';
    const underWay = new UnderWay(
      actionId,
      this.options,
      () => (effect.type === 'runAction' ? this.options.originOf(rootId, effect.action) : null),
      () => this.options.reports.report(rootId, actionId),
    );
    this.underWay.set(key, underWay);
    const done = (command: Command): void => {
      // An effect that was ended meanwhile has nothing to say any more.
      if (this.underWay.get(key) !== underWay) return;
      this.underWay.delete(key);
      this.options.submit(rootId, command);
    };
    switch (effect.type) {
      case 'continue':
        this.options.queue.add(() => done({ type: 'Continue' }));
        return;
      case 'awaitTimer':
        this.clock.set(key, effect.timer.dueAt, () => done({ type: 'FireTimer', id: effect.timer.id }));
        return;
      case 'runAction': {
        const { action: execution } = effect;
        const action = this.options.actions.get(execution.runs.name);
        const settled = (came: ActionResult): void => {
          const { cancelled } = underWay;
          const result: ActionResult =
            cancelled === null || came.state === 'SUCCESS' ? came : { state: 'CANCELLED', value: cancelled };
          // What an asynchronous action has started is completed from outside.
          if (!execution.isSync && result.state === 'SUCCESS') this.underWay.delete(key);
          else done({ type: 'CompleteAction', id: execution.id, result });
        };
        // Whoever sees that an action has ended can read all that it reported.
        const complete = (result: ActionResult): void => underWay.endReport(() => settled(result));
        if (action === undefined) {
          complete({ state: 'ERROR', value: `There is no action named '${execution.runs.name}' any more.` });
          return;
        }
        const work = this.workOf(rootId, execution, action, underWay);
        // The promise: nothing outside happens before the commit that caused it is on disk.
        if (action.isPure) this.options.queue.add(() => runPure(action, work, complete));
        else {
          const start = (): void =>
            this.takeTurn(rootId, key, underWay, execution, action, work, complete, durable === null);
          if (durable === null) this.options.queue.add(start);
          else durable.then(start, () => this.underWay.delete(key));
        }
        return;
      }
      default:
        effect satisfies never;
    }
  }

  /** Runs an action that belongs to no execution, and gives what came of it. What it reports meanwhile nobody hears. */
  runAlone(execution: ActionExecution): Promise<ActionResult> {
    const action = this.options.actions.get(execution.runs.name);
    if (action === undefined) throw new Error(`There is no action ${execution.runs.name}.`);
    const underWay = new UnderWay(
      execution.id,
      this.options,
      () => null,
      () => unheard,
    );
    this.underWay.set(execution.id, underWay);
    const work = this.workOf(execution.id, execution, action, underWay);
    const running = runBounded(action, work, { ...defaultBounds, ...action.bounds }, () => underWay.abort());
    return running.finally(() => this.underWay.delete(execution.id));
  }

  /** Ends all that is under way for an execution that is no longer there. */
  endAll(rootId: string): void {
    for (const key of [...this.underWay.keys()]) {
      if (key.startsWith(`${rootId}/`)) this.end(rootId, key.slice(rootId.length + 1));
    }
  }

  /** An action that reaches out passes the gate when it starts, and what it gives passes it again. */
  private workOf(
    rootId: string,
    execution: ActionExecution,
    action: Action,
    underWay: UnderWay,
  ): () => ActionResult | Promise<ActionResult> {
    if (action.reaches.length === 0) return () => action.run(execution.runs.input, underWay);
    return async () => {
      const entered = this.options.enter(rootId, execution, action);
      if ('refused' in entered) return { state: 'ERROR', value: entered.refused };
      try {
        const { state, value } = await action.run(entered.input, underWay);
        return { state, value: this.options.mask(value) };
      } catch (error) {
        throw new Error(this.options.mask(error instanceof Error ? error.message : String(error)));
      }
    };
  }

  private takeTurn(
    rootId: string,
    key: string,
    underWay: UnderWay,
    execution: ActionExecution,
    action: Action,
    work: () => ActionResult | Promise<ActionResult>,
    complete: (result: ActionResult) => void,
    isTakenUp: boolean,
  ): void {
    const { id, timeout } = execution;
    const bounds = { ...defaultBounds, ...action.bounds, ...(timeout === null ? {} : { seconds: timeout }) };
    const start = (): Promise<void> => {
      if (this.waiting.delete(id)) this.options.onTurn(rootId, id);
      // Its turn may come only after it was ended.
      if (this.underWay.get(key) !== underWay) return Promise.resolve();
      if (underWay.cancelled !== null) {
        complete({ state: 'CANCELLED', value: underWay.cancelled });
        return Promise.resolve();
      }
      const working = runBounded(action, work, bounds, () => underWay.abort()).then(complete);
      this.working.add(working);
      return working.finally(() => this.working.delete(working));
    };
    const turn: Turn = { name: action.name, bounds, start };
    const isHeld = this.options.isPaused(rootId, execution);
    // What finds a place has begun before any pause, as in Mistral: it was decided before, and starts with its commit. What is
    // taken up after a restart starts now, and no more than anything else while its execution is paused.
    if (!(isHeld && isTakenUp)) {
      if (!this.slots.add(turn)) return;
      if (isHeld) this.slots.remove(turn);
    }
    this.wait(rootId, underWay, execution, { turn, isHeld, enter: () => void this.slots.add(turn) });
  }

  private wait(
    rootId: string,
    underWay: UnderWay,
    execution: ActionExecution,
    { turn, isHeld, enter }: Pick<Waiting, 'turn' | 'isHeld' | 'enter'>,
  ): void {
    const waiting: Waiting = { rootId, execution, turn, isHeld, enter };
    underWay.withdraw = () => {
      if (this.waiting.get(execution.id) === waiting) this.waiting.delete(execution.id);
      return this.slots.remove(turn) || waiting.isHeld;
    };
    this.waiting.set(execution.id, waiting);
    this.options.onTurn(rootId, execution.id);
  }

  /**
   * Stops an action whose result nobody waits for any more. It is completed as CANCELLED once nothing of it is left,
   * unless it has succeeded by then.
   *
   * @param reason a sentence
   */
  cancel(rootId: string, effectKey: string, id: ActionExecution['id'], reason: string): void {
    const underWay = this.underWay.get(`${rootId}/${effectKey}`);
    if (underWay === undefined || underWay.cancelled !== null) return;
    underWay.cancelled = reason;
    if (underWay.withdraw()) {
      // Not now: the commit that it follows from is still being told.
      const key = `${rootId}/${effectKey}`;
      this.options.queue.add(() => {
        if (this.underWay.get(key) !== underWay) return;
        this.underWay.delete(key);
        this.options.submit(rootId, { type: 'CompleteAction', id, result: { state: 'CANCELLED', value: reason } });
      });
    } else underWay.abort();
  }

  /** Ends an effect that is not owed any more: aborts the action, stops waiting. */
  end(rootId: string, effectKey: string): void {
    const key = `${rootId}/${effectKey}`;
    const underWay = this.underWay.get(key);
    if (underWay === undefined) return;
    this.underWay.delete(key);
    underWay.withdraw();
    underWay.abort();
    this.clock.cancel(key);
  }

  /** After the machine slept: what became due in the meantime is done now. */
  lookAgain(): void {
    this.clock.lookAgain();
  }

  /**
   * Ends everything without telling anyone: what was under way is taken up again by the next start. Resolves when no
   * action is at work any more, or when they have taken too long.
   */
  async stop(): Promise<void> {
    this.clock.cancelAll();
    for (const each of this.underWay.values()) {
      each.withdraw();
      each.abort();
    }
    this.underWay.clear();
    const patience = new AbortController();
    const late = setTimeout(STOPPING, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([Promise.all(this.working), late]);
    patience.abort();
  }
}

/** An action that is to begin and has not done so. */
interface Waiting {
  readonly rootId: string;
  readonly execution: ActionExecution;
  readonly turn: Turn;
  /** Its execution is paused: it has no place in the line until that goes on. */
  isHeld: boolean;
  readonly enter: () => void;
}

const unheard: Reporter = { progress: () => {}, log: () => {}, end: async () => {} };

/** What an action gets to know of the effect that it runs for. Most actions are over before anybody could abort them. */
class UnderWay implements ActionContext {
  readonly actionId: string;
  readonly desktop: Desktop | null;
  /** Why it was cancelled, in a sentence. */
  cancelled: string | null = null;
  /** Gives up its place among those that wait for their turn; says whether it had one. */
  withdraw: () => boolean = () => false;
  readonly refusesLocalAddresses: boolean;
  readonly maskText: () => TextMask;
  private readonly mask: (text: string) => string;
  private readonly findOrigin: () => ActionOrigin | null;
  private readonly openReport: () => Reporter;
  private report: Reporter | null = null;
  private controller: AbortController | null = null;
  private isAborted = false;

  constructor(
    actionId: string,
    { desktop, mask, maskText, refusesLocalAddresses }: EffectRunnerOptions,
    findOrigin: () => ActionOrigin | null,
    openReport: () => Reporter,
  ) {
    this.actionId = actionId;
    this.desktop = desktop;
    this.mask = mask;
    this.maskText = maskText;
    this.refusesLocalAddresses = refusesLocalAddresses();
    this.findOrigin = findOrigin;
    this.openReport = openReport;
  }

  progress(fraction: number | null, text?: string): void {
    this.report ??= this.openReport();
    this.report.progress(fraction, text === undefined ? text : this.mask(text));
  }

  log(text: string, source?: LogSource): void {
    this.report ??= this.openReport();
    this.report.log(this.mask(text), source);
  }

  /** Most actions report nothing, and are over at once. */
  endReport(ended: () => void): void {
    if (this.report === null) ended();
    else void this.report.end().then(ended);
  }

  get origin(): ActionOrigin | null {
    return this.findOrigin();
  }

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.isAborted) this.controller.abort();
    return this.controller.signal;
  }

  abort(): void {
    this.isAborted = true;
    this.controller?.abort();
  }
}
