import type { Event } from '../model/events.ts';
import type { ActionExecution, TaskExecution, WorkflowExecution } from '../model/records.ts';

/** What a record is when the event makes it. `order` counts the records of the tree, `at` is when it happened. */
type EventOf<T extends Event['type']> = Extract<Event, { readonly type: T }>;

/** @param parent the task that runs it; null for a root */
export function newWorkflow(
  event: EventOf<'WorkflowStarted'>,
  parent: TaskExecution | null,
  order: number,
  at: number,
): WorkflowExecution {
  return {
    id: event.id,
    parentTaskId: event.parentTaskId,
    index: event.index,
    order,
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
    attempt: parent?.attempt ?? 1,
    accepted: true,
    createdAt: at,
    finishedAt: null,
    taskCounts: {},
    unhandledErrors: 0,
    backlog: [],
    interruption: null,
    held: [],
  };
}

export function newTask(event: EventOf<'TaskCreated'>, order: number, at: number): TaskExecution {
  return {
    id: event.id,
    workflowId: event.workflowId,
    order,
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
}

/** @param task the task that runs it; null for an action on its own */
export function newAction(
  event: EventOf<'ActionScheduled'>,
  task: TaskExecution | null,
  order: number,
  at: number,
): ActionExecution {
  return {
    id: event.id,
    taskId: event.taskId,
    order,
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
    begunAt: event.beginsLater === true ? null : at,
    finishedAt: null,
  };
}
