import type { ActionExecution, TaskExecution, WorkflowExecution } from '../model/records.ts';
import type { ExecutionTree } from './execution-tree.ts';

/**
 * Copies that are still to be changed, before anybody else sees them. Field by field: a literal with named fields takes a
 * tenth of the time of a spread, and every event makes several copies.
 */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

export function copyTree(tree: ExecutionTree): Draft<ExecutionTree> {
  return {
    rootId: tree.rootId,
    workflows: tree.workflows,
    tasks: tree.tasks,
    actions: tree.actions,
    timers: tree.timers,
    definitions: tree.definitions,
    joins: tree.joins,
    closedRoutes: tree.closedRoutes,
    records: tree.records,
    publications: tree.publications,
    tasksOf: tree.tasksOf,
    newestTasks: tree.newestTasks,
    actionsOf: tree.actionsOf,
    workflowsOf: tree.workflowsOf,
    itemResults: tree.itemResults,
    openWorkflows: tree.openWorkflows,
    inbound: tree.inbound,
    ready: tree.ready,
    active: tree.active,
    running: tree.running,
    waiting: tree.waiting,
    waitingOf: tree.waitingOf,
  };
}

export function copyWorkflow(workflow: WorkflowExecution): Draft<WorkflowExecution> {
  return {
    id: workflow.id,
    parentTaskId: workflow.parentTaskId,
    index: workflow.index,
    order: workflow.order,
    name: workflow.name,
    namespace: workflow.namespace,
    workbook: workflow.workbook,
    definitionId: workflow.definitionId,
    description: workflow.description,
    state: workflow.state,
    stateInfo: workflow.stateInfo,
    input: workflow.input,
    params: workflow.params,
    context: workflow.context,
    output: workflow.output,
    attempt: workflow.attempt,
    accepted: workflow.accepted,
    createdAt: workflow.createdAt,
    finishedAt: workflow.finishedAt,
    taskCounts: workflow.taskCounts,
    unhandledErrors: workflow.unhandledErrors,
    backlog: workflow.backlog,
    interruption: workflow.interruption ?? null,
    held: workflow.held,
  };
}

export function copyTask(task: TaskExecution): Draft<TaskExecution> {
  return {
    id: task.id,
    workflowId: task.workflowId,
    order: task.order,
    name: task.name,
    type: task.type,
    state: task.state,
    stateInfo: task.stateInfo,
    triggeredBy: task.triggeredBy,
    published: task.published,
    publication: task.publication,
    next: task.next,
    errorHandled: task.errorHandled,
    retries: task.retries,
    attempt: task.attempt,
    items: task.items,
    prepared: task.prepared,
    waitedAfter: task.waitedAfter,
    createdAt: task.createdAt,
    startedAt: task.startedAt,
    finishedAt: task.finishedAt,
  };
}

export function copyAction(action: ActionExecution): Draft<ActionExecution> {
  return {
    id: action.id,
    taskId: action.taskId,
    order: action.order,
    name: action.name,
    index: action.index,
    attempt: action.attempt,
    state: action.state,
    accepted: action.accepted,
    input: action.input,
    runs: action.runs,
    output: action.output,
    isSync: action.isSync,
    safeRerun: action.safeRerun,
    timeout: action.timeout,
    createdAt: action.createdAt,
    begunAt: action.begunAt,
    finishedAt: action.finishedAt,
  };
}
