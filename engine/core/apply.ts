import { Map as ImmutableMap, Set as ImmutableSet, List, OrderedSet } from 'immutable';
import type { Event } from '../model/events.ts';
import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from '../model/ids.ts';
import { mergeDeep } from '../model/merge-deep.ts';
import type { ActionExecution, Items, TaskExecution, Timer, WorkflowExecution } from '../model/records.ts';
import { isCompleted, type TaskState } from '../model/states.ts';
import { actionIn, type ExecutionTree, taskIn, unknownJoin, workflowIn } from './execution-tree.ts';
import { enqueue, type Fifo, fifo, leave } from './fifo.ts';
import { arrivedContext } from './inbound.ts';
import { canStartItem, startItem, unstartedItems, withOutcome, withoutOutcome } from './items.ts';

/**
 * The tree after the event. Total: it only copies values from the event, so that replaying a journal gives the same
 * tree at any time and on any machine. Its cost does not depend on how large the tree is, save for
 * what a repeated task throws away.
 *
 * @param at when it happened, in milliseconds since 1970
 */
export function apply(tree: ExecutionTree, event: Event, at: number): ExecutionTree {
  switch (event.type) {
    case 'DefinitionUsed':
      return { ...tree, definitions: tree.definitions.set(event.id, event.source) };

    case 'WorkflowStarted': {
      const workflow: WorkflowExecution = {
        id: event.id,
        parentTaskId: event.parentTaskId,
        index: event.index,
        order: tree.records,
        name: event.name,
        namespace: event.namespace,
        workbook: event.workbook,
        definitionId: event.definitionId,
        description: event.description,
        state: 'RUNNING',
        stateInfo: null,
        input: event.input,
        params: event.params,
        context: {},
        output: {},
        attempt: event.parentTaskId === null ? 1 : taskIn(tree, event.parentTaskId).attempt,
        accepted: true,
        createdAt: at,
        finishedAt: null,
        taskCounts: {},
        unhandledErrors: 0,
        backlog: [],
        held: [],
      };
      const grown = {
        ...tree,
        records: tree.records + 1,
        workflows: tree.workflows.set(event.id, workflow),
        tasksOf: tree.tasksOf.set(event.id, List()),
        tasksByName: tree.tasksByName.set(event.id, ImmutableMap()),
      };
      return event.parentTaskId === null ? grown : nest(grown, event.id, event.parentTaskId, event.index);
    }

    case 'VarsSet':
      return setWorkflow(tree, event.id, { context: event.context });

    case 'WorkflowPaused':
      return setWorkflow(tree, event.id, { state: 'PAUSED', stateInfo: event.stateInfo });

    case 'WorkflowResumed':
      return setWorkflow(tree, event.id, { state: 'RUNNING', stateInfo: null });

    case 'WorkflowReopened': {
      const before = workflowIn(tree, event.id);
      const reopened = setWorkflow(tree, event.id, { state: 'RUNNING', stateInfo: null, output: {}, finishedAt: null });
      return reopen(unsettleChild(reopened, before), event.id);
    }

    case 'WorkflowEnded': {
      const { state, stateInfo, output } = event;
      const ended = setWorkflow(tree, event.id, { state, stateInfo, output, finishedAt: at });
      return settleChild(close(ended, event.id), workflowIn(ended, event.id));
    }

    case 'WorkflowUpdated': {
      const { description, params } = event;
      return setWorkflow(tree, event.id, {
        ...(description === undefined ? {} : { description }),
        ...(params === undefined ? {} : { params }),
      });
    }

    case 'StepsHeld': {
      const { backlog } = workflowIn(tree, event.id);
      return setWorkflow(tree, event.id, { backlog: [...backlog, ...event.steps] });
    }

    case 'HeldReleased':
      return setWorkflow(tree, event.id, { backlog: [], held: [] });

    case 'TaskCreated': {
      const task: TaskExecution = {
        id: event.id,
        workflowId: event.workflowId,
        order: tree.records,
        name: event.name,
        type: event.taskType,
        state: event.state,
        stateInfo: null,
        triggeredBy: event.triggeredBy,
        published: {},
        publication: 0,
        next: [],
        errorHandled: false,
        retries: 0,
        attempt: 1,
        items: null,
        prepared: false,
        waitedAfter: false,
        createdAt: at,
        startedAt: null,
        finishedAt: null,
      };
      const named = tree.tasksByName.get(event.workflowId) ?? ImmutableMap<string, List<TaskExecutionId>>();
      const created: ExecutionTree = {
        ...tree,
        records: tree.records + 1,
        tasks: tree.tasks.set(task.id, task),
        tasksOf: tree.tasksOf.update(event.workflowId, List(), (ids) => ids.push(task.id)),
        tasksByName: tree.tasksByName.set(
          event.workflowId,
          named.update(event.name, List<TaskExecutionId>(), (ids) => ids.push(task.id)),
        ),
        inbound: tree.inbound.set(task.id, arrivedContext(tree, event.triggeredBy)),
      };
      const counted = count(created, event.workflowId, null, event.state);
      if (event.state === 'IDLE') return setReady(counted, task, true);
      return setJoinTask(counted, event.workflowId, event.name, event.id);
    }

    case 'TaskTriggered': {
      const triggered = setTask(tree, event.id, { triggeredBy: event.triggeredBy, state: 'IDLE', stateInfo: null });
      const inbound = triggered.inbound.set(event.id, arrivedContext(tree, event.triggeredBy));
      return setReady({ ...triggered, inbound }, taskIn(triggered, event.id), true);
    }

    case 'TaskStateChanged':
      return changeState(tree, event.id, event.state, event.stateInfo, at);

    case 'TaskPaused':
      return changeState(tree, event.id, 'PAUSED', null, at);

    case 'TaskResumed':
      return changeState(tree, event.id, 'RUNNING', null, at);

    case 'TaskPrepared':
      return setTask(tree, event.id, { prepared: true });

    case 'TaskDelayed': {
      const delayed = setTask(addTimer(tree, event.timer), event.timer.taskId, {
        state: 'RUNNING_DELAYED',
        stateInfo: event.stateInfo,
        ...(event.timer.purpose.type === 'complete' ? { waitedAfter: true } : {}),
      });
      return setReady(delayed, taskIn(delayed, event.timer.taskId), false);
    }

    case 'TimeoutArmed':
      return addTimer(tree, event.timer);

    case 'TimerFired': {
      const timer = tree.timers.get(event.id);
      if (timer === undefined) return tree;
      const fired = { ...tree, timers: tree.timers.delete(event.id) };
      const goesOn = timer.purpose.type === 'start' || timer.purpose.type === 'retry';
      return goesOn ? setReady(fired, taskIn(fired, timer.taskId), true) : fired;
    }

    case 'TaskRetried': {
      const { retries, attempt } = taskIn(tree, event.id);
      return setTask(rejectResults(tree, event.id, true), event.id, { retries: retries + 1, attempt: attempt + 1 });
    }

    case 'TaskRerun': {
      const task = taskIn(tree, event.id);
      const rerun = setTask(rejectResults(tree, event.id, event.reset), event.id, {
        state: event.state,
        stateInfo: null,
        startedAt: null,
        finishedAt: null,
        next: [],
        errorHandled: false,
        retries: 0,
        attempt: task.attempt + 1,
        prepared: false,
        waitedAfter: false,
      });
      return setReady(rerun, taskIn(rerun, event.id), event.state === 'IDLE');
    }

    case 'ItemsExpanded': {
      const { values, count: total, concurrency } = event;
      return setItems(tree, event.id, unstartedItems(values, total, concurrency));
    }

    case 'ActionScheduled': {
      const task = event.taskId === null ? null : taskIn(tree, event.taskId);
      const action: ActionExecution = {
        id: event.id,
        taskId: event.taskId,
        order: tree.records,
        name: event.name,
        index: event.index,
        attempt: task?.attempt ?? 1,
        state: 'RUNNING',
        accepted: false,
        input: event.input,
        runs: event.runs ?? { name: event.name, input: event.input, outputs: [] },
        output: null,
        isSync: event.isSync,
        safeRerun: event.safeRerun,
        timeout: event.timeout,
        createdAt: at,
        finishedAt: null,
      };
      const scheduled: ExecutionTree = {
        ...tree,
        records: tree.records + 1,
        actions: tree.actions.set(action.id, action),
        running: event.isSync ? tree.running.add(action.id) : tree.running,
      };
      if (task === null) return scheduled;
      const actionsOf = scheduled.actionsOf.update(task.id, List<ActionExecutionId>(), (ids) => ids.push(action.id));
      return started({ ...scheduled, actionsOf }, task, event.index);
    }

    case 'ActionStateChanged':
      return setAction(tree, event.id, { state: event.state });

    case 'ActionCompleted': {
      const { state, output } = event;
      const { taskId, attempt } = actionIn(tree, event.id);
      // An action that was still running when its task was repeated ends for nothing.
      const accepted = taskId === null || taskIn(tree, taskId).attempt === attempt;
      const completed = setAction(tree, event.id, { state, output, accepted, finishedAt: at });
      return settleChild({ ...completed, running: completed.running.delete(event.id) }, actionIn(completed, event.id));
    }

    case 'VariablesPublished': {
      const publication = tree.publications + 1;
      const published = setTask(tree, event.taskId, { published: event.branch, publication });
      const { workflowId } = taskIn(tree, event.taskId);
      const { context } = workflowIn(tree, workflowId);
      const counted = { ...published, publications: publication };
      return Object.keys(event.global).length === 0
        ? counted
        : setWorkflow(counted, workflowId, { context: mergeDeep(context, event.global) });
    }

    case 'TaskCompleted': {
      const { id, state, stateInfo, next, errorHandled } = event;
      const { workflowId } = taskIn(tree, id);
      const completed = setTask(tree, id, { state, stateInfo, next, errorHandled, finishedAt: at });
      const settled = dropTimers(setReady(completed, taskIn(completed, id), false), id);
      const { held } = workflowIn(settled, workflowId);
      const kept = event.held ? setWorkflow(settled, workflowId, { held: [...held, id] }) : settled;
      return event.dropResult ? dropOutputs(kept, id) : kept;
    }

    case 'TaskReleased': {
      const { next, errorHandled } = event;
      return setTask(tree, event.id, { next, errorHandled });
    }

    case 'JoinInformed': {
      const { workflowId, from, arrival } = event;
      const joins = tree.joins.get(workflowId) ?? ImmutableMap<string, typeof unknownJoin>();
      const join = joins.get(event.join, unknownJoin);
      const before = join.arrivals.get(from);
      const informed = {
        ...join,
        arrivals: join.arrivals.set(from, arrival),
        arrived: join.arrived + Number(isArrival(arrival)) - Number(isArrival(before)),
        missed: join.missed + Number(arrival === null) - Number(before === null),
      };
      return { ...tree, joins: tree.joins.set(workflowId, joins.set(event.join, informed)) };
    }

    case 'RouteClosed':
      return {
        ...tree,
        closedRoutes: tree.closedRoutes.update(event.workflowId, ImmutableSet<string>(), (names) =>
          names.add(event.task),
        ),
      };

    default:
      return event satisfies never;
  }
}

