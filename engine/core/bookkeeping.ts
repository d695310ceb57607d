import { List as ImmutableList, Map as ImmutableMap, OrderedSet } from 'immutable';
import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { ActionExecution, Items, TaskExecution, Timer, WorkflowExecution } from '../model/records.ts';
import { isCompleted, type TaskState } from '../model/states.ts';
import { copyAction, copyTask, copyWorkflow, type Draft } from './copies.ts';
import {
  actionIn,
  actionResult,
  type ExecutionTree,
  type ItemResults,
  taskIn,
  unknownJoin,
  workflowIn,
  workflowResult,
} from './execution-tree.ts';
import { enqueue, type Fifo, fifo, leave } from './fifo.ts';
import { IdList } from './id-list.ts';
import { canStartItem, hasItem, startItem, withOutcome, withoutOutcome } from './items.ts';

/**
 * The next tree in the making. Only the tree itself may be changed: what it holds is shared with the tree before. The
 * functions here keep the indexes and counts in step with the records.
 */
export type DraftTree = Draft<ExecutionTree>;

/** Changes a copy of a record, and puts it in the place of the record. Returns what is there now. */
export function editWorkflow(
  draft: DraftTree,
  id: WorkflowExecutionId,
  edit: (workflow: Draft<WorkflowExecution>) => void,
): WorkflowExecution {
  const workflow = copyWorkflow(workflowIn(draft, id));
  edit(workflow);
  putWorkflow(draft, workflow);
  return workflow;
}

export function editTask(
  draft: DraftTree,
  id: TaskExecutionId,
  edit: (task: Draft<TaskExecution>) => void,
): TaskExecution {
  const before = taskIn(draft, id);
  const task = copyTask(before);
  edit(task);
  draft.tasks = draft.tasks.set(id, task);
  const errors = Number(isUnhandled(task)) - Number(isUnhandled(before));
  if (task.state === before.state && errors === 0) return task;
  const workflow = copyWorkflow(workflowIn(draft, task.workflowId));
  workflow.taskCounts = recount(workflow.taskCounts, before.state, task.state);
  workflow.unhandledErrors += errors;
  draft.workflows = draft.workflows.set(workflow.id, workflow);
  return task;
}

export function editAction(
  draft: DraftTree,
  id: ActionExecutionId,
  edit: (action: Draft<ActionExecution>) => void,
): ActionExecution {
  const action = copyAction(actionIn(draft, id));
  edit(action);
  putAction(draft, action);
  return action;
}

export function putWorkflow(draft: DraftTree, workflow: WorkflowExecution): void {
  draft.workflows = draft.workflows.set(workflow.id, workflow);
  setActive(draft, workflow);
}

export function putNewTask(draft: DraftTree, task: TaskExecution): void {
  const { id, name, workflowId, state } = task;
  draft.records++;
  draft.tasks = draft.tasks.set(id, task);
  draft.tasksOf = draft.tasksOf.update(workflowId, IdList.of(), (ids) => ids.push(id));
  draft.newestTasks = draft.newestTasks.update(workflowId, ImmutableMap(), (named) => named.set(name, id));
  const workflow = copyWorkflow(workflowIn(draft, workflowId));
  workflow.taskCounts = recount(workflow.taskCounts, null, state);
  draft.workflows = draft.workflows.set(workflowId, workflow);
}

const isUnhandled = (task: TaskExecution): boolean => task.state === 'ERROR' && !task.errorHandled;

function recount(
  counts: WorkflowExecution['taskCounts'],
  from: TaskState | null,
  to: TaskState,
): WorkflowExecution['taskCounts'] {
  const changed: { [state in TaskState]?: number } = { ...counts };
  if (from !== null) changed[from] = (changed[from] ?? 0) - 1;
  changed[to] = (changed[to] ?? 0) + 1;
  return changed;
}

export function putAction(draft: DraftTree, action: ActionExecution): void {
  draft.actions = draft.actions.set(action.id, action);
}

/** Books whether an action waits to begin. */
export function setWaiting(draft: DraftTree, { id, taskId }: ActionExecution, waits: boolean): void {
  if (draft.waiting.has(id) === waits) return;
  draft.waiting = waits ? draft.waiting.add(id) : draft.waiting.delete(id);
  if (taskId === null) return;
  const count = (draft.waitingOf.get(taskId) ?? 0) + (waits ? 1 : -1);
  draft.waitingOf = count === 0 ? draft.waitingOf.delete(taskId) : draft.waitingOf.set(taskId, count);
}

const noTasks: Fifo<TaskExecutionId> = fifo();

/** A task is ready when it can start, go on after a delay, or start its next item. */
export function setReady(draft: DraftTree, { id, workflowId }: TaskExecution, ready: boolean): void {
  const before = draft.ready.get(workflowId) ?? noTasks;
  if (before.members.has(id) === ready) return;
  const after = ready ? enqueue(before, id) : leave(before, id);
  draft.ready = after.members.isEmpty() ? draft.ready.delete(workflowId) : draft.ready.set(workflowId, after);
  setActive(draft, workflowIn(draft, workflowId));
}

function setActive(draft: DraftTree, { id, state }: WorkflowExecution): void {
  const isActive = state === 'RUNNING' && draft.ready.has(id);
  if (draft.active.members.has(id) === isActive) return;
  draft.active = isActive ? enqueue(draft.active, id) : leave(draft.active, id);
}

