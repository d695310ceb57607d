import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Action, ActionOrigin, ActionSource } from '../actions/action.ts';
import type { Desktop } from '../actions/desktop.ts';
import { plainText } from '../actions/text-mask.ts';
import { abandon } from '../core/abandon.ts';
import { decide, type Verdict } from '../core/decide.ts';
import type { ExecutionDocument } from '../core/document.ts';
import { actionIn, type ExecutionTree, emptyTree, taskIn, workflowIn } from '../core/execution-tree.ts';
import { outstanding } from '../core/outstanding.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { NOT_SYNCHRONOUS } from '../core/rules/complete-action.ts';
import { type ExpressionPlace, tryExpression } from '../core/try-expression.ts';
import type { World } from '../core/world.ts';
import type { Command } from '../model/commands.ts';
import type { Commit } from '../model/events.ts';
import type { ActionExecutionId, WorkflowExecutionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Logger } from '../model/logger.ts';
import type { ActionExecution } from '../model/records.ts';
import { isCompleted, type State } from '../model/states.ts';
import type { Listed } from '../store/execution-list.ts';
import { Problems, type StoreProblem } from '../store/problems.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import type { ActionGate } from './action-gate.ts';
import { ActionReports } from './action-reports.ts';
import { Announcer, type CommitListener } from './announcer.ts';
import { EffectRunner } from './effect-runner.ts';
import { follow } from './follow.ts';
import { insteadOf, interruptionOf } from './interrupted.ts';
import type { Library } from './library.ts';
import { Notifier } from './notifier.ts';
import { type LiveTree, Trees } from './trees.ts';
import { WorkQueue } from './work-queue.ts';
import { worldOf } from './world-of.ts';

/** What the list of executions shows; that an execution has not ended is read from it at the start. */
export interface ListedExecution extends Listed {
  readonly state: State;
  /** Something still runs or waits below, whatever the state: a stopped execution leaves its actions to end by themselves. */
  readonly isOwed?: boolean;
}

/** Whether an execution has to be taken up at each start. */
export function goesOn({ state, isOwed }: ListedExecution): boolean {
  return !isCompleted(state) || isOwed === true;
}

export interface EngineOptions<S extends ListedExecution> {
  readonly store: Store<Commit, ExecutionDocument, S>;
  readonly library: Library;
  readonly actions: ActionSource;
  /** What actions may ask of the desktop; left out where there is none. */
  readonly desktop?: Desktop | undefined;
  /** How many actions run at once that are not pure; twice as many as the machine has cores unless told otherwise. */
  readonly actionsAtOnce?: number | undefined;
  /** What actions that reach out have to pass; without it every one may run, with its input as it is. */
  readonly gate?: ActionGate | undefined;
  readonly log: Logger;
  /** What is kept for the list of executions: a few fields, as JSON. */
  readonly summarize: (tree: ExecutionTree) => S;
}

/** What all actions together are held to. What is left out stays as it is. */
export interface ActionBounds {
  /** How many run at once that are not pure; null: twice as many as the machine has cores. */
  readonly actionsAtOnce?: number | null | undefined;
  /**
   * Whether requests to loopback and link-local addresses are refused, as Mistral's server does it for everybody. Off unless
   * told otherwise: only what a person has allowed runs at all (action-gate.ts), and it may reach what they can reach.
   */
  readonly refusesLocalAddresses?: boolean | undefined;
}

export type Answer = { readonly type: 'done'; readonly tree: ExecutionTree } | Refusal;

/**
 * Runs executions: decides commands one after another, keeps their commits, and does what follows from them. A command
 * is decided against the newest tree at once; its answer comes when its commit is on disk.
 */
export class Engine<S extends ListedExecution> {
  /** What actions say while they run. */
  readonly reports: ActionReports;
  private readonly options: EngineOptions<S>;
  private readonly trees: Trees<S>;
  private readonly announcer: Announcer;
  private readonly effects: EffectRunner;
  private readonly notifier: Notifier;
  private readonly problems: Problems;
  private readonly summarize: (tree: ExecutionTree) => S;
  private readonly turnListeners = new Set<(rootId: string, actionId: string) => void>();
  private refusesLocalAddresses = false;
  private stopped = false;