const isArrival = (arrival: unknown): boolean => typeof arrival === 'object' && arrival !== null;

function setWorkflow(tree: ExecutionTree, id: WorkflowExecutionId, changes: Partial<WorkflowExecution>): ExecutionTree {
  const workflow = { ...workflowIn(tree, id), ...changes };
  const changed = { ...tree, workflows: tree.workflows.set(id, workflow) };
  return changes.state === undefined ? changed : setActive(changed, id);
}

function setTask(tree: ExecutionTree, id: TaskExecutionId, changes: Partial<TaskExecution>): ExecutionTree {
  const before = taskIn(tree, id);
  const task = { ...before, ...changes };
  const changed = { ...tree, tasks: tree.tasks.set(id, task) };
  const counted = task.state === before.state ? changed : count(changed, task.workflowId, before.state, task.state);
  const errors = Number(isUnhandled(task)) - Number(isUnhandled(before));
  if (errors === 0) return counted;
  const { unhandledErrors } = workflowIn(counted, task.workflowId);
  return setWorkflow(counted, task.workflowId, { unhandledErrors: unhandledErrors + errors });
}

const isUnhandled = (task: TaskExecution): boolean => task.state === 'ERROR' && !task.errorHandled;

function changeState(
  tree: ExecutionTree,
  id: TaskExecutionId,
  state: TaskState,
  stateInfo: string | null,
  at: number,
): ExecutionTree {
  const { startedAt, items } = taskIn(tree, id);
  const isStart = state === 'RUNNING' && startedAt === null;
  const changed = setTask(tree, id, { state, stateInfo, startedAt: isStart ? at : startedAt });
  const hasItems = state === 'RUNNING' && items !== null && canStartItem(items);
  return setReady(changed, taskIn(changed, id), state === 'IDLE' || hasItems);
}

