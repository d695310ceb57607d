import { type List as ImmutableList, Map as ImmutableMap, type Set as ImmutableSet, type OrderedSet } from 'immutable';
import type { ActionExecutionId, DefinitionId, TaskExecutionId, WorkflowExecutionId } from '../model/ids.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type {
  ActionExecution,
  DefinitionSource,
  TaskExecution,
  Timer,
  Trigger,
  WorkflowExecution,
} from '../model/records.ts';
import { isCompleted } from '../model/states.ts';
import { type Context, emptyContext, publish } from './context.ts';
import { type Fifo, fifo } from './fifo.ts';
import type { IdList } from './id-list.ts';
import { IdMap } from './id-map.ts';
import { IdSet } from './id-set.ts';

/**
 * One root execution with everything below it. It is a value: applying an event gives a new tree that shares all that
 * did not change, so a tree can be kept, compared and written to disk while the execution goes on.
 *
 * One tree is one unit of consistency: pausing goes down and up, and results go up, within a single commit.
 */
export interface ExecutionTree {
  /** The root workflow execution; of a standalone action execution, the action. */
  readonly rootId: WorkflowExecutionId | ActionExecutionId;
  readonly workflows: IdMap<WorkflowExecutionId, WorkflowExecution>;
  readonly tasks: IdMap<TaskExecutionId, TaskExecution>;
  readonly actions: IdMap<ActionExecutionId, ActionExecution>;
  readonly timers: IdMap<string, Timer>;
  readonly definitions: IdMap<DefinitionId, DefinitionSource>;
  /** What the joins of a workflow execution know, by task name. */
  readonly joins: IdMap<WorkflowExecutionId, ImmutableMap<string, Join>>;
  /** Tasks that no path leads to any more. */
  readonly closedRoutes: IdMap<WorkflowExecutionId, ImmutableSet<string>>;
  /** How many records were made, and how often something was published. */
  readonly records: number;
  readonly publications: number;

  // Indexes: what is above, put so that the next command finds it at once.

  readonly tasksOf: IdMap<WorkflowExecutionId, IdList<TaskExecutionId>>;
  /** The newest task execution of each name. */
  readonly newestTasks: IdMap<WorkflowExecutionId, ImmutableMap<string, TaskExecutionId>>;
  readonly actionsOf: IdMap<TaskExecutionId, IdList<ActionExecutionId>>;
  readonly workflowsOf: IdMap<TaskExecutionId, IdList<WorkflowExecutionId>>;
  /** What the items of a with-items task gave that count, so that the end of the last one need not look at all others. */
  readonly itemResults: IdMap<TaskExecutionId, ItemResults>;
  /** Nested executions that have not ended, by the execution that contains them. */
  readonly openWorkflows: IdMap<WorkflowExecutionId, OrderedSet<WorkflowExecutionId>>;
  /** The variables that a task sees from the tasks before it. */
  readonly inbound: IdMap<TaskExecutionId, Context>;
  /** Tasks that can go on at once, whenever their workflow runs. Paused workflows keep theirs. */
  readonly ready: IdMap<WorkflowExecutionId, Fifo<TaskExecutionId>>;
  /** Running workflows with ready tasks. */
  readonly active: Fifo<WorkflowExecutionId>;
  /** Actions that have begun and are to complete by themselves. */
  readonly running: IdSet<ActionExecutionId>;
  /** Actions that are to begin. */
  readonly waiting: IdSet<ActionExecutionId>;
  /** How many of them each task has; a task with none may be missing. */
  readonly waitingOf: IdMap<TaskExecutionId, number>;
}

/** By the numbers of the items; a gap where an item has given nothing that counts. */
export type ItemResults = ImmutableList<Json | undefined>;

/** What a join knows of a task before it; null: it went elsewhere. */
export type Arrival = Trigger | 'pending' | null;

/** What a join knows of the tasks before it. */
export interface Join {
  /** By the name of the inbound task. A task that is not here has not run yet. */
  readonly arrivals: ImmutableMap<string, Arrival>;
  readonly arrived: number;
  readonly missed: number;
  /** The join's task execution; null before the first arrival. A new round has a new one. */
  readonly taskId: TaskExecutionId | null;
}

export const unknownJoin: Join = { arrivals: ImmutableMap(), arrived: 0, missed: 0, taskId: null };

export function emptyTree(rootId: WorkflowExecutionId | ActionExecutionId): ExecutionTree {
  return {
    rootId,
    workflows: IdMap.of(),
    tasks: IdMap.of(),
    actions: IdMap.of(),
    timers: IdMap.of(),
    definitions: IdMap.of(),
    joins: IdMap.of(),
    closedRoutes: IdMap.of(),
    records: 0,
    publications: 0,
    tasksOf: IdMap.of(),
    newestTasks: IdMap.of(),
    actionsOf: IdMap.of(),
    workflowsOf: IdMap.of(),
    itemResults: IdMap.of(),
    openWorkflows: IdMap.of(),
    inbound: IdMap.of(),
    ready: IdMap.of(),
    active: fifo(),
    running: IdSet.of(),
    waiting: IdSet.of(),
    waitingOf: IdMap.of(),
  };
}

