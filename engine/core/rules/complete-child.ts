import { toText } from '../../expressions/python/text.ts';
import type { TaskExecutionId } from '../../model/ids.ts';
import type { ActionExecution, WorkflowExecution } from '../../model/records.ts';
import { isCompleted } from '../../model/states.ts';
import type { Decision } from '../decision.ts';
import { taskIn, workflowIn } from '../execution-tree.ts';
import { itemsOutcome } from '../items.ts';
import { completeTask } from './complete-task.ts';
import { resumeTask } from './pause-workflow.ts';

/**
 * An action or a nested workflow of the task ended: the task does too, unless it has more items to go through. What an
 * earlier attempt of the task had started, and comes late, changes nothing.
 */
export function completeChild(
  decision: Decision,
  taskId: TaskExecutionId,
  child: ActionExecution | WorkflowExecution,
): void {
  const { state } = child;
  const parent = taskIn(decision.tree, taskId);
  if (!isCompleted(state) || isCompleted(parent.state) || child.attempt !== parent.attempt) return;
  const { items } = parent;
  if (items === null) {
    const result = child.output?.result ?? null;
    const stateInfo = state === 'SUCCESS' || result === null || result === '' ? null : toText(result);
    completeTask(decision, parent.id, state, stateInfo, child.name);
    return;
  }
  const outcome = itemsOutcome(items);
  switch (outcome) {
    case 'SUCCESS':
      completeTask(decision, parent.id, 'SUCCESS', null, child.name);
      return;
    case 'ERROR':
      completeTask(decision, parent.id, 'ERROR', 'One or more actions had failed.', child.name);
      return;
    case 'CANCELLED':
      completeTask(decision, parent.id, 'CANCELLED', 'One or more actions was cancelled.', child.name);
      return;
    case null:
      // Nothing may be paused any more: it was the last that held the others up.
      if (workflowIn(decision.tree, parent.workflowId).state === 'RUNNING') resumeTask(decision, parent.id);
      return;
    default:
      outcome satisfies never;
  }
}