function setAction(tree: ExecutionTree, id: ActionExecutionId, changes: Partial<ActionExecution>): ExecutionTree {
  return { ...tree, actions: tree.actions.set(id, { ...actionIn(tree, id), ...changes }) };
}

function count(tree: ExecutionTree, id: WorkflowExecutionId, from: TaskState | null, to: TaskState): ExecutionTree {
  const workflow = workflowIn(tree, id);
  const taskCounts = { ...workflow.taskCounts };
  if (from !== null) taskCounts[from] = (taskCounts[from] ?? 0) - 1;
  taskCounts[to] = (taskCounts[to] ?? 0) + 1;
  return { ...tree, workflows: tree.workflows.set(id, { ...workflow, taskCounts }) };
}

const noTasks: Fifo<TaskExecutionId> = fifo();

/** A task is ready when it can start, go on after a delay, or start its next item. */
function setReady(tree: ExecutionTree, task: TaskExecution, ready: boolean): ExecutionTree {
  const before = tree.ready.get(task.workflowId) ?? noTasks;
  if (before.members.has(task.id) === ready) return tree;
  const after = ready ? enqueue(before, task.id) : leave(before, task.id);
  const changed = {
    ...tree,
    ready: after.members.isEmpty() ? tree.ready.delete(task.workflowId) : tree.ready.set(task.workflowId, after),
  };
  return setActive(changed, task.workflowId);
}

