import type { Action, ActionContext, ActionOrigin, LogSource } from '../actions/action.ts';
import type { Desktop } from '../actions/desktop.ts';
import type { ActionResult, Command } from '../model/commands.ts';
import type { Effect } from '../model/effects.ts';
import { nestsDeeperThan } from '../model/json.ts';
import type { ActionExecution } from '../model/records.ts';
import type { ActionReports, Reporter } from './action-reports.ts';
import { AlarmClock } from './alarm-clock.ts';
import type { WorkQueue } from './work-queue.ts';

export interface EffectRunnerOptions {
  readonly actions: ReadonlyMap<string, Action>;
  readonly queue: WorkQueue;
  readonly reports: ActionReports;
  readonly desktop: Desktop | null;
  /** Where what came of an effect goes. */
  readonly submit: (rootId: string, command: Command) => void;
  /** The task that an action runs for. */
  readonly originOf: (rootId: string, action: ActionExecution) => ActionOrigin | null;
}

/** Does what executions owe to the world: runs actions and waits for times. Each effect is under way at most once. */
export class EffectRunner {
  private readonly options: EffectRunnerOptions;
  private readonly underWay = new Map<string, UnderWay>();
  private readonly clock = new AlarmClock();

  constructor(options: EffectRunnerOptions) {
    this.options = options;
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
      this.options.desktop,
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
        const settled = (result: ActionResult): void => {
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
        const start = (): void => run(action, () => action.run(execution.runs.input, underWay), complete);
        // The promise: nothing outside happens before the commit that caused it is on disk.
        if (action.isPure || durable === null) this.options.queue.add(start);
        else durable.then(start, () => this.underWay.delete(key));
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
      this.options.desktop,
      () => null,
      () => unheard,
    );
    this.underWay.set(execution.id, underWay);
    return new Promise((resolve) => {
      run(action, () => action.run(execution.runs.input, underWay), resolve);
    }).finally(() => this.underWay.delete(execution.id)) as Promise<ActionResult>;
  }

  /** Ends all that is under way for an execution that is no longer there. */
  endAll(rootId: string): void {
    for (const key of [...this.underWay.keys()]) {
      if (key.startsWith(`${rootId}/`)) this.end(rootId, key.slice(rootId.length + 1));
    }
  }

  /** Ends an effect that is not owed any more: aborts the action, stops waiting. */
  end(rootId: string, effectKey: string): void {
    const key = `${rootId}/${effectKey}`;
    const underWay = this.underWay.get(key);
    if (underWay === undefined) return;
    this.underWay.delete(key);
    underWay.abort();
    this.clock.cancel(key);
  }

  /** After the machine slept: what became due in the meantime is done now. */
  lookAgain(): void {
    this.clock.lookAgain();
  }

  /** Ends everything without telling anyone: what was under way is taken up again by the next start. */
  stop(): void {
    this.clock.cancelAll();
    for (const each of this.underWay.values()) each.abort();
    this.underWay.clear();
  }
}

const unheard: Reporter = { progress: () => {}, log: () => {}, end: async () => {} };

/** What an action gets to know of the effect that it runs for. Most actions are over before anybody could abort them. */
class UnderWay implements ActionContext {
  readonly actionId: string;
  readonly desktop: Desktop | null;
  /** There is no trust to be asked for yet: whatever runs may reach what the person can reach. */
  readonly refusesLocalAddresses = false;
  private readonly findOrigin: () => ActionOrigin | null;
  private readonly openReport: () => Reporter;
  private report: Reporter | null = null;
  private controller: AbortController | null = null;
  private isAborted = false;

  constructor(
    actionId: string,
    desktop: Desktop | null,
    findOrigin: () => ActionOrigin | null,
    openReport: () => Reporter,
  ) {
    this.actionId = actionId;
    this.desktop = desktop;
    this.findOrigin = findOrigin;
    this.openReport = openReport;
  }

  progress(fraction: number | null, text?: string): void {
    this.report ??= this.openReport();
    this.report.progress(fraction, text);
  }

  log(text: string, source?: LogSource): void {
    this.report ??= this.openReport();
    this.report.log(text, source);
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

/** How many levels a result may have. Values that are nested thousands of levels deep cannot even be written. */
const DEEPEST = 500;

/** Runs an action, synchronous ones at once. Whatever it throws is its failure. */
function run(
  action: Action,
  start: () => ActionResult | Promise<ActionResult>,
  complete: (result: ActionResult) => void,
): void {
  const fail = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    complete({ state: 'ERROR', value: `The action ${action.name} failed: ${message}` });
  };
  let result: ActionResult | Promise<ActionResult>;
  try {
    result = start();
  } catch (error) {
    fail(error);
    return;
  }
  const finish = (ended: ActionResult): void => {
    if (nestsDeeperThan(ended.value, DEEPEST)) {
      fail(new Error(`what it gave is nested more than ${DEEPEST} levels deep, which is the limit.`));
    } else complete(ended);
  };
  if (result instanceof Promise) result.then(finish, fail);
  else finish(result);
}