  constructor(options: EngineOptions<S>) {
    const { store, log, actions } = options;
    this.options = options;
    this.summarize = once(options.summarize);
    this.trees = new Trees(store, this.summarize);
    this.announcer = new Announcer((tree) => store.summarize(tree.rootId, this.summarize(tree)), log);
    this.reports = new ActionReports(store, log);
    this.notifier = new Notifier(log);
    this.problems = new Problems(log);
    this.effects = new EffectRunner({
      actions,
      reports: this.reports,
      desktop: options.desktop ?? null,
      actionsAtOnce: options.actionsAtOnce ?? usualActionsAtOnce(),
      onTurn: (rootId, actionId) => {
        for (const listener of this.turnListeners) listener(rootId, actionId);
      },
      isPaused: (rootId, { id }) => isPaused(this.trees.get(rootId)?.tree, id),
      enter: (rootId, execution, action) => this.enter(rootId, execution, action),
      mask: (value) => options.gate?.mask(value) ?? value,
      maskText: () => options.gate?.maskText() ?? plainText,
      refusesLocalAddresses: () => this.refusesLocalAddresses,
      // What the disk does not take fills the memory: pure actions, which do not wait for it, pause with it.
      queue: new WorkQueue(
        (error) => log.error('A piece of work failed.', error),
        () => store.held,
      ),
      submit: (rootId, command) => this.submitLater(rootId, command),
      originOf: (rootId, action) => originOf(this.trees.get(rootId)?.tree, action),
    });
  }

  /**
   * Takes up every execution that had not ended when the engine stopped, whether it was stopped or killed.
   *
   * @param unfinished what the store says has not ended, or was not written to its document
   */
  async start(unfinished: readonly string[]): Promise<void> {
    this.options.store.onCheckpoint((rootId) => this.trees.snapshot(rootId));
    await this.takeUpAll(unfinished);
  }

  /** What the store found later. One that cannot be read stays as it is, and the others go on. */
  async takeUpAll(rootIds: readonly string[]): Promise<void> {
    for (const rootId of rootIds) {
      if (this.stopped) return;
      // In memory already: whoever brought it there goes on with it.
      if (this.trees.get(rootId) !== undefined) continue;
      try {
        const live = await this.trees.load(rootId);
        if (live !== null) this.takeUp(rootId, live);
      } catch (error) {
        this.giveUp(rootId, error);
      }
    }
  }

  private takeUp(rootId: string, { tree, lost }: LiveTree): void {
    this.options.store.summarize(rootId, this.summarize(tree));
    const root = tree.workflows.get(rootId as WorkflowExecutionId);
    const isPure = (action: ActionExecution): boolean => this.isPure(action);
    if (lost !== null && root?.state === 'RUNNING') {
      // Nobody knows what the lost commits had done already: a person decides whether to go on from here.
      this.submitLater(rootId, { type: 'PauseExecution', id: root.id, message: lost });
    }
    const owed = outstanding(this.trees.get(rootId)?.tree ?? tree);
    if (root?.state === 'RUNNING') {
      this.submitLater(rootId, { type: 'TakeUpExecution', id: root.id, ...interruptionOf(owed, isPure) });
    }
    for (const effect of owed) {
      const command = insteadOf(tree, effect, isPure);
      if (command === null) this.effects.begin(rootId, effect, null);
      else this.submitLater(rootId, command);
    }
  }

  private enter(rootId: string, execution: ActionExecution, action: Action): ReturnType<ActionGate['enter']> {
    const { gate } = this.options;
    if (gate === undefined) return { input: execution.runs.input };
    return gate.enter(this.trees.get(rootId)?.tree ?? null, execution, action);
  }

  /**
   * It has touched nothing, so running it again does no harm. One that is not there any more says so when it is run; one that
   * may only not be loaded yet is not pure.
   */
  private isPure({ runs }: ActionExecution): boolean {
    const { actions } = this.options;
    return actions.get(runs.name)?.isPure ?? (actions.loading ?? null) === null;
  }

