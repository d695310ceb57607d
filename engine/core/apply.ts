import { Map as ImmutableMap, Set as ImmutableSet } from 'immutable';
import type { Event } from '../model/events.ts';
import type { TaskExecutionId } from '../model/ids.ts';
import { mergeDeep } from '../model/merge-deep.ts';
import type { TaskState } from '../model/states.ts';
import {
  addTimer,
  type DraftTree,
  dropOutputs,
  dropTimers,
  editAction,
  editTask,
  editWorkflow,
  putAction,
  putNewTask,
  putWorkflow,
  rejectResults,
  setItems,
  setJoinTask,
  setOpen,
  setReady,
  settleChild,
  setWaiting,
  startChild,
  unsettleChild,
} from './bookkeeping.ts';
import { copyTree } from './copies.ts';
import { actionResult, type ExecutionTree, taskIn, unknownJoin, workflowIn, workflowResult } from './execution-tree.ts';
import { IdList } from './id-list.ts';
import { arrivedContext } from './inbound.ts';
import { canStartItem, unstartedItems } from './items.ts';
import { newAction, newTask, newWorkflow } from './new-records.ts';

/**
 * The tree after the event. Total: it only copies values from the event, so that replaying a journal gives the same
 * tree at any time and on any machine. Its cost does not depend on how large the tree is, save for
 * what a repeated task throws away.
 *
 * @param at when it happened, in milliseconds since 1970
 */
export function apply(tree: ExecutionTree, event: Event, at: number): ExecutionTree {
  return applyAll(tree, [event], at);
}

/** The same after several events, one after the other. */
export function applyAll(tree: ExecutionTree, events: readonly Event[], at: number): ExecutionTree {
  const draft = copyTree(tree);
  for (const event of events) change(draft, event, at);
  return draft;
}