export function setItems(draft: DraftTree, id: TaskExecutionId, items: Items): void {
  const task = editTask(draft, id, (each) => {
    each.items = items;
  });
  setReady(draft, task, task.state === 'RUNNING' && canStartItem(items));
}

/** Books that an action or a nested workflow of the task has started. */
export function startChild(draft: DraftTree, task: TaskExecution, index: number): void {
  if (task.items !== null) setItems(draft, task.id, startItem(task.items, index));
}

/**
 * Books what an action or a nested workflow of a with-items task gave.
 *
 * @param result undefined when it does not count
 */
export function settleChild(
  draft: DraftTree,
  taskId: TaskExecutionId | null,
  { index, state }: ActionExecution | WorkflowExecution,
  result: Json | undefined,
): void {
  if (taskId === null || result === undefined || !isCompleted(state)) return;
  const task = taskIn(draft, taskId);
  if (task.items === null) return;
  setItems(draft, task.id, withOutcome(task.items, state));
  setItemResult(draft, task, index, result);
}

const noResults: ItemResults = ImmutableList();

function setItemResult(draft: DraftTree, { id, items }: TaskExecution, index: number, result: Json | undefined): void {
  if (!hasItem(items, index)) return;
  draft.itemResults = draft.itemResults.update(id, noResults, (results) => results.set(index, result));
}

/** What the items of a task gave is another thing than it was. */
function gatherItemResults(draft: DraftTree, id: TaskExecutionId): void {
  if (!draft.itemResults.has(id)) return;
  const { items } = taskIn(draft, id);
  const results: (Json | undefined)[] = [];
  const gather = (index: number, result: Json | undefined): void => {
    if (result !== undefined && hasItem(items, index)) results[index] = result;
  };
  for (const actionId of draft.actionsOf.get(id) ?? []) {
    const action = actionIn(draft, actionId);
    gather(action.index, actionResult(action));
  }
  for (const workflowId of draft.workflowsOf.get(id) ?? []) {
    const workflow = workflowIn(draft, workflowId);
    gather(workflow.index, workflowResult(workflow));
  }
  draft.itemResults = draft.itemResults.set(id, ImmutableList(results));
}

/** A nested workflow that had ended runs again: its task counts it among the running items. */
export function unsettleChild(draft: DraftTree, { parentTaskId, index, state }: WorkflowExecution): void {
  if (parentTaskId === null || !isCompleted(state)) return;
  const task = taskIn(draft, parentTaskId);
  if (task.items === null) return;
  setItems(draft, task.id, withoutOutcome(task.items, state));
  setItemResult(draft, task, index, undefined);
}

export function addTimer(draft: DraftTree, timer: Timer): void {
  draft.timers = draft.timers.set(timer.id, timer);
}

export function dropTimers(draft: DraftTree, taskId: TaskExecutionId): void {
  if (draft.timers.isEmpty()) return;
  // A task has at most two timers, and their ids begin with the task's.
  draft.timers = draft.timers.delete(`${taskId}:delay`).delete(`${taskId}:timeout`);
}

/** Books with the execution that contains it whether a nested execution is open. */
export function setOpen(draft: DraftTree, { id, parentTaskId }: WorkflowExecution, isOpen: boolean): void {
  if (parentTaskId === null) return;
  const container = taskIn(draft, parentTaskId).workflowId;
  const open = draft.openWorkflows.get(container) ?? OrderedSet<WorkflowExecutionId>();
  draft.openWorkflows = draft.openWorkflows.set(container, isOpen ? open.add(id) : open.delete(id));
}

export function setJoinTask(draft: DraftTree, { id, workflowId, name }: TaskExecution): void {
  const joins = draft.joins.get(workflowId) ?? ImmutableMap<string, typeof unknownJoin>();
  draft.joins = draft.joins.set(workflowId, joins.set(name, { ...joins.get(name, unknownJoin), taskId: id }));
}

/**
 * The task begins a new attempt: what its children gave no longer counts, all of it, or with `all` false what was no
 * success. Children that are still under way belong to the attempt before, and come to nothing when they end: with-items
 * does their items again.
 */
export function rejectResults(draft: DraftTree, id: TaskExecutionId, all: boolean): void {
  const { items, attempt } = taskIn(draft, id);
  const redo = new Set(items?.redo);
  const reject = (child: ActionExecution | WorkflowExecution): boolean => {
    const isOpen = child.attempt === attempt && !isCompleted(child.state);
    const isRejected = isOpen || (child.accepted && (all || child.state === 'ERROR' || child.state === 'CANCELLED'));
    if (isRejected) redo.add(child.index);
    return isRejected && child.accepted;
  };
  for (const actionId of draft.actionsOf.get(id) ?? []) {
    if (!reject(actionIn(draft, actionId))) continue;
    editAction(draft, actionId, (action) => {
      action.accepted = false;
    });
  }
  for (const workflowId of draft.workflowsOf.get(id) ?? []) {
    if (!reject(workflowIn(draft, workflowId))) continue;
    editWorkflow(draft, workflowId, (workflow) => {
      workflow.accepted = false;
    });
  }
  if (items === null) return;
  gatherItemResults(draft, id);
  editTask(draft, id, (task) => {
    task.items = all ? null : { ...items, redo: [...redo].sort((a, b) => a - b), running: 0, failed: 0, cancelled: 0 };
  });
}

export function dropOutputs(draft: DraftTree, id: TaskExecutionId): void {
  for (const actionId of draft.actionsOf.get(id) ?? []) {
    editAction(draft, actionId, (action) => {
      action.output = {};
    });
  }
  gatherItemResults(draft, id);
}