  startWorkflow(command: Omit<Extract<Command, { type: 'StartWorkflow' }>, 'type' | 'id'>): Promise<Answer> {
    const id = randomUUID() as WorkflowExecutionId;
    return this.answer(id, emptyTree(id), { type: 'StartWorkflow', id, ...command });
  }

  startAction(command: Omit<Extract<Command, { type: 'StartAction' }>, 'type' | 'id'>): Promise<Answer> {
    const id = randomUUID() as ActionExecutionId;
    return this.answer(id, emptyTree(id), { type: 'StartAction', id, ...command });
  }

  /**
   * Runs an action and answers with what a task would get of it. Nothing is kept, as with Mistral's `run_sync` without
   * `save_result`: not even that it ran.
   */
  async tryAction(
    command: Pick<Extract<Command, { type: 'StartAction' }>, 'action' | 'namespace' | 'input'>,
  ): Promise<ActionExecution | Refusal> {
    const id = randomUUID() as ActionExecutionId;
    const how = { isAwaited: false, isSaved: true, safeRerun: false, timeout: null };
    const started = decide(emptyTree(id), { type: 'StartAction', id, ...command, ...how }, this.world(Date.now()));
    if (started.type === 'refused') return started;
    const action = actionIn(started.tree, id);
    if (!action.isSync) return refuse('INVALID', NOT_SYNCHRONOUS);
    const result = await this.effects.runAlone(action);
    const ended = decide(started.tree, { type: 'CompleteAction', id, result }, this.world(Date.now()));
    return ended.type === 'refused' ? ended : actionIn(ended.tree, id);
  }

  /**
   * Decides a command and answers when what follows from it is on disk.
   *
   * @throws StoreError when the disk does not take it; the execution goes on once it does
   */
  async submit(rootId: string, command: Command): Promise<Answer> {
    for (;;) {
      // Nothing may come between looking at the newest tree and deciding: another command would be lost.
      const live = this.trees.get(rootId);
      if (live !== undefined) return this.answer(rootId, live.tree, command);
      if ((await this.trees.load(rootId)) === null) {
        return { type: 'refused', code: 'NOT_FOUND', reason: `There is no execution ${rootId}.` };
      }
    }
  }

  /** The tree as it is now; null when there is none of the id. */
  async tree(rootId: string): Promise<ExecutionTree | null> {
    return (await this.trees.load(rootId))?.tree ?? null;
  }

  /** What can be seen of a large tree that is not in memory, before all of it has been read: only to be shown. */
  glance(rootId: string): Promise<ExecutionTree | null> {
    return this.trees.glance(rootId);
  }

  /** The tree as it was last on disk, with the number of its commits; null when there is none of the id. */
  async durableState(rootId: string): Promise<{ readonly tree: ExecutionTree; readonly position: number } | null> {
    const known = await this.trees.load(rootId);
    await known?.durable;
    return known;
  }

  /**
   * Takes up an execution that another store had. It must have ended: nothing of it is done.
   *
   * @param rootId one that no execution here ever had
   * @throws StoreError
   */
  async adopt(rootId: string, commits: readonly Commit[]): Promise<void> {
    const { store } = this.options;
    await store.adopt(rootId, commits);
    const live = await this.trees.load(rootId);
    if (live !== null) store.summarize(rootId, this.summarize(live.tree));
  }

  /** The newest tree with the number of its commits, on disk or not; null when it is not in memory. */
  newest(rootId: string): { readonly tree: ExecutionTree; readonly position: number } | null {
    return this.trees.get(rootId) ?? null;
  }

  /** Resolves when everything that was decided for an execution until now is on disk. */
  async durable(rootId: string): Promise<void> {
    await this.trees.get(rootId)?.durable;
  }

  /** All trees in memory; every execution that goes on is among them. */
  liveTrees(): Iterable<ExecutionTree> {
    return this.trees.all();
  }

  /** The tree in memory that holds an action; null when none does. */
  rootOfAction(id: string): string | null {
    return this.trees.rootOfAction(id as ActionExecutionId);
  }