function change(draft: DraftTree, event: Event, at: number): void {
  switch (event.type) {
    case 'DefinitionUsed':
      draft.definitions = draft.definitions.set(event.id, event.source);
      return;

    case 'WorkflowStarted': {
      const { id, parentTaskId, index } = event;
      const parent = parentTaskId === null ? null : taskIn(draft, parentTaskId);
      const workflow = newWorkflow(event, parent, draft.records, at);
      draft.records++;
      putWorkflow(draft, workflow);
      draft.tasksOf = draft.tasksOf.set(id, IdList.of());
      draft.newestTasks = draft.newestTasks.set(id, ImmutableMap());
      if (parent === null) return;
      draft.workflowsOf = draft.workflowsOf.update(parent.id, IdList.of(), (ids) => ids.push(id));
      setOpen(draft, workflow, true);
      startChild(draft, parent, index);
      return;
    }

    case 'VarsSet':
      editWorkflow(draft, event.id, (workflow) => {
        workflow.context = event.context;
      });
      return;

    case 'WorkflowPaused':
      editWorkflow(draft, event.id, (workflow) => {
        workflow.state = 'PAUSED';
        workflow.stateInfo = event.stateInfo;
      });
      return;

    case 'WorkflowResumed':
      editWorkflow(draft, event.id, (workflow) => {
        workflow.state = 'RUNNING';
        workflow.stateInfo = null;
      });
      return;

    case 'WorkflowReopened': {
      const before = workflowIn(draft, event.id);
      editWorkflow(draft, event.id, (workflow) => {
        workflow.state = 'RUNNING';
        workflow.stateInfo = null;
        workflow.output = {};
        workflow.finishedAt = null;
      });
      unsettleChild(draft, before);
      setOpen(draft, before, true);
      return;
    }

    case 'WorkflowEnded': {
      const ended = editWorkflow(draft, event.id, (workflow) => {
        workflow.state = event.state;
        workflow.stateInfo = event.stateInfo;
        workflow.output = event.output;
        workflow.finishedAt = at;
      });
      setOpen(draft, ended, false);
      settleChild(draft, ended.parentTaskId, ended, workflowResult(ended));
      return;
    }

    case 'WorkflowUpdated':
      editWorkflow(draft, event.id, (workflow) => {
        workflow.description = event.description ?? workflow.description;
        workflow.params = event.params ?? workflow.params;
      });
      return;

    case 'WorkflowTakenUp': {
      const { repeated, failed, timers } = event;
      editWorkflow(draft, event.id, (workflow) => {
        workflow.interruption = { at, repeated, failed, timers };
      });
      return;
    }

    case 'StepsHeld':
      editWorkflow(draft, event.id, (workflow) => {
        workflow.backlog = [...workflow.backlog, ...event.steps];
      });
      return;

    case 'HeldReleased':
      editWorkflow(draft, event.id, (workflow) => {
        workflow.backlog = [];
        workflow.held = [];
      });
      return;

    case 'TaskCreated': {
      const task = newTask(event, draft.records, at);
      putNewTask(draft, task);
      draft.inbound = draft.inbound.set(task.id, arrivedContext(draft, event.triggeredBy));
      if (event.state === 'IDLE') setReady(draft, task, true);
      else setJoinTask(draft, task);
      return;
    }

    case 'TaskTriggered': {
      const { id, triggeredBy } = event;
      const task = editTask(draft, id, (each) => {
        each.triggeredBy = triggeredBy;
        each.state = 'IDLE';
        each.stateInfo = null;
      });
      draft.inbound = draft.inbound.set(id, arrivedContext(draft, triggeredBy));
      setReady(draft, task, true);
      return;
    }

    case 'TaskStateChanged':
      changeState(draft, event.id, event.state, event.stateInfo, at);
      return;

    case 'TaskPaused':
      changeState(draft, event.id, 'PAUSED', null, at);
      return;

    case 'TaskResumed':
      changeState(draft, event.id, 'RUNNING', null, at);
      return;

    case 'TaskPrepared':
      editTask(draft, event.id, (task) => {
        task.prepared = true;
      });
      return;

    case 'TaskDelayed': {
      const { timer, stateInfo } = event;
      addTimer(draft, timer);
      const task = editTask(draft, timer.taskId, (each) => {
        each.state = 'RUNNING_DELAYED';
        each.stateInfo = stateInfo;
        each.waitedAfter ||= timer.purpose.type === 'complete';
      });
      setReady(draft, task, false);
      return;
    }

    case 'TimeoutArmed':
      addTimer(draft, event.timer);
      return;

    case 'TimerFired': {
      const timer = draft.timers.get(event.id);
      if (timer === undefined) return;
      draft.timers = draft.timers.delete(event.id);
      const goesOn = timer.purpose.type === 'start' || timer.purpose.type === 'retry';
      if (goesOn) setReady(draft, taskIn(draft, timer.taskId), true);
      return;
    }

    case 'TaskRetried':
      rejectResults(draft, event.id, true);
      editTask(draft, event.id, (task) => {
        task.retries++;
        task.attempt++;
      });
      return;

    case 'TaskRerun': {
      rejectResults(draft, event.id, event.reset);
      const rerun = editTask(draft, event.id, (task) => {
        task.state = event.state;
        task.stateInfo = null;
        task.startedAt = null;
        task.finishedAt = null;
        task.next = [];
        task.errorHandled = false;
        task.retries = 0;
        task.attempt++;
        task.prepared = false;
        task.waitedAfter = false;
      });
      setReady(draft, rerun, event.state === 'IDLE');
      // Of several rounds of a join, this is the one that the tasks before it lead to now.
      if (event.state === 'WAITING') setJoinTask(draft, rerun);
      return;
    }

    case 'ItemsExpanded': {
      const { id, values, count, concurrency } = event;
      setItems(draft, id, unstartedItems(values, count, concurrency));
      return;
    }

    case 'ActionScheduled': {
      const { id, taskId, isSync } = event;
      const task = taskId === null ? null : taskIn(draft, taskId);
      const action = newAction(event, task, draft.records, at);
      draft.records++;
      putAction(draft, action);
      if (event.beginsLater === true) setWaiting(draft, action, true);
      else if (isSync) draft.running = draft.running.add(id);
      if (task === null) return;
      draft.actionsOf = draft.actionsOf.update(task.id, IdList.of(), (ids) => ids.push(id));
      startChild(draft, task, event.index);
      return;
    }

    case 'ActionBegun': {
      const begun = editAction(draft, event.id, (action) => {
        action.begunAt = at;
      });
      setWaiting(draft, begun, false);
      if (begun.isSync) draft.running = draft.running.add(event.id);
      return;
    }

    case 'ActionRepeated': {
      const repeated = editAction(draft, event.id, (action) => {
        action.begunAt = null;
      });
      setWaiting(draft, repeated, true);
      draft.running = draft.running.delete(event.id);
      return;
    }

    case 'ActionStateChanged':
      editAction(draft, event.id, (action) => {
        action.state = event.state;
      });
      return;

    case 'ActionCompleted': {
      const completed = editAction(draft, event.id, (action) => {
        action.state = event.state;
        action.output = event.output;
        // An action that was still running when its task was repeated ends for nothing.
        action.accepted =
          event.isRejected !== true &&
          (action.taskId === null || taskIn(draft, action.taskId).attempt === action.attempt);
        action.finishedAt = at;
      });
      draft.running = draft.running.delete(event.id);
      if (completed.begunAt === null) setWaiting(draft, completed, false);
      settleChild(draft, completed.taskId, completed, actionResult(completed));
      return;
    }

    case 'VariablesPublished': {
      draft.publications++;
      const { workflowId } = editTask(draft, event.taskId, (task) => {
        task.published = event.branch;
        task.publication = draft.publications;
      });
      if (Object.keys(event.global).length === 0) return;
      editWorkflow(draft, workflowId, (workflow) => {
        workflow.context = mergeDeep(workflow.context, event.global);
      });
      return;
    }

    case 'TaskCompleted': {
      const completed = editTask(draft, event.id, (task) => {
        task.state = event.state;
        task.stateInfo = event.stateInfo;
        task.next = event.next;
        task.errorHandled = event.errorHandled;
        task.finishedAt = at;
      });
      setReady(draft, completed, false);
      dropTimers(draft, event.id);
      if (event.dropResult) dropOutputs(draft, event.id);
      if (!event.held) return;
      editWorkflow(draft, completed.workflowId, (workflow) => {
        workflow.held = [...workflow.held, event.id];
      });
      return;
    }

    case 'TaskReleased':
      editTask(draft, event.id, (task) => {
        task.next = event.next;
        task.errorHandled = event.errorHandled;
      });
      return;

    case 'JoinInformed': {
      const { workflowId, from, arrival } = event;
      const joins = draft.joins.get(workflowId) ?? ImmutableMap<string, typeof unknownJoin>();
      const join = joins.get(event.join, unknownJoin);
      const before = join.arrivals.get(from);
      const informed = {
        ...join,
        arrivals: join.arrivals.set(from, arrival),
        arrived: join.arrived + Number(isArrival(arrival)) - Number(isArrival(before)),
        missed: join.missed + Number(arrival === null) - Number(before === null),
      };
      draft.joins = draft.joins.set(workflowId, joins.set(event.join, informed));
      return;
    }

    case 'RouteClosed':
      draft.closedRoutes = draft.closedRoutes.update(event.workflowId, ImmutableSet<string>(), (names) =>
        names.add(event.task),
      );
      return;

    default:
      event satisfies never;
  }
}

const isArrival = (arrival: unknown): boolean => typeof arrival === 'object' && arrival !== null;

function changeState(
  draft: DraftTree,
  id: TaskExecutionId,
  state: TaskState,
  stateInfo: string | null,
  at: number,
): void {
  const task = editTask(draft, id, (each) => {
    each.state = state;
    each.stateInfo = stateInfo;
    if (state === 'RUNNING') each.startedAt ??= at;
  });
  const hasItems = state === 'RUNNING' && task.items !== null && canStartItem(task.items);
  setReady(draft, task, state === 'IDLE' || hasItems);
}
