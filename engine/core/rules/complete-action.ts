import type { Scope } from '../../expressions/scope.ts';
import type { ActionResult, Command } from '../../model/commands.ts';
import type { ActionExecutionId } from '../../model/ids.ts';
import type { Decision } from '../decision.ts';
import { actionIn } from '../execution-tree.ts';
import { failureMessage, WorkflowFailure } from '../failure.ts';
import { orRefuse, type Refusal, refuse } from '../refusal.ts';
import { prepareAction, rewriteResult } from './prepare-action.ts';

/** Runs an action on its own, without a workflow around it. Expressions in its input are left as they are. */
export function startAction(
  decision: Decision,
  { id, isAwaited, action, namespace, input, safeRerun, timeout }: Extract<Command, { type: 'StartAction' }>,
): Refusal | null {
  const found = decision.world.findAction(action, namespace, null);
  if (found === null) return refuse('NOT_FOUND', `Failed to find action [action_name=${action}]`);
  return orRefuse(() => {
    const { runs, ...prepared } = prepareAction(decision.world, found, namespace, input, bareScope(decision));
    if (isAwaited && !prepared.isSync) throw new WorkflowFailure('Action does not support synchronous execution.');
    const base = found.type === 'ad-hoc' ? { runs } : {};
    decision.emit({ type: 'ActionScheduled', id, taskId: null, index: 0, ...prepared, ...base, safeRerun, timeout });
  });
}

/** An action has ended. Ad-hoc actions rewrite a result, not a failure. */
export function completeAction(decision: Decision, id: ActionExecutionId, result: ActionResult): void {
  const { state, value } = rewritten(decision, id, result);
  decision.emit({ type: 'ActionCompleted', id, state, output: { result: value } });
}

function rewritten(decision: Decision, id: ActionExecutionId, result: ActionResult): ActionResult {
  const { outputs } = actionIn(decision.tree, id).runs;
  if (result.state !== 'SUCCESS' || outputs.length === 0) return result;
  try {
    return { state: 'SUCCESS', value: rewriteResult(outputs, result.value, bareScope(decision)) };
  } catch (error) {
    return { state: 'ERROR', value: `The output of the ad-hoc action cannot be evaluated: ${failureMessage(error)}` };
  }
}

/** No variables and no execution: only functions. */
function bareScope({ world }: Decision): Scope {
  return { get: () => undefined, keys: () => [], world, mistral: null };
}
