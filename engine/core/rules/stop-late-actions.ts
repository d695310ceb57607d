import type { TaskExecutionId } from '../../model/ids.ts';
import { isCompleted } from '../../model/states.ts';
import type { Decision } from '../decision.ts';
import { actionIn } from '../execution-tree.ts';
import { completeAction } from './complete-action.ts';

/**
 * The time of a task is over, and so is that of the synchronous actions that began with it: they have failed, with a
 * result that the task can publish. What came later, or has not begun, is none of the task's any more.
 */
export function stopLateActions(decision: Decision, taskId: TaskExecutionId, dueAt: number): void {
  for (const id of decision.tree.actionsOf.get(taskId) ?? []) {
    const { state, timeout, createdAt, begunAt, runs } = actionIn(decision.tree, id);
    if (isCompleted(state) || begunAt === null || timeout === null || createdAt + timeout * 1000 > dueAt) continue;
    completeAction(decision, id, { state: 'ERROR', value: stoppedAfter(runs.name, timeout) });
  }
}

/** The result of an action that took too long. It has Mistral's words in it, `1 second`: workflows can look for them. */
export function stoppedAfter(name: string, seconds: number): string {
  return `${name} was stopped after ${seconds} second${seconds === 1 ? '' : 's'}.`;
}
