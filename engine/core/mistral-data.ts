import type { MistralData, TaskFilter } from '../expressions/scope.ts';
import type { WorkflowExecutionId } from '../model/ids.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { TaskExecution, WorkflowExecution } from '../model/records.ts';
import type { State } from '../model/states.ts';
import type { Decision } from './decision.ts';
import { type ExecutionTree, rootEnvironment, taskIn, taskResult, workflowIn } from './execution-tree.ts';

/**
 * What `env()`, `execution()`, `task()` and the like give, with the keys that Mistral's expression functions use
 * (mistral/expressions/std_functions.py). They see the tree that the execution belongs to.
 */
export function mistralData(
  decision: Decision,
  workflow: WorkflowExecution,
  current: TaskExecution | null,
): MistralData {
  const { tree } = decision;
  return {
    env: () => rootEnvironment(decision.tree),
    execution(id) {
      const found = id === undefined ? workflow : tree.workflows.get(id as WorkflowExecutionId);
      return found === undefined ? null : executionDict(decision, found);
    },
    task(name) {
      if (current !== null && (name === undefined || name === current.name)) return taskDict(decision, current);
      if (name === undefined) return null;
      const id = tree.newestTasks.get(workflow.id)?.get(name);
      return id === undefined ? null : taskDict(decision, taskIn(tree, id));
    },
    tasks: (filter) => filteredTasks(tree, filter).map((task) => taskDict(decision, task)),
    executions(filter) {
      return [...tree.workflows.values()]
        .sort((a, b) => a.order - b.order)
        .filter((each) => matches(tree, each, filter))
        .map((each) => executionDict(decision, each));
    },
    global: (name) => (Object.hasOwn(workflow.context, name) ? (workflow.context[name] as Json) : null),
  };
}

function executionDict(decision: Decision, workflow: WorkflowExecution): JsonObject {
  const isRoot = workflow.id === decision.tree.rootId;
  return {
    id: workflow.id,
    name: workflow.name,
    spec: decision.definitionOf(workflow).spec,
    input: workflow.input,
    params: isRoot
      ? { namespace: workflow.namespace, ...workflow.params }
      : {
          root_execution_id: decision.tree.rootId,
          task_execution_id: workflow.parentTaskId,
          namespace: workflow.namespace,
          ...workflow.params,
        },
    created_at: mistralTime(workflow.createdAt),
    updated_at: mistralTime(workflow.finishedAt ?? workflow.createdAt),
    root_execution_id: isRoot ? null : decision.tree.rootId,
  };
}

function matches(tree: ExecutionTree, workflow: WorkflowExecution, filter: JsonObject): boolean {
  const { id, root_execution_id: root, state, from_time: from, to_time: to } = filter;
  const createdAt = mistralTime(workflow.createdAt);
  return (
    (id === undefined || id === workflow.id) &&
    (root === undefined || (root === tree.rootId && workflow.id !== tree.rootId)) &&
    (state === undefined || state === workflow.state) &&
    (typeof from !== 'string' || createdAt >= from) &&
    (typeof to !== 'string' || createdAt < to)
  );
}

function taskDict(decision: Decision, task: TaskExecution): JsonObject {
  const definition = decision.definitionOfTask(task);
  return {
    id: task.id,
    name: task.name,
    spec: definition.spec,
    state: mistralState(task.state),
    state_info: task.stateInfo,
    result: taskResult(decision.tree, task, definition.withItems !== null),
    published: task.published,
    type: task.type,
    workflow_execution_id: task.workflowId,
    created_at: mistralTime(task.createdAt),
    updated_at: mistralTime(task.finishedAt ?? task.startedAt ?? task.createdAt),
  };
}

/** Mistral's database and API say DELAYED where its documentation says RUNNING_DELAYED. */
function mistralState(state: State): string {
  return state === 'RUNNING_DELAYED' ? 'DELAYED' : state;
}

let lastSecond = Number.NaN;
let lastTime = '';

/** Mistral's times have whole seconds and no zone; they are UTC. Most that are asked for one after another are the same. */
function mistralTime(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== lastSecond) {
    lastTime = new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' ');
    lastSecond = second;
  }
  return lastTime;
}

function filteredTasks(tree: ExecutionTree, filter: TaskFilter): readonly TaskExecution[] {
  const matches = (task: TaskExecution): boolean =>
    (filter.state === null || mistralState(task.state) === filter.state) && (!filter.flat || isFlat(tree, task));
  const id = filter.executionId as WorkflowExecutionId | null;
  const all = id === null ? [...tree.tasks.values()] : tasksBelow(tree, id, filter.recursive);
  return all.sort((a, b) => a.order - b.order).filter(matches);
}

function tasksBelow(tree: ExecutionTree, id: WorkflowExecutionId, recursive: boolean): TaskExecution[] {
  const own = [...(tree.tasksOf.get(id) ?? [])].map((taskId) => taskIn(tree, taskId));
  if (!recursive) return own;
  return own.flatMap((task) => [
    task,
    ...[...(tree.workflowsOf.get(task.id) ?? [])].flatMap((nested) => tasksBelow(tree, nested, true)),
  ]);
}

/** `flat` leaves out a task that only hands on the state of the workflows it runs. */
function isFlat(tree: ExecutionTree, task: TaskExecution): boolean {
  const nested = [...(tree.workflowsOf.get(task.id) ?? [])];
  return task.type === 'ACTION' || nested.every((id) => workflowIn(tree, id).state !== task.state);
}
