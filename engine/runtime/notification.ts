import { type ExecutionTree, taskIn, workflowIn } from '../core/execution-tree.ts';
import type { Event } from '../model/events.ts';
import type { TaskExecutionId, WorkflowExecutionId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { TaskExecution, WorkflowExecution } from '../model/records.ts';
import { isCompleted, type State } from '../model/states.ts';

/** What a webhook is told, with the events and fields of Mistral's notifications. */
export interface Notification {
  readonly name: string;
  readonly data: JsonObject;
}

/**
 * What Mistral tells of an event; null when it is none of those that it tells of, or nobody wants to know.
 *
 * @param tree what the commit of the event left. The same commit may have gone on from there: the state, its reason and
 *   whether there is an end are those of the event
 */
export function notificationOf(tree: ExecutionTree, event: Event): Notification | null {
  switch (event.type) {
    case 'WorkflowStarted':
      return ofWorkflow(tree, event.id, { what: 'LAUNCHED', state: 'RUNNING', stateInfo: null });
    case 'WorkflowPaused':
      return ofWorkflow(tree, event.id, { what: 'PAUSED', state: 'PAUSED', stateInfo: event.stateInfo });
    case 'WorkflowResumed':
      return ofWorkflow(tree, event.id, { what: 'RESUMED', state: 'RUNNING', stateInfo: null });
    case 'WorkflowReopened':
      return ofWorkflow(tree, event.id, { what: 'RERUN', state: 'RUNNING', stateInfo: null });
    case 'WorkflowEnded':
      return ofWorkflow(tree, event.id, ended(event));
    case 'TaskPrepared':
      return ofTask(tree, event.id, { what: 'LAUNCHED', state: 'RUNNING', stateInfo: null });
    case 'TaskPaused':
      return ofTask(tree, event.id, { what: 'PAUSED', state: 'PAUSED', stateInfo: null });
    case 'TaskResumed':
      return ofTask(tree, event.id, { what: 'RESUMED', state: 'RUNNING', stateInfo: null });
    case 'TaskRerun':
      return ofTask(tree, event.id, { what: 'RERUN', state: 'RUNNING', stateInfo: null });
    case 'TaskCompleted':
      return ofTask(tree, event.id, ended(event));
    default:
      return null;
  }
}

/** What has become of a workflow or task execution. */
interface Moment {
  readonly what: string;
  readonly state: State;
  readonly stateInfo: string | null;
}

function ended({ state, stateInfo }: { readonly state: State; readonly stateInfo: string | null }): Moment {
  return { what: ENDS[state] ?? state, state, stateInfo };
}

const ENDS: { readonly [state: string]: string } = { SUCCESS: 'SUCCEEDED', ERROR: 'FAILED' };

function ofWorkflow(tree: ExecutionTree, id: WorkflowExecutionId, moment: Moment): Notification | null {
  const workflow = workflowIn(tree, id);
  const finishedAt = isCompleted(moment.state) ? workflow.finishedAt : null;
  return notification('WORKFLOW', workflow, workflow, moment, () => ({
    task_execution_id: workflow.parentTaskId,
    root_execution_id: workflow.id === tree.rootId ? null : tree.rootId,
    updated_at: time(finishedAt ?? workflow.createdAt),
  }));
}

function ofTask(tree: ExecutionTree, id: TaskExecutionId, moment: Moment): Notification | null {
  const task = taskIn(tree, id);
  const workflow = workflowIn(tree, task.workflowId);
  const finishedAt = isCompleted(moment.state) ? task.finishedAt : null;
  return notification('TASK', workflow, task, moment, () => ({
    workflow_execution_id: workflow.id,
    type: task.type,
    updated_at: time(finishedAt ?? task.startedAt ?? task.createdAt),
    started_at: time(task.startedAt),
    finished_at: time(finishedAt),
  }));
}

/** Null when nobody wants to know: most executions have no publishers, and telling has to cost them nothing. */
function notification(
  kind: 'WORKFLOW' | 'TASK',
  workflow: WorkflowExecution,
  of: WorkflowExecution | TaskExecution,
  { what, state, stateInfo }: Moment,
  more: () => JsonObject,
): Notification | null {
  if (!Array.isArray(workflow.params.notify)) return null;
  return {
    name: `${kind}_${what}`,
    data: {
      id: of.id,
      name: of.name,
      workflow_name: workflow.name,
      workflow_namespace: workflow.namespace,
      workflow_id: workflow.definitionId,
      state,
      state_info: stateInfo,
      project_id: null,
      created_at: time(of.createdAt),
      ...more(),
    },
  };
}

function time(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
