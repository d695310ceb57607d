import { evaluate } from '../../expressions/evaluate.ts';
import { toText } from '../../expressions/python/text.ts';
import type { WorkflowExecutionId } from '../../model/ids.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { mergeDeep } from '../../model/merge-deep.ts';
import type { WorkflowExecution } from '../../model/records.ts';
import { isCompleted } from '../../model/states.ts';
import { type Context, emptyContext, merge, toObject } from '../context.ts';
import type { Decision } from '../decision.ts';
import { outboundContext, taskIn, tasksIn, workflowIn } from '../execution-tree.ts';
import { failureMessage } from '../failure.ts';
import { workflowScope } from '../scope.ts';
import { targetTask } from './reverse-target.ts';

type EndState = 'SUCCESS' | 'ERROR' | 'CANCELLED';

/**
 * Ends a workflow execution whatever its tasks do. Actions that run are left to end by themselves.
 *
 * @throws ExpressionError when the `output` of a success cannot be evaluated
 */
export function endWorkflow(
  decision: Decision,
  id: WorkflowExecutionId,
  state: EndState,
  message: string | null,
): void {
  const workflow = workflowIn(decision.tree, id);
  if (isCompleted(workflow.state)) return;
  decision.emit({ type: 'WorkflowEnded', id, ...outcome(decision, workflow, state, message) });
}

/** Mistral's rules for the output: an empty one gives way to the whole final context; a failure's message comes with it. */
function outcome(
  decision: Decision,
  workflow: WorkflowExecution,
  state: EndState,
  message: string | null,
): { readonly state: EndState; readonly stateInfo: string | null; readonly output: JsonObject } {
  if (state === 'CANCELLED') return { state, stateInfo: message, output: { result: message } };
  const definition = decision.definitionOf(workflow);
  const context = finalContext(decision, workflow.id);
  const evaluated = (template: Json): JsonObject => {
    const value = template === null ? null : evaluate(template, workflowScope(decision, workflow, context));
    return isObject(value) && Object.keys(value).length > 0 ? value : toObject(context);
  };
  if (state === 'SUCCESS') return { state, stateInfo: message, output: evaluated(definition.output) };
  try {
    const output = mergeDeep({ result: message }, evaluated(definition.outputOnError));
    return { state, stateInfo: message, output };
  } catch (error) {
    const clause = toText(definition.outputOnError);
    const stateInfo = `Failed to evaluate expression in output-on-error! (output-on-error: '${clause}', exception: '${failureMessage(error)}' Cause: '${message ?? 'None'}'`;
    return { state, stateInfo, output: { result: stateInfo } };
  }
}

/** What the last task of each branch left, put together; of a reverse workflow, what its target left. */
export function finalContext(decision: Decision, id: WorkflowExecutionId): Context {
  const workflow = workflowIn(decision.tree, id);
  const definition = decision.definitionOf(workflow);
  if (definition.type === 'reverse') {
    const target = decision.tree.newestTasks.get(id)?.get(targetTask(definition, workflow.params));
    return target === undefined ? emptyContext : outboundContext(decision.tree, taskIn(decision.tree, target));
  }
  const ends = tasksIn(decision.tree, id).filter(
    (task) => isCompleted(task.state) && !task.next.some((step) => step.type === 'task'),
  );
  return merge(ends.map((task) => outboundContext(decision.tree, task)));
}
