import type { ActionExecution } from '../model/records.ts';
import { isCompleted } from '../model/states.ts';
import { type ExecutionTree, taskIn, workflowIn } from './execution-tree.ts';

/** Why nobody waits any more for what an action would give, in a sentence; null when somebody does. */
export function whyUnwanted(tree: ExecutionTree, { taskId, attempt }: ActionExecution): string | null {
  if (taskId === null) return null;
  const task = taskIn(tree, taskId);
  if (workflowIn(tree, task.workflowId).state === 'CANCELLED') return 'Its execution was cancelled.';
  return isCompleted(task.state) || task.attempt !== attempt ? 'Its task has ended without it.' : null;
}