  /** Returns the function that ends it. */
  onCommit(listener: CommitListener): () => void {
    return this.announcer.onCommit(listener);
  }

  /** Executions that stand still because of a mistake of ours. */
  standstills(): readonly StoreProblem[] {
    return this.problems.list();
  }

  /** Calls the listener after each change of `standstills`, until the returned function is called. */
  onStandstills(listener: () => void): () => void {
    return this.problems.subscribe(listener);
  }

  /** Holds what starts from now on to other bounds. */
  bound({ actionsAtOnce, refusesLocalAddresses }: ActionBounds): void {
    if (actionsAtOnce !== undefined) this.effects.waiting.setLimit(actionsAtOnce ?? usualActionsAtOnce());
    if (refusesLocalAddresses !== undefined) this.refusesLocalAddresses = refusesLocalAddresses;
  }

  /** What an action waits for that has not begun, in a sentence; null when it has. */
  waitReason(actionId: string): string | null {
    return this.effects.waiting.reason(actionId as ActionExecutionId);
  }

  /** Calls the listener when that changes. */
  onTurn(listener: (rootId: string, actionId: string) => void): void {
    this.turnListeners.add(listener);
  }

  /** Ends what is under way for a tree, forgets it and removes it from the store. */
  async delete(rootId: string): Promise<void> {
    this.effects.endAll(rootId);
    // What is on its way to the disk is told first: nobody shall hear of an execution that is gone.
    await this.trees.get(rootId)?.durable?.catch(() => {});
    this.trees.forget(rootId);
    // What was decided while that was awaited.
    this.effects.endAll(rootId);
    this.problems.clear(standstill(rootId));
    await this.options.store.delete(rootId);
  }

  /** After the machine slept: timers do not count the time in which it did. */
  lookAgain(): void {
    this.effects.lookAgain();
  }

  /** Stops doing things. What is under way is taken up by the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.notifier.close();
    await this.effects.stop();
    await this.reports.close();
  }

  private async answer(rootId: string, tree: ExecutionTree, command: Command): Promise<Answer> {
    const decided = this.decide(rootId, tree, command);
    if (decided.type === 'refused') return decided;
    await decided.durable;
    return { type: 'done', tree: decided.tree };
  }

  /** For commands that nobody waits for: an effect has ended. */
  private submitLater(rootId: string, command: Command): void {
    if (this.stopped) return;
    const live = this.trees.get(rootId);
    if (live === undefined) {
      this.trees.load(rootId).then(
        (loaded) => {
          if (loaded !== null) this.submitLater(rootId, command);
        },
        (error: unknown) => this.giveUp(rootId, error),
      );
      return;
    }
    try {
      const decided = this.decide(rootId, live.tree, command);
      if (decided.type === 'decided') this.untilDurable(rootId, decided);
    } catch (error) {
      this.giveUp(rootId, error);
    }
  }

  /**
   * A mistake of ours has come between an execution and what should follow next. It ends in ERROR and says so; if even
   * that is not possible, a person is told that it stands still. Other executions go on.
   */
  private giveUp(rootId: string, error: unknown): void {
    const technical = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.options.log.error(`Execution ${rootId} cannot go on.`, error);
    // The store tells itself of what it cannot read or write.
    if (this.stopped || error instanceof StoreError) return;
    try {
      const live = this.trees.get(rootId);
      if (live === undefined) throw error;
      const message =
        'Windrose made a mistake and could not go on with this execution: the workflow is not at fault. ' +
        `Please report it with this text: ${technical}`;
      const at = Date.now();
      const ended = this.commit(rootId, live.tree, abandon(live.tree, message, at), at);
      this.untilDurable(rootId, ended);
    } catch (again) {
      if (again !== error) this.options.log.error(`Execution ${rootId} could not be ended either.`, again);
      const message =
        `The execution ${rootId} stands still, and Windrose could not end it. Other executions go on. ` +
        `It is tried again at the next start; please report this text: ${technical}`;
      this.problems.set(standstill(rootId), 'error', message, null);
    }
  }

