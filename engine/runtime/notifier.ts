import { type ExecutionTree, taskIn, workflowIn } from '../core/execution-tree.ts';
import type { Event } from '../model/events.ts';
import { fromEntries, isObject, type Json, type JsonObject, toPlain } from '../model/json.ts';
import type { Logger } from '../model/logger.ts';
import type { TaskExecution, WorkflowExecution } from '../model/records.ts';

/** How long a receiver may take, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Tells the webhooks that an execution names in its `notify` parameter what becomes of it and of its tasks, with the
 * events and fields of Mistral's notifications. Each is told once, after the commit is on disk; a receiver that does not
 * answer is no concern of the execution and stands in the log.
 */
export class Notifier {
  private readonly log: Logger;
  private readonly underWay = new Set<AbortController>();

  constructor(log: Logger) {
    this.log = log;
  }

  /** To be called with every commit that is on disk. */
  committed(tree: ExecutionTree, events: readonly Event[]): void {
    for (const event of events) {
      const notification = describe(tree, event);
      if (notification !== null) this.send(notification);
    }
  }

  close(): void {
    for (const controller of this.underWay) controller.abort();
  }

  private send({ workflow, name, data }: Notification): void {
    const { notify } = workflow.params;
    if (!Array.isArray(notify)) return;
    for (const publisher of notify as readonly Json[]) {
      if (!isObject(publisher) || publisher.type !== 'webhook' || typeof publisher.url !== 'string') continue;
      const wanted = publisher.event_types;
      if (Array.isArray(wanted) && wanted.length > 0 && !wanted.includes(name)) continue;
      this.post(publisher.url, publisher.headers ?? null, fromEntries([...Object.entries(data), ['event', name]]));
    }
  }

  private post(url: string, headers: Json, data: JsonObject): void {
    const controller = new AbortController();
    this.underWay.add(controller);
    const timeout = AbortSignal.timeout(PATIENCE);
    fetch(url, {
      method: 'POST',
      body: JSON.stringify(toPlain(data)),
      headers: isObject(headers) ? Object.entries(headers).map(([name, value]) => [name, String(toPlain(value))]) : [],
      redirect: 'manual',
      signal: AbortSignal.any([controller.signal, timeout]),
    })
      .then((response) => {
        if (!response.ok) this.log.warn(`The webhook ${url} answered ${response.status}.`);
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) this.log.warn(`The webhook ${url} could not be told.`, error);
      })
      .finally(() => this.underWay.delete(controller));
  }
}

interface Notification {
  readonly workflow: WorkflowExecution;
  readonly name: string;
  readonly data: JsonObject;
}

function describe(tree: ExecutionTree, event: Event): Notification | null {
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

/** Null when nobody wants to know: most executions have no publishers, and telling has to cost them nothing. */
function ofWorkflow(
  tree: ExecutionTree,
  workflow: WorkflowExecution,
  what: string,
  state: string,
): Notification | null {
  if (!Array.isArray(workflow.params.notify)) return null;
  const isRoot = workflow.id === tree.rootId;
  return {
    workflow,
    name: `WORKFLOW_${what}`,
    data: {
      id: workflow.id,
      name: workflow.name,
      workflow_name: workflow.name,
      workflow_namespace: workflow.namespace,
      workflow_id: workflow.definitionId,
      state,
      state_info: workflow.stateInfo,
      project_id: null,
      task_execution_id: workflow.parentTaskId,
      root_execution_id: isRoot ? null : tree.rootId,
      created_at: time(workflow.createdAt),
      updated_at: time(workflow.finishedAt ?? workflow.createdAt),
    },
  };
}

function ofTask(tree: ExecutionTree, task: TaskExecution, what: string, state: string): Notification | null {
  const workflow = workflowIn(tree, task.workflowId);
  if (!Array.isArray(workflow.params.notify)) return null;
  return {
    workflow,
    name: `TASK_${what}`,
    data: {
      id: task.id,
      name: task.name,
      workflow_execution_id: workflow.id,
      workflow_name: workflow.name,
      workflow_namespace: workflow.namespace,
      workflow_id: workflow.definitionId,
      state,
      state_info: task.stateInfo,
      type: task.type,
      project_id: null,
      created_at: time(task.createdAt),
      updated_at: time(task.finishedAt ?? task.startedAt ?? task.createdAt),
      started_at: time(task.startedAt),
      finished_at: time(task.finishedAt),
    },
  };
}

function time(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
