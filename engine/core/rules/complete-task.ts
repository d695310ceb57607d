import { evaluate } from '../../expressions/evaluate.ts';
import type { Publishing } from '../../language/definition.ts';
import type { TaskExecutionId } from '../../model/ids.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { TaskExecution } from '../../model/records.ts';
import { isCompleted } from '../../model/states.ts';
import type { Decision } from '../decision.ts';
import { taskIn, workflowIn } from '../execution-tree.ts';
import { failureMessage, WorkflowFailure } from '../failure.ts';
import { taskScope } from '../scope.ts';
import { delayAfter, failOn, retry } from './after-task.ts';
import { endWorkflow } from './end-workflow.ts';
import { type CompletedState, type CompletedTask, nextSteps } from './next-steps.ts';
import { policyValues } from './policy-values.ts';

/**
 * Completes a task: publishes, lets the policies have their say (they may delay it, repeat it or fail it), and finds
 * what follows. It is followed at once, or on resume when the workflow is paused.
 *
 * @param child the action or workflow whose end completes the task, for the message should something be wrong
 * @param what what was being done, for the same message
 */
export function completeTask(
  decision: Decision,
  id: TaskExecutionId,
  state: CompletedState,
  stateInfo: string | null,
  child: string | null = null,
  what = child === null ? 'Failed to complete task' : 'Failed to handle action completion',
): void {
  if (isCompleted(taskIn(decision.tree, id).state) && state !== 'SKIPPED') return;
  orFailWorkflow(decision, id, what, child, () => {
    publish(decision, { ...taskIn(decision.tree, id), state, stateInfo });
    if (state !== 'SKIPPED') checkJoin(decision, id, state);
    if (state !== 'SKIPPED' && delayAfter(decision, id, state, stateInfo)) return;
    const outcome = state === 'SUCCESS' ? failOn(decision, id) : { state, stateInfo };
    if (state !== 'SKIPPED' && retry(decision, id, outcome.state, outcome.stateInfo)) return;
    finish(decision, id, outcome.state, outcome.stateInfo);
  });
}

/** A join is started without its policies, unless it is run again; a wrong value among them is found here. */
function checkJoin(decision: Decision, id: TaskExecutionId, state: CompletedState): void {
  const task = taskIn(decision.tree, id);
  const { join, policies } = decision.definitionOfTask(task);
  if (join !== null) policyValues(policies, taskScope(decision, { ...task, state }));
}

function finish(decision: Decision, id: TaskExecutionId, state: CompletedState, stateInfo: string | null): void {
  const task = taskIn(decision.tree, id);
  const workflow = workflowIn(decision.tree, task.workflowId);
  const next = isCompleted(workflow.state) ? [] : nextSteps(decision, { ...task, state, stateInfo });
  decision.emit({
    type: 'TaskCompleted',
    id,
    state,
    stateInfo,
    next,
    errorHandled: next.some((step) => step.event === 'on-error'),
    held: workflow.state === 'PAUSED',
    dropResult: !decision.definitionOfTask(task).keepResult,
  });
}

/** Publishing happens before the policies, so that they and the transitions see what was published. */
function publish(decision: Decision, task: CompletedTask): void {
  const publishing = publishingFor(decision, task, task.state);
  if (publishing === null) return;
  const scope = taskScope(decision, task);
  const branch = dictionary(evaluate(publishing.branch, scope));
  let global: JsonObject = {};
  try {
    const given = dictionary(evaluate(publishing.global, scope));
    if (isKept(workflowIn(decision.tree, task.workflowId).context, given)) global = given;
  } finally {
    // The variables of the branch stay when a global one is wrong: so it is in Mistral.
    decision.emit({ type: 'VariablesPublished', taskId: task.id, branch, global });
  }
}

/**
 * Dictionaries are merged into those that are there, and Mistral keeps what comes out only if one of the variables is no
 * dictionary or new. What its database does not have its workflows do not see.
 */
function isKept(context: JsonObject, global: JsonObject): boolean {
  return Object.entries(global).some(
    ([name, value]) => !(isObject(value) && Object.hasOwn(context, name) && isObject(context[name] ?? null)),
  );
}

function publishingFor(decision: Decision, task: TaskExecution, state: CompletedState): Publishing | null {
  const { publish: clauses } = decision.definitionOfTask(task);
  switch (state) {
    case 'SUCCESS':
      return clauses.onSuccess;
    case 'ERROR':
      return clauses.onError;
    case 'SKIPPED':
      return clauses.onSkip;
    case 'CANCELLED':
      return null;
    default:
      return state satisfies never;
  }
}

function dictionary(value: unknown): JsonObject {
  if (value === null) return {};
  if (!isObject(value))
    throw new WorkflowFailure(`What a task publishes must be a dictionary, and is ${typeof value}.`);
  return value;
}

/**
 * Does a part of a task's work. What is wrong with the definition there (an expression, an input, an unknown name) is
 * no failure that a workflow could handle: the task and its workflow end in ERROR, and no on-error is followed. Mistral
 * 15 does so; its newest version lets on-error handle failures of the action's own start.
 */
export function orFailWorkflow(
  decision: Decision,
  id: TaskExecutionId,
  what: string,
  child: string | null,
  part: () => void,
): void {
  try {
    part();
  } catch (error) {
    const task = taskIn(decision.tree, id);
    const workflow = workflowIn(decision.tree, task.workflowId);
    const action = child === null ? '' : `, action=${child}`;
    const message = `${what} [error=${failureMessage(error)}, wf=${workflow.name}, task=${task.name}${action}]:`;
    if (!isCompleted(task.state)) {
      const nothing = { next: [], errorHandled: false, held: false, dropResult: false };
      decision.emit({ type: 'TaskCompleted', id, state: 'ERROR', stateInfo: message, ...nothing });
    } else {
      decision.emit({ type: 'TaskStateChanged', id, state: 'ERROR', stateInfo: message });
    }
    if (workflow.state === 'RUNNING') endWorkflow(decision, workflow.id, 'ERROR', message);
  }
}
