import type { WorkflowDefinition } from '../../language/definition.ts';
import type { WorkflowExecutionId } from '../../model/ids.ts';
import type { Trigger, WorkflowExecution } from '../../model/records.ts';
import type { Decision } from '../decision.ts';
import { type ExecutionTree, taskIn, workflowIn } from '../execution-tree.ts';
import { createTask } from './create-task.ts';
import { targetTask } from './reverse-target.ts';

/**
 * In a reverse workflow a task starts when all tasks that it requires have succeeded; only those run that the target
 * (the execution's `task_name`) needs.
 */
export function startRequiring(decision: Decision, workflowId: WorkflowExecutionId): void {
  const workflow = workflowIn(decision.tree, workflowId);
  const definition = decision.definitionOf(workflow);
  const succeeded = (name: string): boolean => lastState(decision.tree, workflowId, name) === 'SUCCESS';
  for (const name of satisfiedTasks(definition, targetTask(definition, workflow.params), succeeded)) {
    if (lastState(decision.tree, workflowId, name) !== null) continue;
    createTask(decision, workflowId, name, requirementsOf(decision.tree, definition, workflow, name));
  }
}

/** The target and what it needs, as far as all their requirements are met; requirements come first. */
export function satisfiedTasks(
  definition: WorkflowDefinition,
  target: string,
  isMet: (name: string) => boolean,
): readonly string[] {
  const needed = new Set([target]);
  // A Set is gone through in the order of insertion, additions included.
  for (const name of needed) for (const each of definition.tasks.get(name)?.requires ?? []) needed.add(each);
  return [...needed].reverse().filter((name) => (definition.tasks.get(name)?.requires ?? []).every(isMet));
}

function requirementsOf(
  tree: ExecutionTree,
  definition: WorkflowDefinition,
  workflow: WorkflowExecution,
  name: string,
): readonly Trigger[] {
  return (definition.tasks.get(name)?.requires ?? []).flatMap((required) => {
    const taskId = tree.newestTasks.get(workflow.id)?.get(required);
    return taskId === undefined ? [] : [{ taskId, event: 'on-success' as const }];
  });
}

function lastState(tree: ExecutionTree, workflowId: WorkflowExecutionId, name: string): string | null {
  const id = tree.newestTasks.get(workflowId)?.get(name);
  return id === undefined ? null : taskIn(tree, id).state;
}
