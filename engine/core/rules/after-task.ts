import { evaluate } from '../../expressions/evaluate.ts';
import { isTrue } from '../../expressions/python/truth.ts';
import type { Scope } from '../../expressions/scope.ts';
import type { TaskExecutionId } from '../../model/ids.ts';
import type { TaskExecution } from '../../model/records.ts';
import type { Decision } from '../decision.ts';
import { outboundContext, taskIn } from '../execution-tree.ts';
import { taskScope } from '../scope.ts';
import type { CompletedState } from './next-steps.ts';
import { wholeNumber } from './policy-values.ts';

/** `wait-after`: once in its life, a completed task waits before anything follows from it. */
export function delayAfter(
  decision: Decision,
  id: TaskExecutionId,
  state: CompletedState,
  stateInfo: string | null,
): boolean {
  const task = taskIn(decision.tree, id);
  const { waitAfter } = decision.definitionOfTask(task).policies;
  if (waitAfter === null || task.waitedAfter) return false;
  const seconds = wholeNumber('WaitAfterPolicy.delay', evaluate(waitAfter, taskScope(decision, { ...task, state })));
  if (seconds === 0) return false;
  decision.emit({
    type: 'TaskDelayed',
    timer: {
      id: `${id}:delay`,
      taskId: id,
      dueAt: decision.world.now + seconds * 1000,
      purpose: { type: 'complete', state, stateInfo },
    },
    stateInfo: `Delayed by 'wait-after' policy [delay=${seconds}]`,
  });
  return true;
}

/** `fail-on` turns a success into an error; what was published for the success stays. */
export function failOn(
  decision: Decision,
  id: TaskExecutionId,
): { readonly state: CompletedState; readonly stateInfo: string | null } {
  const task = taskIn(decision.tree, id);
  const policy = decision.definitionOfTask(task).policies.failOn;
  const fails = policy !== null && isTrue(evaluate(policy, taskScope(decision, { ...task, state: 'SUCCESS' })));
  return fails ? { state: 'ERROR', stateInfo: "Failed by 'fail-on' policy" } : { state: 'SUCCESS', stateInfo: null };
}

/** `retry`: repeats a failed task, or with `continue-on` a successful one, until its count is used up. */
export function retry(
  decision: Decision,
  id: TaskExecutionId,
  state: CompletedState,
  stateInfo: string | null,
): boolean {
  const task = taskIn(decision.tree, id);
  const { join, policies } = decision.definitionOfTask(task);
  const policy = policies.retry;
  if (policy === null || state === 'CANCELLED') return false;
  const before = taskScope(decision, { ...task, state });
  const count = wholeNumber('RetryPolicy.count', evaluate(policy.count, before));
  const delay = wholeNumber('RetryPolicy.delay', evaluate(policy.delay, before));
  const scope = afterScope(decision, { ...task, state });
  const continues = policy.continueOn === null ? null : isTrue(evaluate(policy.continueOn, scope));
  const breaks = policy.breakOn !== null && isTrue(evaluate(policy.breakOn, scope));
  const isDone = state === 'SUCCESS' ? continues === null || !continues : breaks || continues === false;
  if (task.retries >= count || isDone) return false;
  decision.emit({ type: 'TaskRetried', id });
  // A join that too few tasks have reached has nothing to repeat: after the delay it fails again.
  const isUnreached = join !== null && task.triggeredBy.length === 0;
  decision.emit({
    type: 'TaskDelayed',
    timer: {
      id: `${id}:delay`,
      taskId: id,
      dueAt: decision.world.now + delay * 1000,
      purpose: isUnreached ? { type: 'complete', state, stateInfo } : { type: 'retry' },
    },
    stateInfo: `Delayed by 'retry' policy [delay=${delay}]`,
  });
  return true;
}

/** `break-on` and `continue-on` see what the task published; the other policies see what it started with, as in Mistral. */
function afterScope(decision: Decision, task: TaskExecution): Scope {
  return taskScope(decision, task, {}, outboundContext(decision.tree, task));
}