/** The record; that it exists is an invariant of the tree, so a missing one is a mistake of ours. */
export function workflowIn(tree: ExecutionTree, id: WorkflowExecutionId): WorkflowExecution {
  return present(tree.workflows.get(id), `workflow execution ${id}`);
}

export function taskIn(tree: ExecutionTree, id: TaskExecutionId): TaskExecution {
  return present(tree.tasks.get(id), `task execution ${id}`);
}

export function actionIn(tree: ExecutionTree, id: ActionExecutionId): ActionExecution {
  return present(tree.actions.get(id), `action execution ${id}`);
}

function present<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw new Error(`The tree has no ${what}.`);
  return record;
}

/** All tasks of one workflow execution, in the order in which they were created. */
export function tasksIn(tree: ExecutionTree, id: WorkflowExecutionId): readonly TaskExecution[] {
  return [...(tree.tasksOf.get(id) ?? [])].map((taskId) => taskIn(tree, taskId));
}

/** The environment that every execution of the tree reads: the root's, whatever the params of the nested ones say. */
export function rootEnvironment(tree: ExecutionTree): JsonObject {
  const env = tree.workflows.get(tree.rootId as WorkflowExecutionId)?.params.env;
  return isObject(env) ? env : {};
}

export function inboundContext(tree: ExecutionTree, id: TaskExecutionId): Context {
  const { workflowId, name, triggeredBy } = taskIn(tree, id);
  // A join that has not started, or cannot, sees what the first that arrived brought.
  const arrivals = triggeredBy.length > 0 ? undefined : tree.joins.get(workflowId)?.get(name)?.arrivals;
  for (const arrival of arrivals?.values() ?? []) {
    if (arrival !== null && arrival !== 'pending') return outboundContext(tree, taskIn(tree, arrival.taskId));
  }
  return tree.inbound.get(id) ?? emptyContext;
}

/** What the tasks after this one see. */
export function outboundContext(tree: ExecutionTree, task: TaskExecution): Context {
  return publish(inboundContext(tree, task.id), task.published, task.publication);
}

/** Tasks that have not completed, the waiting ones included. */
export function openTasks(workflow: WorkflowExecution): number {
  const { IDLE = 0, WAITING = 0, RUNNING = 0, RUNNING_DELAYED = 0, PAUSED = 0 } = workflow.taskCounts;
  return IDLE + WAITING + RUNNING + RUNNING_DELAYED + PAUSED;
}

/** How deep the workflow execution is nested; a root is 0. */
export function nesting(tree: ExecutionTree, workflow: WorkflowExecution): number {
  let depth = 0;
  let parent = workflow.parentTaskId;
  while (parent !== null) {
    depth++;
    parent = workflowIn(tree, taskIn(tree, parent).workflowId).parentTaskId;
  }
  return depth;
}

/**
 * A task's result: what its accepted actions or nested workflows gave, in the order of their items. With-items tasks
 * always have a list; others the one value there is, or a list when there is none or several, as in Mistral.
 */
export function taskResult(tree: ExecutionTree, task: TaskExecution, isWithItems: boolean): Json {
  const results = taskResults(tree, task);
  return isWithItems || results.length !== 1 ? results : (results[0] as Json);
}

function taskResults(tree: ExecutionTree, task: TaskExecution): readonly Json[] {
  if (task.items !== null) {
    const results = tree.itemResults.get(task.id)?.toArray() ?? [];
    return results.filter((result) => result !== undefined);
  }
  const results: { readonly index: number; readonly result: Json }[] = [];
  for (const id of tree.actionsOf.get(task.id) ?? []) {
    const action = actionIn(tree, id);
    const result = actionResult(action);
    if (result !== undefined) results.push({ index: action.index, result });
  }
  for (const id of tree.workflowsOf.get(task.id) ?? []) {
    const workflow = workflowIn(tree, id);
    const result = workflowResult(workflow);
    if (result !== undefined) results.push({ index: workflow.index, result });
  }
  return results.sort((a, b) => a.index - b.index).map((each) => each.result);
}

/** What the action gives to its task; undefined as long as it gives nothing that counts. */
export function actionResult({ accepted, output }: ActionExecution): Json | undefined {
  return accepted ? (output?.result ?? null) : undefined;
}

/** The same of a nested workflow. */
export function workflowResult({ accepted, state, output }: WorkflowExecution): Json | undefined {
  return accepted && isCompleted(state) ? output : undefined;
}
