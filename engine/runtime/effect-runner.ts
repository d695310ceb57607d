import { setImmediate as endOfTurn, setTimeout } from 'node:timers/promises';
import { type Action, type ActionOrigin, type ActionSource, defaultBounds } from '../actions/action.ts';
import type { ActionResult, Command } from '../model/commands.ts';
import type { Effect } from '../model/effects.ts';
import type { JsonObject } from '../model/json.ts';
import type { ActionExecution } from '../model/records.ts';
import type { ActionReports, Reporter } from './action-reports.ts';
import { ActionUnderWay, type Surroundings } from './action-under-way.ts';
import { AlarmClock } from './alarm-clock.ts';
import { runBounded, runPure } from './run-action.ts';
import { boundsOf, WaitingActions, type WaitingActionsOptions } from './waiting-actions.ts';
import type { WorkQueue } from './work-queue.ts';

export interface EffectRunnerOptions extends Surroundings, Omit<WaitingActionsOptions, 'onPlace'> {
  readonly actions: ActionSource;
  readonly queue: WorkQueue;
  readonly reports: ActionReports;
  /** Where what came of an effect goes. */
  readonly submit: (rootId: string, command: Command) => void;
  /** Lets an action that reaches out run, or says why not. */
  readonly enter: (
    rootId: string,
    execution: ActionExecution,
    action: Action,
  ) => { readonly input: JsonObject } | { readonly refused: string };
  /** The task that an action runs for. */
  readonly originOf: (rootId: string, action: ActionExecution) => ActionOrigin | null;
}

/** What the keys of the effects of actions begin with (outstanding.ts). */
const ACTION = 'action:';

/** How long actions may take to stop when the engine does, in milliseconds. */
const STOPPING = 2500;

/**
 * Does what executions owe to the world: lets actions begin, runs them and waits for times. Each effect is under way at
 * most once.
 */
export class EffectRunner {
  /** Those that have not begun. */
  readonly waiting: WaitingActions;
  private readonly options: EffectRunnerOptions;
  private readonly underWay = new Map<string, ActionUnderWay>();
  private readonly clock = new AlarmClock();
  /** What is at work, those included that were told to stop and have not done so yet. */
  private readonly working = new Set<Promise<void>>();
  private turn: Promise<void> = Promise.resolve();

  constructor(options: EffectRunnerOptions) {
    this.options = options;
    this.waiting = new WaitingActions({
      ...options,
      onPlace: (rootId, id, hasPlace) =>
        options.queue.add(() => {
          if (hasPlace()) options.submit(rootId, { type: 'BeginAction', id });
        }),
    });
  }

