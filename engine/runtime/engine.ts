import { randomUUID } from 'node:crypto';
import { type Action, type ActionOrigin, checkInput } from '../actions/action.ts';
import { apply } from '../core/apply.ts';
import { decide } from '../core/decide.ts';
import { type ExecutionDocument, fromDocument, toDocument } from '../core/document.ts';
import { actionIn, type ExecutionTree, emptyTree, taskIn, workflowIn } from '../core/execution-tree.ts';
import { effectFor, isOwed, outstanding, touchedEffects } from '../core/outstanding.ts';
import type { Refusal } from '../core/refusal.ts';
import { type ExpressionPlace, tryExpression } from '../core/try-expression.ts';
import type { BuiltInAction, World } from '../core/world.ts';
import type { Command } from '../model/commands.ts';
import type { Commit, Event } from '../model/events.ts';
import type { ActionExecutionId, WorkflowExecutionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Logger } from '../model/logger.ts';
import type { ActionExecution } from '../model/records.ts';
import { isCompleted, type State } from '../model/states.ts';
import type { Snapshot } from '../store/checkpointer.ts';
import type { Store } from '../store/store.ts';
import type { Listed } from '../store/summaries.ts';
import { EffectRunner } from './effect-runner.ts';
import type { Library } from './library.ts';
import { Notifier } from './notifier.ts';
import { WorkQueue } from './work-queue.ts';

/** What the list of executions shows; that an execution has not ended is read from it at the start. */
export interface ListedExecution extends Listed {
  readonly state: State;
  /** Something still runs or waits below, whatever the state: a stopped execution leaves its actions to end by themselves. */
  readonly isOwed?: boolean;
}

export interface EngineOptions<S extends ListedExecution> {
  readonly store: Store<Commit, ExecutionDocument, S>;
  readonly library: Library;
  readonly actions: ReadonlyMap<string, Action>;
  readonly log: Logger;
  /** What is kept for the list of executions: a few fields, as JSON. */
  readonly summarize: (tree: ExecutionTree) => S;
}

export type Answer = { readonly type: 'done'; readonly tree: ExecutionTree } | Refusal;

/** Hears of a commit once it is on disk. */
export type CommitListener = (tree: ExecutionTree, events: readonly Event[]) => void;

/** With more trees than this in memory, those that have ended go as soon as their documents are written. */
const KEPT = 50;

/**
 * Runs executions: decides commands one after another, keeps their commits, and does what follows from them. A command
 * is decided against the newest tree at once; its answer comes when its commit is on disk.
 */
export class Engine<S extends ListedExecution> {
  private readonly options: EngineOptions<S>;
  /** The trees that are in memory, the least recently changed first. */
  private readonly live = new Map<string, Live>();
  private readonly loading = new Map<string, Promise<Live | null>>();
  private readonly effects: EffectRunner;
  private readonly notifier: Notifier;
  private readonly listeners = new Set<CommitListener>();
  /** What the newest group of commits that is on its way to the disk has to tell. */
  private untold: Untold | null = null;
  private stopped = false;

  constructor(options: EngineOptions<S>) {
    this.options = options;
    this.notifier = new Notifier(options.log);
    const queue = new WorkQueue((error) => options.log.error('A piece of work failed.', error));
    this.effects = new EffectRunner({
      actions: options.actions,
      queue,
      submit: (rootId, command) => this.submitLater(rootId, command),
      originOf: (rootId, action) => originOf(this.live.get(rootId)?.tree, action),
    });
  }

  /**
   * Takes up every execution that had not ended when the engine stopped, whether it was stopped or killed. One that
   * cannot be read stays as it is, and the others go on: the store reports what is damaged.
   *
   * @param unfinished what the store says was not written to its document
   */
  async start(unfinished: readonly string[]): Promise<void> {
    const { store } = this.options;
    store.onCheckpoint((rootId) => this.snapshot(rootId));
    for (const rootId of new Set([...unfinished, ...this.notEnded()])) {
      try {
        const live = this.live.get(rootId) ?? (await this.loaded(rootId));
        if (live !== null) this.takeUp(rootId, live);
      } catch (error) {
        this.options.log.error(`Execution ${rootId} cannot be taken up.`, error);
      }
    }
  }

  private takeUp(rootId: string, { tree, lost }: Live): void {
    this.options.store.summarize(rootId, this.options.summarize(tree));
    const root = tree.workflows.get(rootId as WorkflowExecutionId);
    if (lost !== null && root?.state === 'RUNNING') {
      // Nobody knows what the lost commits had done already: a person decides whether to go on from here.
      this.submitLater(rootId, { type: 'PauseExecution', id: root.id, message: lost });
    }
    for (const effect of outstanding(this.live.get(rootId)?.tree ?? tree)) {
      if (effect.type === 'runAction' && !this.mayRunAgain(effect.action.runs.name, effect.action.safeRerun)) {
        this.submitLater(rootId, {
          type: 'CompleteAction',
          id: effect.action.id,
          result: { state: 'ERROR', value: interrupted(effect.action.name) },
        });
      } else {
        this.effects.begin(rootId, effect, null);
      }
    }
  }

