import type { TaskExecutionId } from '../../model/ids.ts';
import type { Decision } from '../decision.ts';
import { taskIn } from '../execution-tree.ts';
import { taskScope } from '../scope.ts';
import { orFailWorkflow } from './complete-task.ts';
import { pauseWorkflow } from './pause-workflow.ts';
import { policyValues } from './policy-values.ts';
import { scheduleWork } from './schedule-work.ts';

/** Starts a task that is ready: asks the policies that come before, the first time, and schedules what it runs. */
export function startTask(decision: Decision, id: TaskExecutionId): void {
  decision.allowance--;
  orFailWorkflow(decision, id, 'Failed to run task', null, () => {
    if (taskIn(decision.tree, id).state !== 'RUNNING') {
      decision.emit({ type: 'TaskStateChanged', id, state: 'RUNNING', stateInfo: null });
    }
    if (!taskIn(decision.tree, id).prepared) prepare(decision, id);
    if (taskIn(decision.tree, id).state === 'RUNNING') scheduleWork(decision, id);
  });
}

/** `pause-before`, `wait-before` and `timeout`, in Mistral's order. A task held by `pause-before` does not wait as well. */
function prepare(decision: Decision, id: TaskExecutionId): void {
  const task = taskIn(decision.tree, id);
  const { pauses, wait, limit } = policyValues(decision.definitionOfTask(task).policies, taskScope(decision, task));
  decision.emit({ type: 'TaskPrepared', id });
  if (limit > 0) {
    decision.emit({
      type: 'TimeoutArmed',
      timer: {
        id: `${id}:timeout`,
        taskId: id,
        dueAt: decision.world.now + limit * 1000,
        purpose: { type: 'timeout', seconds: limit },
      },
    });
  }
  if (pauses) {
    decision.emit({ type: 'TaskStateChanged', id, state: 'IDLE', stateInfo: "Set by 'pause-before' policy" });
    pauseWorkflow(decision, task.workflowId, null);
  } else if (wait > 0) {
    decision.emit({
      type: 'TaskDelayed',
      timer: { id: `${id}:delay`, taskId: id, dueAt: decision.world.now + wait * 1000, purpose: { type: 'start' } },
      stateInfo: `Delayed by 'wait-before' policy [delay=${wait}]`,
    });
  }
}