  /**
   * Begins an effect unless it is under way.
   *
   * @param durable resolves when the commit that the effect follows from is on disk; null when it already is
   */
  begin(rootId: string, effect: Effect, durable: Promise<void> | null): void {
    const key = `${rootId}/${effect.key}`;
    if (effect.type === 'beginAction') {
      this.letBegin(rootId, key, effect.action);
      return;
    }
    if (this.underWay.has(key)) return;
    const underWay = this.newUnderWay(rootId, effect.type === 'runAction' ? effect.action : null);
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
        const action = this.options.actions.get(execution.runs.name);
        if (action === undefined) {
          this.waiting.begun(execution.id)();
          complete(isGone(execution));
          return;
        }
        const work = this.workOf(rootId, execution, action, underWay);
        if (action.isPure && execution.timeout === null) {
          this.options.queue.add(() => runPure(action, work, complete));
        } else if (action.isPure) {
          const bounds = boundsOf(execution, action);
          this.options.queue.add(() => void runBounded(action, work, bounds, () => underWay.abort()).then(complete));
        } else {
          this.runOnceDurable(key, underWay, execution, action, work, complete, durable);
        }
        return;
      }
      default:
        effect satisfies never;
    }
  }

  /** Runs an action that belongs to no execution, and gives what came of it. What it reports meanwhile nobody hears. */
  async runAlone(execution: ActionExecution): Promise<ActionResult> {
    const { actions } = this.options;
    if (actions.get(execution.runs.name) === undefined) await actions.loading;
    const action = actions.get(execution.runs.name);
    if (action === undefined) return isGone(execution);
    const underWay = new ActionUnderWay(
      execution.id,
      this.options,
      () => null,
      () => unheard,
    );
    this.underWay.set(execution.id, underWay);
    const work = this.workOf(execution.id, execution, action, underWay);
    const running = runBounded(action, work, { ...defaultBounds, ...action.bounds }, () => underWay.abort());
    return await running.finally(() => this.underWay.delete(execution.id));
  }

  /** Whether an action that is being scheduled can begin with the same commit. */
  findsPlace(execution: ActionExecution): boolean {
    const action = this.options.actions.get(execution.runs.name);
    return action !== undefined && this.waiting.findsPlace(execution, action);
  }

  /**
   * Stops an action whose result nobody waits for any more. It is completed as CANCELLED once nothing of it is left,
   * unless it has succeeded by then.
   *
   * @param reason a sentence
   */
  cancel(rootId: string, effectKey: string, id: ActionExecution['id'], reason: string): void {
    if (this.waiting.remove(id)) {
      const result: ActionResult = { state: 'CANCELLED', value: reason };
      // Not now: the commit that it follows from is still being told.
      this.options.queue.add(() => this.options.submit(rootId, { type: 'CompleteAction', id, result }));
      return;
    }
    const underWay = this.underWay.get(`${rootId}/${effectKey}`);
    if (underWay === undefined || underWay.cancelled !== null) return;
    underWay.cancelled = reason;
    underWay.abort();
  }

  /** Ends an effect that is not owed any more: aborts the action, stops waiting. */
  end(rootId: string, effectKey: string): void {
    if (effectKey.startsWith(ACTION)) this.waiting.remove(effectKey.slice(ACTION.length) as ActionExecution['id']);
    const key = `${rootId}/${effectKey}`;
    const underWay = this.underWay.get(key);
    if (underWay === undefined) return;
    this.underWay.delete(key);
    underWay.abort();
    this.clock.cancel(key);
  }

  /** Ends all that is under way for an execution that is no longer there. */
  endAll(rootId: string): void {
    for (const key of [...this.underWay.keys()]) {
      if (key.startsWith(`${rootId}/`)) this.end(rootId, key.slice(rootId.length + 1));
    }
    this.waiting.removeAll(rootId);
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
    this.waiting.removeAll(null);
    for (const each of this.underWay.values()) each.abort();
    this.underWay.clear();
    const patience = new AbortController();
    const late = setTimeout(STOPPING, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([Promise.all(this.working), late]);
    patience.abort();
  }

  private newUnderWay(rootId: string, action: ActionExecution | null): ActionUnderWay {
    const actionId = action?.id ?? '';
    return new ActionUnderWay(
      actionId,
      this.options,
      () => (action === null ? null : this.options.originOf(rootId, action)),
      () => this.options.reports.report(rootId, actionId),
    );
  }

  private letBegin(rootId: string, key: string, execution: ActionExecution): void {
    // It is to begin anew: what was under way of it counts for nothing.
    this.underWay.get(key)?.abort();
    this.underWay.delete(key);
    const action = this.options.actions.get(execution.runs.name) ?? null;
    const { loading = null } = this.options.actions;
    if (action !== null || loading !== null) this.waiting.add(rootId, execution, action);
    if (action !== null) return;
    if (loading !== null) {
      void loading.then(() => {
        if (this.waiting.remove(execution.id)) this.letBegin(rootId, key, execution);
      });
      return;
    }
    const command: Command = { type: 'CompleteAction', id: execution.id, result: isGone(execution) };
    this.options.queue.add(() => this.options.submit(rootId, command));
  }

  /** An action that reaches out passes the gate when it starts, and what it gives passes it again. */
  private workOf(
    rootId: string,
    execution: ActionExecution,
    action: Action,
    underWay: ActionUnderWay,
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

  /** One of them starts in a turn of the event loop: a process takes the system milliseconds, and one commit may begin many. */
  private takeTurn(): Promise<void> {
    this.turn = this.turn.then(() => endOfTurn());
    return this.turn;
  }

  /** The promise: nothing outside happens before the commit that says that it has begun is on disk. */
  private runOnceDurable(
    key: string,
    underWay: ActionUnderWay,
    execution: ActionExecution,
    action: Action,
    work: () => ActionResult | Promise<ActionResult>,
    complete: (result: ActionResult) => void,
    durable: Promise<void> | null,
  ): void {
    const giveBackPlace = this.waiting.begun(execution.id);
    const run = (): Promise<void> => {
      // The disk may answer only after it was ended.
      if (this.underWay.get(key) !== underWay) return Promise.resolve();
      if (underWay.cancelled !== null) {
        complete({ state: 'CANCELLED', value: underWay.cancelled });
        return Promise.resolve();
      }
      const bounds = boundsOf(execution, action);
      const working = runBounded(action, work, bounds, () => underWay.abort()).then(complete);
      this.working.add(working);
      return working.finally(() => this.working.delete(working));
    };
    (durable ?? Promise.resolve())
      .then(
        () => this.takeTurn().then(run),
        () => {
          if (this.underWay.get(key) === underWay) this.underWay.delete(key);
        },
      )
      .then(giveBackPlace, giveBackPlace);
  }
}

function isGone({ runs }: ActionExecution): ActionResult {
  return { state: 'ERROR', value: `There is no action named '${runs.name}' any more.` };
}

const unheard: Reporter = { progress: () => {}, log: () => {}, end: async () => {} };
