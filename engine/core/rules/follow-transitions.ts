import type { TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import type { HeldStep, NextStep } from '../../model/records.ts';
import { isCompleted } from '../../model/states.ts';
import type { Decision } from '../decision.ts';
import { actionIn, taskIn, workflowIn } from '../execution-tree.ts';
import { orFailWorkflow } from './complete-task.ts';
import { createTask } from './create-task.ts';
import { endWorkflow } from './end-workflow.ts';
import { nextSteps } from './next-steps.ts';
import { arriveAtJoin, closeRoutes } from './open-joins.ts';
import { pauseWorkflow } from './pause-workflow.ts';
import { startRequiring } from './reverse-requires.ts';
import { startTask } from './start-task.ts';

/** A task completed: what its transitions lead to is done, and the joins that it did not reach hear of it. */
export function followTransitions(decision: Decision, id: TaskExecutionId): void {
  const { workflowId, name, next } = taskIn(decision.tree, id);
  const workflow = workflowIn(decision.tree, workflowId);
  if (isCompleted(workflow.state)) return;
  if (decision.definitionOf(workflow).type === 'reverse') {
    startRequiring(decision, workflowId);
    return;
  }
  carryOut(
    decision,
    workflowId,
    next.map((step) => ({ from: id, step })),
  );
  closeRoutes(decision, workflowId, name, new Set(next.map((step) => step.name)));
}

/** What was being done, and the name of what the task ran last, for a message in Mistral's words. */
function whatFailed(decision: Decision, id: TaskExecutionId): readonly [what: string, child: string | null] {
  const child = taskIn(decision.tree, id).waitedAfter ? null : lastChild(decision, id);
  return [child === null ? 'Failed to complete task' : 'Failed to handle action completion', child];
}

function lastChild({ tree }: Decision, id: TaskExecutionId): string | null {
  const action = [...(tree.actionsOf.get(id) ?? [])].at(-1);
  const workflow = [...(tree.workflowsOf.get(id) ?? [])].at(-1);
  if (action !== undefined) return actionIn(tree, action).name;
  return workflow === undefined ? null : workflowIn(tree, workflow).name;
}

/**
 * The workflow goes on after a pause, or runs again after the cancel of one: what was held back is done now. Guards are
 * asked again, since the environment may have changed; a `pause` among the transitions has had its effect already.
 */
export function releaseHeld(decision: Decision, workflowId: WorkflowExecutionId): void {
  const { backlog, held } = workflowIn(decision.tree, workflowId);
  if (backlog.length === 0 && held.length === 0) return;
  decision.emit({ type: 'HeldReleased', id: workflowId });
  carryOut(decision, workflowId, backlog);
  for (const id of held) {
    const task = taskIn(decision.tree, id);
    const { state } = task;
    // What is run again or skipped now goes on by itself.
    if (!isCompleted(state) || state === 'SKIPPED') continue;
    orFailWorkflow(decision, id, 'Failed to complete task', null, () => {
      const next = nextSteps(decision, { ...task, state }).filter(
        (step) => step.name !== 'pause' || step.type === 'task',
      );
      const errorHandled = next.some((step) => step.event === 'on-error');
      decision.emit({ type: 'TaskReleased', id, next, errorHandled });
    });
  }
}

/**
 * As Mistral arranges a list: nothing behind `fail` or `succeed` is started, and what stands behind `pause` waits for
 * the resume.
 */
function carryOut(decision: Decision, workflowId: WorkflowExecutionId, steps: readonly HeldStep[]): void {
  for (const [position, { from, step }] of steps.entries()) {
    const { state } = workflowIn(decision.tree, workflowId);
    if (isCompleted(state)) return;
    if (state === 'PAUSED') {
      decision.emit({ type: 'StepsHeld', id: workflowId, steps: steps.slice(position) });
      return;
    }
    if (step.type === 'task') runTask(decision, workflowId, from, step);
    else carryOutCommand(decision, workflowId, from, step);
  }
}

function runTask(
  decision: Decision,
  workflowId: WorkflowExecutionId,
  from: TaskExecutionId,
  { name, event }: Extract<NextStep, { type: 'task' }>,
): void {
  const definition = decision.definitionOf(workflowIn(decision.tree, workflowId)).tasks.get(name);
  const trigger = { taskId: from, event };
  if (definition !== undefined && definition.join !== null) {
    arriveAtJoin(decision, workflowId, name, trigger);
    return;
  }
  const id = createTask(decision, workflowId, name, [trigger]);
  // Started here and not later, so that a `fail` behind it finds it running, as in Mistral.
  if (decision.allowance > 0) startTask(decision, id);
}

function carryOutCommand(
  decision: Decision,
  workflowId: WorkflowExecutionId,
  from: TaskExecutionId,
  { name, message }: Extract<NextStep, { type: 'command' }>,
): void {
  switch (name) {
    case 'noop':
      return;
    case 'succeed':
      // The output may be wrong. A resume that comes to it has done its part: the execution fails, not the command.
      orFailWorkflow(decision, from, ...whatFailed(decision, from), () => {
        endWorkflow(decision, workflowId, 'SUCCESS', message);
      });
      return;
    case 'fail':
      endWorkflow(decision, workflowId, 'ERROR', message);
      return;
    case 'pause':
      pauseWorkflow(decision, workflowId, message);
      return;
    default:
      name satisfies never;
  }
}
