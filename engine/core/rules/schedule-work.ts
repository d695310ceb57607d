import { evaluate } from '../../expressions/evaluate.ts';
import { toText } from '../../expressions/python/text.ts';
import { isTrue } from '../../expressions/python/truth.ts';
import { typeName } from '../../expressions/python/value.ts';
import type { TaskDefinition } from '../../language/definition.ts';
import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import { fromEntries, isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { TaskExecution } from '../../model/records.ts';
import type { Decision } from '../decision.ts';
import { nesting, taskIn, workflowIn } from '../execution-tree.ts';
import { WorkflowFailure } from '../failure.ts';
import { canStartItem, nextItem, startItem } from '../items.ts';
import { adHocScope, taskScope, withoutEnvironment } from '../scope.ts';
import { completeTask } from './complete-task.ts';
import { expandItems } from './expand-items.ts';
import { actionDefaults, prepareAction } from './prepare-action.ts';
import { startWorkflow } from './start-workflow.ts';

/** Deeper than any workflow that means it; one that calls itself without end stops here. */
const NESTING_LIMIT = 64;

/** A workflow that calls itself twice, and so on, would fill the memory long before it is nested too deep. */
const WORKFLOW_LIMIT = 20_000;

/** A tree that holds more tasks and actions than this is a mistake, such as a loop without end, and is stopped. */
const RECORD_LIMIT = 1_000_000;

/**
 * Schedules the action or starts the nested workflow of a running task; for a with-items task as many items as may
 * run now, and as this decision may still start.
 */
export function scheduleWork(decision: Decision, id: TaskExecutionId): void {
  const task = taskIn(decision.tree, id);
  const definition = decision.definitionOfTask(task);
  if (definition.withItems === null) {
    scheduleOne(decision, task, definition, 0, evaluateInput(decision, task, definition, {}));
    return;
  }
  if (task.items === null) expandItems(decision, task, definition);
  const { items, state } = taskIn(decision.tree, id);
  if (items === null || state !== 'RUNNING') return;
  if (items.count === 0) {
    completeTask(decision, id, 'SUCCESS', null, null, 'Failed to run task');
    return;
  }
  // The inputs of all that start now come first: when one of them is wrong, none starts.
  const inputs: (readonly [number, JsonObject])[] = [];
  for (let left = items; canStartItem(left) && decision.allowance > 0; decision.allowance--) {
    const index = nextItem(left);
    const values = Object.entries(items.values).map(([name, list]): [string, Json] => [name, list[index] ?? null]);
    inputs.push([index, evaluateInput(decision, task, definition, fromEntries(values))]);
    left = startItem(left, index);
  }
  for (const [index, input] of inputs) scheduleOne(decision, taskIn(decision.tree, id), definition, index, input);
}

function scheduleOne(
  decision: Decision,
  task: TaskExecution,
  definition: TaskDefinition,
  index: number,
  input: JsonObject,
): void {
  if (decision.tree.records >= RECORD_LIMIT) {
    throw new WorkflowFailure(`The execution has grown to ${RECORD_LIMIT} tasks and actions, which is the limit.`);
  }
  // Everything runs on this machine, whatever the target; a wrong one fails as in Mistral all the same.
  if (definition.target !== null) evaluate(definition.target, taskScope(decision, task, input));
  const timeout = ownTimeout(decision, task, definition);
  if (definition.runs.type === 'WORKFLOW') scheduleWorkflow(decision, task, definition, index, input);
  else scheduleAction(decision, task, definition, index, input, timeout);
}

/** The task's `timeout` is asked once more, for each action that it runs; here it does not see the environment, as in Mistral. */
function ownTimeout(decision: Decision, task: TaskExecution, { policies }: TaskDefinition): number | null {
  if (policies.timeout === null) return null;
  const seconds = evaluate(policies.timeout, withoutEnvironment(taskScope(decision, task)));
  return typeof seconds === 'number' && seconds > 0 ? seconds : null;
}

function scheduleAction(
  decision: Decision,
  task: TaskExecution,
  definition: TaskDefinition,
  index: number,
  given: JsonObject,
  timeout: number | null,
): void {
  const { namespace, workbook, params } = workflowIn(decision.tree, task.workflowId);
  // The name may be an expression, but cannot use the item variables.
  const named = evaluate(definition.runs.name, taskScope(decision, task));
  // What is empty, null too, names no action.
  const name = isTrue(named) ? toText(named) : 'std.noop';
  const found = decision.world.findAction(name, namespace, workbook);
  if (found === null) {
    throw new WorkflowFailure(`Failed to find action [action_name=${name}, namespace=${namespace}]`);
  }
  const input = { ...actionDefaults(params, definition.runs.name), ...given };
  const { runs, ...prepared } = prepareAction(decision.world, found, namespace, input, adHocScope(decision, task));
  decision.emit({
    type: 'ActionScheduled',
    id: decision.world.newId() as ActionExecutionId,
    taskId: task.id,
    index,
    ...prepared,
    ...(found.type === 'ad-hoc' ? { runs } : {}),
    safeRerun: definition.safeRerun,
    // What waits for something outside has the task's time alone.
    timeout: prepared.isSync ? timeout : null,
  });
}

function scheduleWorkflow(
  decision: Decision,
  task: TaskExecution,
  definition: TaskDefinition,
  index: number,
  given: JsonObject,
): void {
  const caller = workflowIn(decision.tree, task.workflowId);
  const name = toText(evaluate(definition.runs.name, taskScope(decision, task)));
  const found = decision.world.findWorkflow(name, caller.namespace, caller.workbook);
  if (found === null) {
    throw new WorkflowFailure(`Failed to find workflow [name=${name}] [namespace=${caller.namespace}]`);
  }
  if (nesting(decision.tree, caller) >= NESTING_LIMIT) {
    throw new WorkflowFailure(
      `Workflows are nested ${NESTING_LIMIT} deep, which is the limit; does '${name}' call itself?`,
    );
  }
  if (decision.tree.workflows.size >= WORKFLOW_LIMIT) {
    throw new WorkflowFailure(
      `The execution has ${WORKFLOW_LIMIT} nested workflows, which is the limit; does '${name}' call itself?`,
    );
  }
  // What the workflow does not declare becomes its params, so that a caller can set task_name or env.
  const declared = new Set(found.definition.input.map((each) => each.name));
  const entries = Object.entries(given);
  const notify = Object.hasOwn(caller.params, 'notify') ? { notify: caller.params.notify ?? null } : {};
  startWorkflow(decision, found, {
    id: decision.world.newId() as WorkflowExecutionId,
    parentTaskId: task.id,
    index,
    input: fromEntries(entries.filter(([key]) => declared.has(key))),
    params: { ...notify, ...fromEntries(entries.filter(([key]) => !declared.has(key))), index },
    description: 'sub-workflow execution',
  });
}

function evaluateInput(
  decision: Decision,
  task: TaskExecution,
  definition: TaskDefinition,
  items: JsonObject,
): JsonObject {
  const input = evaluate(definition.input, taskScope(decision, task, items));
  if (isObject(input)) return input;
  throw new WorkflowFailure(
    `Wrong dynamic input for task: ${task.name}. Dict type is expected. Actual type: <class '${typeName(input)}'>. Actual value: ${toText(input)}`,
  );
}