function setActive(tree: ExecutionTree, id: WorkflowExecutionId): ExecutionTree {
  const isActive = tree.ready.has(id) && workflowIn(tree, id).state === 'RUNNING';
  if (tree.active.members.has(id) === isActive) return tree;
  return { ...tree, active: isActive ? enqueue(tree.active, id) : leave(tree.active, id) };
}

function setItems(tree: ExecutionTree, id: TaskExecutionId, items: Items): ExecutionTree {
  const changed = setTask(tree, id, { items });
  const task = taskIn(changed, id);
  return setReady(changed, task, task.state === 'RUNNING' && canStartItem(items));
}

function addTimer(tree: ExecutionTree, timer: Timer): ExecutionTree {
  return { ...tree, timers: tree.timers.set(timer.id, timer) };
}

function dropTimers(tree: ExecutionTree, taskId: TaskExecutionId): ExecutionTree {
  if (tree.timers.isEmpty()) return tree;
  // A task has at most two timers, and their ids begin with the task's.
  const timers = tree.timers.delete(`${taskId}:delay`).delete(`${taskId}:timeout`);
  return timers === tree.timers ? tree : { ...tree, timers };
}

/** Books a new nested execution with its task and with the execution that contains it. */
function nest(
  tree: ExecutionTree,
  id: WorkflowExecutionId,
  parentTaskId: TaskExecutionId,
  index: number,
): ExecutionTree {
  const parent = taskIn(tree, parentTaskId);
  const nested = {
    ...tree,
    workflowsOf: tree.workflowsOf.update(parentTaskId, List<WorkflowExecutionId>(), (ids) => ids.push(id)),
  };
  return started(reopen(nested, id), parent, index);
}

