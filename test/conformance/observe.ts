import { actionIn, type ExecutionTree, taskResult, tasksIn, workflowIn } from '../../engine/core/execution-tree.ts';
import type { WorkflowDefinition } from '../../engine/language/definition.ts';
import type { WorkflowExecutionId } from '../../engine/model/ids.ts';
import { toPlain } from '../../engine/model/json.ts';
import type { ActionExecution, TaskExecution, WorkflowExecution } from '../../engine/model/records.ts';

type Lookup = (tree: ExecutionTree, workflow: WorkflowExecution) => WorkflowDefinition;

/** A workflow execution in the shape of the corpus. */
export function observe(tree: ExecutionTree, id: WorkflowExecutionId, lookup: Lookup): Record<string, unknown> {
  const workflow = workflowIn(tree, id);
  const definition = lookup(tree, workflow);
  const tasks = tasksIn(tree, id);
  const vars = new Set(Object.keys((definition.vars ?? {}) as object));
  const globals = Object.entries(workflow.context).filter(([name]) => !vars.has(name));
  return {
    workflow: workflow.name,
    state: workflow.state,
    state_info_contains: workflow.stateInfo,
    input: toPlain(workflow.input),
    output: toPlain(workflow.output),
    params: toPlain(workflow.params),
    published_global: Object.fromEntries(globals.map(([name, value]) => [name, toPlain(value)])),
    tasks: tasks.map((task) => observeTask(tree, task, definition, lookup)),
    action_execution_counts: countByName(tasks.flatMap((task) => actionsOf(tree, task))),
  };
}

function observeTask(tree: ExecutionTree, task: TaskExecution, definition: WorkflowDefinition, lookup: Lookup) {
  const isWithItems = (definition.tasks.get(task.name)?.withItems ?? null) !== null;
  const common = {
    name: task.name,
    type: task.type,
    state: task.state === 'RUNNING_DELAYED' ? 'DELAYED' : task.state,
    state_info_contains: task.stateInfo,
    published: toPlain(task.published),
    result: toPlain(taskResult(tree, task, isWithItems)),
    retry_no: task.retries,
    ...(task.triggeredBy.length > 0 ? { triggered_by: task.triggeredBy.map((each) => each.event) } : {}),
  };
  if (task.type === 'WORKFLOW') {
    const nested = [...(tree.workflowsOf.get(task.id) ?? [])];
    return { ...common, sub_executions: nested.map((id) => observe(tree, id, lookup)) };
  }
  return { ...common, action_executions: actionsOf(tree, task).map(observeAction) };
}

export function observeAction(action: ActionExecution): Record<string, unknown> {
  return {
    name: action.name,
    state: action.state,
    accepted: action.accepted,
    input: toPlain(action.input),
    output: toPlain(action.output),
  };
}

export function actionsOf(tree: ExecutionTree, task: TaskExecution): readonly ActionExecution[] {
  return [...(tree.actionsOf.get(task.id) ?? [])].map((id) => actionIn(tree, id));
}

function countByName(actions: readonly ActionExecution[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name } of actions) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