  private notEnded(): readonly string[] {
    const filter = (summary: S): boolean => !isCompleted(summary.state) || summary.isOwed === true;
    return this.options.store.list({ cursor: null, limit: Number.MAX_SAFE_INTEGER, filter }).ids;
  }

  /** A pure action has touched nothing, so running it again does no harm. */
  private mayRunAgain(name: string, safeRerun: boolean): boolean {
    return safeRerun || (this.options.actions.get(name)?.isPure ?? true);
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
   * Decides a command and answers when what follows from it is on disk.
   *
   * @throws StoreError when the disk does not take it; the execution goes on once it does
   */
  async submit(rootId: string, command: Command): Promise<Answer> {
    for (;;) {
      // Nothing may come between looking at the newest tree and deciding: another command would be lost.
      const live = this.live.get(rootId);
      if (live !== undefined) return this.answer(rootId, live.tree, command);
      if ((await this.loaded(rootId)) === null) {
        return { type: 'refused', code: 'NOT_FOUND', reason: `There is no execution ${rootId}.` };
      }
    }
  }

  /** The tree as it is now; null when there is none of the id. */
  async tree(rootId: string): Promise<ExecutionTree | null> {
    const known = this.live.get(rootId) ?? (await this.loaded(rootId));
    return known?.tree ?? null;
  }

  /** The tree as it was last on disk. */
  async durableTree(rootId: string): Promise<ExecutionTree | null> {
    const known = this.live.get(rootId) ?? (await this.loaded(rootId));
    await known?.durable;
    return known?.tree ?? null;
  }

  private async loaded(rootId: string): Promise<Live | null> {
    const loading = this.loading.get(rootId) ?? this.load(rootId);
    this.loading.set(rootId, loading);
    try {
      const live = await loading;
      // Commands may have been decided since it was read.
      return this.live.get(rootId) ?? live;
    } finally {
      this.loading.delete(rootId);
    }
  }

  /** The tree in memory that holds an action; null when none does. */
  rootOfAction(id: string): string | null {
    for (const [rootId, { tree }] of this.live) if (tree.actions.has(id as ActionExecutionId)) return rootId;
    return null;
  }

  /** Returns the function that ends it. */
  onCommit(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Forgets a tree that has ended and removes it from the store. */
  async delete(rootId: string): Promise<void> {
    this.live.delete(rootId);
    await this.options.store.delete(rootId);
  }

  /** Stops doing things. What is under way is taken up by the next start. */
  stop(): void {
    this.stopped = true;
    this.notifier.close();
    this.effects.stop();
  }

  private async load(rootId: string): Promise<Live | null> {
    const stored = await this.options.store.load(rootId);
    if (stored === null) return null;
    const { document, commits, position, lost } = stored;
    const start = document === null ? emptyTree(rootId as WorkflowExecutionId) : fromDocument(document);
    const tree = commits.reduce(
      (before, { at, events }) => events.reduce((each, event) => apply(each, event, at), before),
      start,
    );
    const live = { tree, position, durable: null, lost };
    this.keep(rootId, live);
    return live;
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
    const failed = (error: unknown): void =>
      this.options.log.error(`Execution ${rootId} could not go on with ${command.type}.`, error);
    const live = this.live.get(rootId);
    if (live === undefined) {
      this.submit(rootId, command).catch(failed);
      return;
    }
    try {
      const decided = this.decide(rootId, live.tree, command);
      if (decided.type === 'decided') decided.durable?.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  private decide(rootId: string, tree: ExecutionTree, command: Command): Decided | Refusal {
    const at = Date.now();
    const verdict = decide(tree, command, this.world(at));
    if (verdict.type === 'refused') return verdict;
    const { events } = verdict;
    if (events.length === 0) return { type: 'decided', tree, durable: null };
    const position = (this.live.get(rootId)?.position ?? 0) + 1;
    const commit: Commit = { at, events };
    const durable = this.options.store.commit(rootId, commit);
    this.keep(rootId, { tree: verdict.tree, position, durable, lost: null });
    this.follow(rootId, tree, verdict.tree, events, durable);
    return { type: 'decided', tree: verdict.tree, durable: this.tellOnceDurable(durable, verdict.tree, events) };
  }

  /**
   * What is shown is never ahead of what is on disk. The store gives one promise to everything that reaches the disk
   * together: that is also told together, with one summary for each execution. Resolves when it has been told.
   */
  private tellOnceDurable(durable: Promise<void>, tree: ExecutionTree, events: readonly Event[]): Promise<void> {
    if (this.untold?.durable !== durable) {
      const commits: Untold['commits'][number][] = [];
      this.untold = { durable, commits, told: durable.then(() => this.tell(commits)) };
    }
    this.untold.commits.push({ tree, events });
    return this.untold.told;
  }

  private tell(commits: Untold['commits']): void {
    const newest = new Map(commits.map(({ tree }) => [tree.rootId, tree]));
    for (const [rootId, tree] of newest) this.options.store.summarize(rootId, this.options.summarize(tree));
    for (const { tree, events } of commits) {
      this.notifier.committed(tree, events);
      for (const listener of this.listeners) listener(tree, events);
    }
  }

  private follow(
    rootId: string,
    before: ExecutionTree,
    tree: ExecutionTree,
    events: readonly Event[],
    durable: Promise<void>,
  ): void {
    for (const event of events) {
      for (const key of touchedEffects(before, event)) this.followKey(rootId, tree, key, durable);
      // What an asynchronous action starts is not owed: after a crash nobody knows whether it was started, and whoever
      // it was started with may still complete the action.
      if (event.type === 'ActionScheduled' && !event.isSync) {
        const action = actionIn(tree, event.id);
        this.effects.begin(rootId, { type: 'runAction', key: `action:${action.id}`, action }, durable);
      }
    }
    this.followKey(rootId, tree, 'continue', durable);
  }

  private followKey(rootId: string, tree: ExecutionTree, key: string, durable: Promise<void>): void {
    const effect = effectFor(tree, key);
    if (effect === null) this.effects.end(rootId, key);
    else this.effects.begin(rootId, effect, durable);
  }

  /**
   * What an expression would give at a place of an execution, or where there is none.
   * @throws ExpressionError when it cannot be evaluated
   */
  tryExpression(text: string, place: ExpressionPlace | null): Json {
    return tryExpression(text, place, this.world(Date.now()));
  }

  private world(now: number): World {
    const { library } = this.options;
    return {
      now,
      newId: () => randomUUID(),
      random: () => Math.random(),
      definition: (id, source, name) => library.definition(id, source, name),
      findWorkflow: (name, namespace, workbook) => library.findWorkflow(name, namespace, workbook),
      findAction: (name, namespace, workbook) =>
        builtIn(this.options.actions, name) ?? library.findAction(name, namespace, workbook),
      environment: (name) => library.environment(name),
    };
  }

  private keep(rootId: string, live: Live): void {
    this.live.delete(rootId);
    this.live.set(rootId, live);
  }

  /** For the store, which writes documents when it sees fit. A tree that has ended can be read again from there. */
  private snapshot(rootId: string): Snapshot<ExecutionDocument, S> | null {
    const live = this.live.get(rootId);
    if (live === undefined) return null;
    const { tree, position } = live;
    if (this.live.size > KEPT && hasEnded(tree) && !isOwed(tree)) this.live.delete(rootId);
    return { document: toDocument(tree), summary: this.options.summarize(tree), position };
  }
}

function originOf(tree: ExecutionTree | undefined, { taskId }: ActionExecution): ActionOrigin | null {
  if (tree === undefined || taskId === null) return null;
  const { workflowId } = taskIn(tree, taskId);
  const { name } = workflowIn(tree, workflowId);
  return { workflowName: name, workflowExecutionId: workflowId, taskExecutionId: taskId };
}

function builtIn(actions: ReadonlyMap<string, Action>, name: string): BuiltInAction | null {
  const action = actions.get(name);
  if (action === undefined) return null;
  return { type: 'built-in', name, isSync: action.isSync, checkInput: (input) => checkInput(action, input) };
}

interface Live {
  readonly tree: ExecutionTree;
  /** How many commits the tree contains. */
  readonly position: number;
  /** Resolves when all of it is on disk; null when it came from there. */
  readonly durable: Promise<void> | null;
  /** Whether later commits were lost to a damaged file, as a sentence. */
  readonly lost: string | null;
}

interface Untold {
  readonly durable: Promise<void>;
  readonly commits: { readonly tree: ExecutionTree; readonly events: readonly Event[] }[];
  readonly told: Promise<void>;
}

interface Decided {
  readonly type: 'decided';
  readonly tree: ExecutionTree;
  readonly durable: Promise<void> | null;
}

function interrupted(action: string): string {
  return (
    `Windrose was stopped while ${action} was running, so nobody knows whether it did its work. ` +
    "It was not run again; set 'safe-rerun: true' on the task if running it twice does no harm."
  );
}

function hasEnded(tree: ExecutionTree): boolean {
  const root = tree.workflows.get(tree.rootId as WorkflowExecutionId);
  const action = tree.actions.get(tree.rootId as ActionExecutionId);
  return isCompleted((root ?? action)?.state ?? 'ERROR');
}
