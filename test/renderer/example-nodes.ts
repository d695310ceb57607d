import type { ActionNode, TaskNode, WorkflowNode } from '../../engine/api/resources.ts';

const base = { rootId: 'root', message: null, createdAt: 1000, startedAt: 1000, finishedAt: null };

/** A workflow execution with an id of its own; without more it is the running root of the tree `root`. */
export function workflow(more: Partial<WorkflowNode> = {}): WorkflowNode {
  return {
    ...base,
    kind: 'workflow',
    id: 'root',
    parentId: null,
    order: 0,
    name: 'report',
    state: 'RUNNING',
    description: '',
    index: null,
    taskCounts: {},
    runningActions: 0,
    ...more,
  };
}

export function task(id: string, more: Partial<TaskNode> = {}): TaskNode {
  return {
    ...base,
    kind: 'task',
    id,
    parentId: 'root',
    order: 1,
    name: id,
    state: 'RUNNING',
    type: 'ACTION',
    runs: 'std.echo',
    errorHandled: false,
    attempt: null,
    items: null,
    dueAt: null,
    childCount: 0,
    ...more,
  };
}

export function action(id: string, parentId: string, more: Partial<ActionNode> = {}): ActionNode {
  return {
    ...base,
    kind: 'action',
    id,
    parentId,
    order: 2,
    name: 'std.echo',
    state: 'RUNNING',
    index: null,
    attempt: 1,
    accepted: true,
    isSync: true,
    ...more,
  };
}

/** A root of its own tree, as the list of executions has it. */
export function execution(id: string, more: Partial<WorkflowNode> = {}): WorkflowNode {
  return workflow({ id, rootId: id, ...more });
}