function reopen(tree: ExecutionTree, id: WorkflowExecutionId): ExecutionTree {
  return updateOpen(tree, id, (open) => open.add(id));
}

function close(tree: ExecutionTree, id: WorkflowExecutionId): ExecutionTree {
  return updateOpen(tree, id, (open) => open.delete(id));
}

function updateOpen(
  tree: ExecutionTree,
  id: WorkflowExecutionId,
  change: (open: OrderedSet<WorkflowExecutionId>) => OrderedSet<WorkflowExecutionId>,
): ExecutionTree {
  const { parentTaskId } = workflowIn(tree, id);
  if (parentTaskId === null) return tree;
  const container = taskIn(tree, parentTaskId).workflowId;
  const open = change(tree.openWorkflows.get(container) ?? OrderedSet<WorkflowExecutionId>());
  return { ...tree, openWorkflows: tree.openWorkflows.set(container, open) };
}

function started(tree: ExecutionTree, task: TaskExecution, index: number): ExecutionTree {
  return task.items === null ? tree : setItems(tree, task.id, startItem(task.items, index));
}

/** Books what an action or a nested workflow of a with-items task gave. */
function settleChild(tree: ExecutionTree, child: ActionExecution | WorkflowExecution): ExecutionTree {
  const taskId = 'parentTaskId' in child ? child.parentTaskId : child.taskId;
  const items = taskId === null ? null : taskIn(tree, taskId).items;
  if (taskId === null || items === null || !child.accepted || !isCompleted(child.state)) return tree;
  return setItems(tree, taskId, withOutcome(items, child.state));
}

/** A nested workflow that had ended runs again: its task counts it among the running items. */
function unsettleChild(tree: ExecutionTree, before: WorkflowExecution): ExecutionTree {
  const items = before.parentTaskId === null ? null : taskIn(tree, before.parentTaskId).items;
  if (before.parentTaskId === null || items === null || !isCompleted(before.state)) return tree;
  return setItems(tree, before.parentTaskId, withoutOutcome(items, before.state));
}

/** What the task's children gave no longer counts: all of it, or only the failures. */
function rejectResults(tree: ExecutionTree, id: TaskExecutionId, all: boolean): ExecutionTree {
  const isRejected = (child: ActionExecution | WorkflowExecution): boolean =>
    child.accepted && (all || child.state === 'ERROR' || child.state === 'CANCELLED');
  const { items } = taskIn(tree, id);
  const rejected: number[] = [];
  let { actions, workflows } = tree;
  for (const actionId of tree.actionsOf.get(id) ?? []) {
    const action = actionIn(tree, actionId);
    if (!isRejected(action)) continue;
    rejected.push(action.index);
    actions = actions.set(actionId, { ...action, accepted: false });
  }
  for (const workflowId of tree.workflowsOf.get(id) ?? []) {
    const workflow = workflowIn(tree, workflowId);
    if (!isRejected(workflow)) continue;
    rejected.push(workflow.index);
    workflows = workflows.set(workflowId, { ...workflow, accepted: false });
  }
  const changed = { ...tree, actions, workflows };
  if (items === null) return changed;
  return setTask(changed, id, {
    items: all ? null : { ...items, redo: rejected.sort((a, b) => a - b), failed: 0, cancelled: 0 },
  });
}

function dropOutputs(tree: ExecutionTree, id: TaskExecutionId): ExecutionTree {
  let { actions } = tree;
  for (const actionId of tree.actionsOf.get(id) ?? []) {
    actions = actions.set(actionId, { ...actionIn(tree, actionId), output: {} });
  }
  return { ...tree, actions };
}

function setJoinTask(
  tree: ExecutionTree,
  workflowId: WorkflowExecutionId,
  name: string,
  taskId: TaskExecutionId,
): ExecutionTree {
  const joins = tree.joins.get(workflowId) ?? ImmutableMap<string, typeof unknownJoin>();
  const join = { ...joins.get(name, unknownJoin), taskId };
  return { ...tree, joins: tree.joins.set(workflowId, joins.set(name, join)) };
}
