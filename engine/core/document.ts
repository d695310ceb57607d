import { List as ImmutableList, Map as ImmutableMap, Set as ImmutableSet, OrderedSet } from 'immutable';
import type { ActionExecutionId, DefinitionId, TaskExecutionId, WorkflowExecutionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type {
  ActionExecution,
  DefinitionSource,
  TaskExecution,
  Timer,
  Trigger,
  WorkflowExecution,
} from '../model/records.ts';
import { isCompleted } from '../model/states.ts';
import type { Context } from './context.ts';
import { copyTree } from './copies.ts';
import {
  actionResult,
  type ExecutionTree,
  emptyTree,
  type Join,
  taskIn,
  workflowIn,
  workflowResult,
} from './execution-tree.ts';
import { fifo } from './fifo.ts';
import { IdList } from './id-list.ts';
import { IdMap, IdMapBuilder } from './id-map.ts';
import { IdSet } from './id-set.ts';
import { arrivedContext } from './inbound.ts';
import { canStartItem, hasItem } from './items.ts';

/** So many records take less than a millisecond as a rule; two where contexts are put together. */
const SLICE = 512;

/** A tree as plain JSON that a person can read. The indexes are left out: they are made again on reading. */
export interface ExecutionDocument {
  readonly rootId: WorkflowExecutionId | ActionExecutionId;
  readonly records: number;
  readonly publications: number;
  readonly workflows: readonly WorkflowExecution[];
  readonly tasks: readonly TaskExecution[];
  readonly actions: readonly ActionExecution[];
  readonly timers: readonly Timer[];
  readonly joins: readonly JoinDocument[];
  readonly closedRoutes: readonly { readonly workflowId: WorkflowExecutionId; readonly tasks: readonly string[] }[];
  readonly definitions: readonly ({ readonly id: DefinitionId } & DefinitionSource)[];
}

interface JoinDocument {
  readonly workflowId: WorkflowExecutionId;
  readonly name: string;
  readonly taskId: TaskExecutionId | null;
  readonly arrivals: readonly { readonly from: string; readonly arrival: Trigger | 'pending' | null }[];
}

export function toDocument(tree: ExecutionTree): ExecutionDocument {
  const making = documentInSlices(tree);
  for (;;) {
    const { done, value } = making.next();
    if (done) return value;
  }
}

/** The same, and yields after some hundred records, so that the document of a large tree can be made between other things. */
export function* documentInSlices(tree: ExecutionTree): Generator<void, ExecutionDocument, void> {
  const { rootId, records, publications } = tree;
  return {
    rootId,
    records,
    publications,
    workflows: yield* inOrder(tree.workflows.values(), records),
    tasks: yield* inOrder(tree.tasks.values(), records),
    actions: yield* inOrder(tree.actions.values(), records),
    timers: [...tree.timers.values()],
    joins: [...tree.joins].flatMap(([workflowId, joins]) =>
      [...joins].map(([name, { taskId, arrivals }]) => ({
        workflowId,
        name,
        taskId,
        arrivals: [...arrivals].map(([from, arrival]) => ({ from, arrival })),
      })),
    ),
    closedRoutes: [...tree.closedRoutes].map(([workflowId, tasks]) => ({ workflowId, tasks: [...tasks] })),
    definitions: [...tree.definitions].map(([id, source]) => ({ id, ...source })),
  };
}

/** @param weight so many records an item counts for */
function* inSlices<T>(
  items: Iterable<T>,
  work: (item: T) => void,
  weight: (item: T) => number = () => 1,
): Generator<void, void, void> {
  let left = SLICE;
  for (const item of items) {
    work(item);
    left -= weight(item);
    if (left > 0) continue;
    yield;
    left = SLICE;
  }
}

/** Each record has a place of its own: of 100,000 that is found much faster than by comparing them. */
function* inOrder<T extends { readonly order: number }>(
  values: Iterable<T>,
  records: number,
): Generator<void, readonly T[], void> {
  const places = new Array<T | undefined>(records);
  yield* inSlices(values, (value) => {
    places[value.order] = value;
  });
  return places.filter((value) => value !== undefined);
}

/** The same tree again, with its indexes. */
export function fromDocument(document: ExecutionDocument): ExecutionTree {
  const making = treeInSlices(document);
  for (;;) {
    const { done, value } = making.next();
    if (done) return value;
  }
}

/**
 * What can be seen of a tree by the first lists of its document, the last of them cut off: the records that hang together
 * with the root. Nothing can be decided on it.
 */
export function treeOfHead(head: Partial<ExecutionDocument>): ExecutionTree | null {
  const { rootId, records, workflows = [], tasks = [], actions = [] } = head;
  if (rootId === undefined || records === undefined) return null;
  const known = new Set<string>(tasks.map(({ id }) => id));
  const above = workflows.filter(({ parentTaskId }) => parentTaskId === null || known.has(parentTaskId));
  const reached = new Set<string>(above.map(({ id }) => id));
  return fromDocument({
    rootId,
    records,
    publications: 0,
    workflows: above,
    // What a task was given by those before it is not seen.
    tasks: tasks.filter(({ workflowId }) => reached.has(workflowId)).map((task) => ({ ...task, triggeredBy: [] })),
    actions: actions.filter(({ taskId }) => taskId === null || known.has(taskId)),
    timers: [],
    joins: [],
    closedRoutes: [],
    definitions: head.definitions ?? [],
  });
}

/** Like {@link fromDocument}, and yields after some hundred records, so that a large tree can be made between other things. */
export function* treeInSlices(document: ExecutionDocument): Generator<void, ExecutionTree, void> {
  const { workflows, tasks, actions, timers } = document;
  const open = actions.filter((each) => !isCompleted(each.state));
  const waiting = open.filter((each) => each.begunAt === null);
  const tree: ExecutionTree = {
    ...emptyTree(document.rootId),
    records: document.records,
    publications: document.publications,
    workflows: yield* byId(workflows),
    tasks: yield* byId(tasks),
    actions: yield* byId(actions),
    timers: IdMap.of(timers.map((each) => [each.id, each])),
    definitions: IdMap.of(document.definitions.map(({ id, ...source }) => [id, source])),
    joins: yield* grouped(
      document.joins,
      (join) => join.workflowId,
      (joins) => ImmutableMap(joins.map((join) => [join.name, joinOf(join)])),
    ),
    closedRoutes: IdMap.of(document.closedRoutes.map((each) => [each.workflowId, ImmutableSet(each.tasks)])),
    tasksOf: yield* grouped(tasks, (task) => task.workflowId, idsOf, workflows),
    newestTasks: yield* newestTasks(document),
    actionsOf: yield* grouped(actions, (action) => action.taskId, idsOf),
    workflowsOf: yield* grouped(workflows, (workflow) => workflow.parentTaskId, idsOf),
    itemResults: yield* itemResults(document),
    running: IdSet.of(open.filter((each) => each.isSync && each.begunAt !== null).map((each) => each.id)),
    waiting: IdSet.of(waiting.map((each) => each.id)),
    waitingOf: yield* grouped(
      waiting,
      (action) => action.taskId,
      (each) => each.length,
    ),
  };
  yield;
  const ready = yield* grouped(
    tasks.filter((task) => isReady(tree, task)),
    (task) => task.workflowId,
    (each) => fifo(each.map((task) => task.id)),
  );
  return {
    ...tree,
    openWorkflows: yield* openWorkflows(tree),
    inbound: yield* inboundContexts(tree, tasks),
    ready,
    active: fifo([...ready.keys()].filter((id) => workflowIn(tree, id).state === 'RUNNING')),
  };
}

function* byId<T extends { readonly id: string }>(records: readonly T[]): Generator<void, IdMap<T['id'], T>, void> {
  const map = new IdMapBuilder<T['id'], T>();
  yield* inSlices(records, (each) => map.set(each.id, each));
  return map.finish();
}

/** What belongs to none is left out. `owners` have a group even when nothing belongs to them. */
function* grouped<K extends string, T, G>(
  items: Iterable<T>,
  keyOf: (item: T) => K | null,
  make: (group: readonly T[]) => G,
  owners: readonly { readonly id: K }[] = [],
): Generator<void, IdMap<K, G>, void> {
  const groups = new Map<K, T[]>();
  yield* inSlices(owners, ({ id }) => groups.set(id, []));
  yield* inSlices(items, (item) => {
    const key = keyOf(item);
    if (key === null) return;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  });
  const made = new IdMapBuilder<K, G>();
  yield* inSlices(
    groups,
    ([key, group]) => made.set(key, make(group)),
    ([, group]) => group.length + 1,
  );
  return made.finish();
}

function* newestTasks({ tasks, workflows }: ExecutionDocument): Generator<void, ExecutionTree['newestTasks'], void> {
  // Most nested workflows have few tasks: a map is made when the first of them comes.
  const named = new Map<WorkflowExecutionId, ImmutableMap<string, TaskExecutionId>>();
  yield* inSlices(tasks, ({ workflowId, name, id }) => {
    const names = named.get(workflowId);
    if (names === undefined) named.set(workflowId, ImmutableMap([[name, id]]).asMutable());
    else names.set(name, id);
  });
  const newest = new IdMapBuilder<WorkflowExecutionId, ImmutableMap<string, TaskExecutionId>>();
  yield* inSlices(workflows, ({ id }) => newest.set(id, named.get(id)?.asImmutable() ?? ImmutableMap()));
  return newest.finish();
}

function* itemResults({
  tasks,
  actions,
  workflows,
}: ExecutionDocument): Generator<void, ExecutionTree['itemResults'], void> {
  const results = new Map(
    tasks.flatMap(({ id, items }) =>
      items === null ? [] : [[id, { items, own: [] as (Json | undefined)[] }] as const],
    ),
  );
  const gather = (taskId: TaskExecutionId | null, index: number, result: Json | undefined): void => {
    const task = taskId === null || result === undefined ? undefined : results.get(taskId);
    if (task !== undefined && hasItem(task.items, index)) task.own[index] = result;
  };
  for (const workflow of workflows) gather(workflow.parentTaskId, workflow.index, workflowResult(workflow));
  yield* inSlices(actions, (action) => gather(action.taskId, action.index, actionResult(action)));
  return IdMap.of([...results].map(([id, { own }]) => [id, ImmutableList(own)]));
}

function idsOf<K extends string>(records: readonly { readonly id: K }[]): IdList<K> {
  return IdList.of(records.map((each) => each.id));
}

function joinOf({ taskId, arrivals }: JoinDocument): Join {
  return {
    taskId,
    arrivals: ImmutableMap(arrivals.map(({ from, arrival }) => [from, arrival])),
    arrived: arrivals.filter(({ arrival }) => arrival !== null && arrival !== 'pending').length,
    missed: arrivals.filter(({ arrival }) => arrival === null).length,
  };
}

function isReady(tree: ExecutionTree, task: TaskExecution): boolean {
  if (task.state === 'IDLE') return true;
  // Its delay ended while its workflow was paused.
  if (task.state === 'RUNNING_DELAYED') return !tree.timers.has(`${task.id}:delay`);
  return task.state === 'RUNNING' && task.items !== null && canStartItem(task.items);
}

function openWorkflows(tree: ExecutionTree): Generator<void, ExecutionTree['openWorkflows'], void> {
  const open = [...tree.workflows.values()]
    .filter((each) => each.parentTaskId !== null && !isCompleted(each.state))
    .sort((a, b) => a.order - b.order);
  return grouped(
    open,
    (each) => taskIn(tree, each.parentTaskId as TaskExecutionId).workflowId,
    (each) => OrderedSet(each.map((workflow) => workflow.id)),
  );
}

/** A context is what the tasks before it left; they are made first. Chains of any length: no recursion. */
function* inboundContexts(
  tree: ExecutionTree,
  tasks: readonly TaskExecution[],
): Generator<void, IdMap<TaskExecutionId, Context>, void> {
  const draft = copyTree(tree);
  const pending = tasks.toReversed();
  let left = SLICE;
  for (let task = pending.at(-1); task !== undefined; task = pending.at(-1)) {
    const missing = task.triggeredBy.filter(({ taskId }) => !draft.inbound.has(taskId));
    if (draft.inbound.has(task.id) || missing.length === 0) {
      pending.pop();
      if (!draft.inbound.has(task.id)) {
        draft.inbound = draft.inbound.set(task.id, arrivedContext(draft, task.triggeredBy));
      }
    } else {
      for (const { taskId } of missing) pending.push(taskIn(tree, taskId));
    }
    left -= 1;
    if (left > 0) continue;
    yield;
    left = SLICE;
  }
  return draft.inbound;
}
