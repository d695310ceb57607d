import type { Scope } from '../../expressions/scope.ts';
import type { ActionResult, Command } from '../../model/commands.ts';
import type { ActionExecutionId } from '../../model/ids.ts';
import type { Decision } from '../decision.ts';
import { actionIn } from '../execution-tree.ts';
import { failureMessage, WorkflowFailure } from '../failure.ts';
import { orRefuse, type Refusal, refuse } from '../refusal.ts';
import { orFailWorkflow } from './complete-task.ts';
import { prepareAction, rewriteResult } from './prepare-action.ts';

export const NOT_SYNCHRONOUS = 'Action does not support synchronous execution.';

/** Runs an action on its own, without a workflow around it. Expressions in its input are left as they are. */
export function startAction(
  decision: Decision,
  { id, isAwaited, isSaved, action, namespace, input, safeRerun, timeout }: Extract<Command, { type: 'StartAction' }>,
): Refusal | null {
  const found = decision.world.findAction(action, namespace, null);
  if (found === null) return refuse('NOT_FOUND', `Failed to find action [action_name=${action}]`);
  return orRefuse(() => {
    const { runs, ...prepared } = prepareAction(decision.world, found, namespace, input, bareScope(decision));
    if (isAwaited && !prepared.isSync) throw new WorkflowFailure(NOT_SYNCHRONOUS);
    // What is answered at once is what the base gave, without the ad-hoc action's `output`, as in Mistral.
    const outputs = isAwaited || (!isSaved && prepared.isSync) ? [] : runs.outputs;
    const base = found.type === 'ad-hoc' ? { runs: { ...runs, outputs } } : {};
    decision.emit({ type: 'ActionScheduled', id, taskId: null, index: 0, ...prepared, ...base, safeRerun, timeout });
  });
}

/**
 * An action has ended. Ad-hoc actions rewrite a result, not a failure. One whose `output` cannot be evaluated has no
 * result that counts, and fails its workflow: there is a mistake in a definition.
 */
export function completeAction(decision: Decision, id: ActionExecutionId, result: ActionResult): void {
  const { taskId, name, runs } = actionIn(decision.tree, id);
  if (result.state !== 'SUCCESS' || runs.outputs.length === 0) {
    decision.emit({ type: 'ActionCompleted', id, state: result.state, output: { result: result.value } });
    return;
  }
  try {
    const value = rewriteResult(runs.outputs, result.value, bareScope(decision));
    decision.emit({ type: 'ActionCompleted', id, state: 'SUCCESS', output: { result: value } });
  } catch (error) {
    const value = `The output of the ad-hoc action cannot be evaluated: ${failureMessage(error)}`;
    const rejected = taskId === null ? {} : ({ isRejected: true } as const);
    decision.emit({ type: 'ActionCompleted', id, state: 'ERROR', output: { result: value }, ...rejected });
    if (taskId === null) return;
    orFailWorkflow(decision, taskId, 'Failed to complete action', name, () => {
      throw error;
    });
  }
}

/** No variables and no execution: only functions. */
function bareScope({ world }: Decision): Scope {
  return { get: () => undefined, keys: () => [], world, mistral: null };
}
