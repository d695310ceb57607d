import { type ExecutionTree, taskIn, workflowIn } from '../core/execution-tree.ts';
import type { Event } from '../model/events.ts';
import type { JsonObject } from '../model/json.ts';
import type { TaskExecution, WorkflowExecution } from '../model/records.ts';

/** What a webhook is told, with the events and fields of Mistral's notifications. */
export interface Notification {
  readonly name: string;
  readonly data: JsonObject;
}

/** What Mistral tells of an event; null when it is none of those that it tells of, or nobody wants to know. */
export function notificationOf(tree: ExecutionTree, event: Event): Notification | null {
  switch (event.type) {
    case 'WorkflowStarted':
      return ofWorkflow(tree, workflowIn(tree, event.id), 'LAUNCHED', 'RUNNING');
    case 'WorkflowPaused':
      return ofWorkflow(tree, workflowIn(tree, event.id), 'PAUSED', 'PAUSED');
    case 'WorkflowResumed':
      return ofWorkflow(tree, workflowIn(tree, event.id), 'RESUMED', 'RUNNING');
    case 'WorkflowReopened':
      return ofWorkflow(tree, workflowIn(tree, event.id), 'RERUN', 'RUNNING');
    case 'WorkflowEnded':
      return ofWorkflow(tree, workflowIn(tree, event.id), ENDS[event.state] ?? event.state, event.state);
    case 'TaskPrepared':
      return ofTask(tree, taskIn(tree, event.id), 'LAUNCHED', 'RUNNING');
    case 'TaskPaused':
      return ofTask(tree, taskIn(tree, event.id), 'PAUSED', 'PAUSED');
    case 'TaskResumed':
      return ofTask(tree, taskIn(tree, event.id), 'RESUMED', 'RUNNING');
    case 'TaskRerun':
      return ofTask(tree, taskIn(tree, event.id), 'RERUN', 'RUNNING');
    case 'TaskCompleted':
      return ofTask(tree, taskIn(tree, event.id), ENDS[event.state] ?? event.state, event.state);
    default:
      return null;
  }
}

const ENDS: { readonly [state: string]: string } = { SUCCESS: 'SUCCEEDED', ERROR: 'FAILED' };

function ofWorkflow(
  tree: ExecutionTree,
  workflow: WorkflowExecution,
  what: string,
  state: string,
): Notification | null {
  return notification(`WORKFLOW_${what}`, workflow, workflow, state, () => ({
    task_execution_id: workflow.parentTaskId,
    root_execution_id: workflow.id === tree.rootId ? null : tree.rootId,
    updated_at: time(workflow.finishedAt ?? workflow.createdAt),
  }));
}

function ofTask(tree: ExecutionTree, task: TaskExecution, what: string, state: string): Notification | null {
  const workflow = workflowIn(tree, task.workflowId);
  return notification(`TASK_${what}`, workflow, task, state, () => ({
    workflow_execution_id: workflow.id,
    type: task.type,
    updated_at: time(task.finishedAt ?? task.startedAt ?? task.createdAt),
    started_at: time(task.startedAt),
    finished_at: time(task.finishedAt),
  }));
}

/** Null when nobody wants to know: most executions have no publishers, and telling has to cost them nothing. */
function notification(
  name: string,
  workflow: WorkflowExecution,
  of: WorkflowExecution | TaskExecution,
  state: string,
  more: () => JsonObject,
): Notification | null {
  if (!Array.isArray(workflow.params.notify)) return null;
  return {
    name,
    data: {
      id: of.id,
      name: of.name,
      workflow_name: workflow.name,
      workflow_namespace: workflow.namespace,
      workflow_id: workflow.definitionId,
      state,
      state_info: of.stateInfo,
      project_id: null,
      created_at: time(of.createdAt),
      ...more(),
    },
  };
}

function time(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
