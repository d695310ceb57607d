import { toText } from '../../expressions/python/text.ts';
import type { WorkflowExecutionId } from '../../model/ids.ts';
import type { JsonObject } from '../../model/json.ts';
import type { TaskExecution, WorkflowExecution } from '../../model/records.ts';
import type { Decision } from '../decision.ts';
import { actionIn, openTasks, tasksIn, workflowIn } from '../execution-tree.ts';
import { failureMessage } from '../failure.ts';
import { endWorkflow } from './end-workflow.ts';
import { failStuckJoins } from './open-joins.ts';

/** In characters. Each level of nesting repeats the message of the one below, twice. */
const MESSAGE_LIMIT = 16_000;

/** Ends the execution when none of its tasks is left to complete: the moment that Mistral calls check and complete. */
export function endIfDone(decision: Decision, id: WorkflowExecutionId): void {
  const before = workflowIn(decision.tree, id);
  if (before.state !== 'RUNNING') return;
  if (openTasks(before) > 0 && openTasks(before) === before.taskCounts.WAITING) failStuckJoins(decision, id);
  const workflow = workflowIn(decision.tree, id);
  if (workflow.state !== 'RUNNING' || openTasks(workflow) > 0) return;
  try {
    if ((workflow.taskCounts.CANCELLED ?? 0) > 0) {
      endWorkflow(decision, id, 'CANCELLED', `Cancelled tasks: ${cancelledNames(decision, id).join(', ')}`);
    } else if (workflow.unhandledErrors > 0) {
      endWorkflow(decision, id, 'ERROR', describeFailure(decision, workflow));
    } else {
      endWorkflow(decision, id, 'SUCCESS', null);
    }
  } catch (error) {
    const reason = failureMessage(error);
    endWorkflow(
      decision,
      id,
      'ERROR',
      `Failed to check and complete [wf_ex_id=${id}, wf_name=${workflow.name}]: ${reason}`,
    );
  }
}

function cancelledNames(decision: Decision, id: WorkflowExecutionId): readonly string[] {
  return tasksIn(decision.tree, id)
    .filter((task) => task.state === 'CANCELLED')
    .map((task) => task.name)
    .sort();
}

/** Mistral's text: the failed tasks that have no on-error at all, with what their actions said. */
function describeFailure(decision: Decision, workflow: WorkflowExecution): string {
  const failed = tasksIn(decision.tree, workflow.id)
    .filter((task) => task.state === 'ERROR' && decision.definitionOfTask(task).onError.length === 0)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.order - b.order));
  const lines = failed.flatMap((task) => [
    `\n  ${task.name} [task_ex_id=${task.id}] -> ${task.stateInfo ?? 'None'}\n`,
    ...failedChildren(decision, task),
  ]);
  const text = `Failure caused by error in tasks: ${failed.map((task) => task.name).join(', ')}\n${lines.join('')}`;
  return text.length > MESSAGE_LIMIT ? `${text.slice(0, MESSAGE_LIMIT)}…` : text;
}

function failedChildren(decision: Decision, task: TaskExecution): readonly string[] {
  const actions = [...(decision.tree.actionsOf.get(task.id) ?? [])].map((id) => actionIn(decision.tree, id));
  const workflows = [...(decision.tree.workflowsOf.get(task.id) ?? [])].map((id) => workflowIn(decision.tree, id));
  const line = (kind: string, id: string, index: number, output: JsonObject | null): string =>
    `    [${kind}=${id}, idx=${index}]: ${toText(output?.result ?? 'Unknown')}\n`;
  return [
    ...actions.flatMap((each, i) => (each.state === 'ERROR' ? [line('action_ex_id', each.id, i, each.output)] : [])),
    ...workflows.flatMap((each, i) => (each.state === 'ERROR' ? [line('wf_ex_id', each.id, i, each.output)] : [])),
  ];
}