  private untilDurable(rootId: string, { durable }: Decided): void {
    durable?.catch((error: unknown) =>
      this.options.log.error(`A commit of the execution ${rootId} did not reach the disk.`, error),
    );
  }

  private decide(rootId: string, tree: ExecutionTree, command: Command): Decided | Refusal {
    const at = Date.now();
    const world = this.world(at);
    const verdict = decide(tree, command, world);
    if (verdict.type === 'refused') return verdict;
    const begun = this.findPlaces(verdict);
    try {
      const decision = begun.reduce<Decision>((before, id) => withBegun(before, id, world), verdict);
      return this.commit(rootId, tree, decision, at);
    } catch (error) {
      // None of it has happened.
      for (const id of begun) this.effects.waiting.begun(id)();
      throw error;
    }
  }

  /** The actions that are being scheduled and find a place: they begin with the same commit. The others wait, and have their own. */
  private findPlaces({ tree, events }: Decision): readonly ActionExecutionId[] {
    const begun: ActionExecutionId[] = [];
    for (const event of events) {
      const waits = event.type === 'ActionScheduled' && event.beginsLater === true;
      if (waits && this.effects.findsPlace(actionIn(tree, event.id))) begun.push(event.id);
    }
    return begun;
  }

  private commit(rootId: string, before: ExecutionTree, { tree, events }: Decision, at: number): Decided {
    if (events.length === 0) return { type: 'decided', tree: before, durable: null };
    const position = (this.trees.get(rootId)?.position ?? 0) + 1;
    const commit: Commit = { at, events };
    const durable = this.options.store.commit(rootId, commit);
    this.trees.keep(rootId, { tree, position, durable, lost: null });
    follow(this.effects, { before, tree, events, durable });
    const told = this.announcer.tellOnceDurable(durable, tree, events);
    this.notifier.committed(tree, events, durable);
    return { type: 'decided', tree, durable: told };
  }

  /**
   * What an expression would give at a place of an execution, or where there is none.
   * @throws ExpressionError when it cannot be evaluated
   */
  tryExpression(text: string, place: ExpressionPlace | null): Json {
    return tryExpression(text, place, this.world(Date.now()));
  }

  private world(now: number): World {
    return worldOf(this.options.library, this.options.actions, now);
  }
}

function originOf(tree: ExecutionTree | undefined, { taskId }: ActionExecution): ActionOrigin | null {
  if (tree === undefined || taskId === null) return null;
  const { workflowId } = taskIn(tree, taskId);
  const { name } = workflowIn(tree, workflowId);
  return { workflowName: name, workflowExecutionId: workflowId, taskExecutionId: taskId };
}

/** Remembers what was made of a tree: list, document and index all hold the same then. */
function once<S>(summarize: (tree: ExecutionTree) => S): (tree: ExecutionTree) => S {
  const made = new WeakMap<ExecutionTree, S>();
  return (tree) => {
    const known = made.get(tree);
    if (known !== undefined) return known;
    const summary = summarize(tree);
    made.set(tree, summary);
    return summary;
  };
}

function usualActionsAtOnce(): number {
  return 2 * availableParallelism();
}

/** An asynchronous action can be paused itself. */
function isPaused(tree: ExecutionTree | undefined, id: ActionExecutionId): boolean {
  const action = tree?.actions.get(id);
  if (tree === undefined || action === undefined) return false;
  if (action.state === 'PAUSED' || action.taskId === null) return action.state === 'PAUSED';
  return workflowIn(tree, taskIn(tree, action.taskId).workflowId).state === 'PAUSED';
}

function withBegun(decision: Decision, id: ActionExecutionId, world: World): Decision {
  const verdict = decide(decision.tree, { type: 'BeginAction', id }, world);
  if (verdict.type === 'refused') return decision;
  return { tree: verdict.tree, events: [...decision.events, ...verdict.events] };
}

type Decision = Pick<Extract<Verdict, { type: 'decided' }>, 'tree' | 'events'>;

interface Decided {
  readonly type: 'decided';
  readonly tree: ExecutionTree;
  readonly durable: Promise<void> | null;
}

function standstill(rootId: string): string {
  return `stands still ${rootId}`;
}
