import type { TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import { isCompleted } from '../../model/states.ts';
import type { Decision } from '../decision.ts';
import { type ExecutionTree, taskIn, workflowIn } from '../execution-tree.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { mayBecome } from '../transitions.ts';
import { completeTask } from './complete-task.ts';
import { expectArrivals } from './expect-arrivals.ts';

/**
 * Why a task cannot be run again or skipped; null when it can. It must be in ERROR, and its execution and all around it
 * must be able to run again, whether they have ended or not.
 */
export function refuseRepeat(tree: ExecutionTree, id: TaskExecutionId, what: 'rerun' | 'skipped'): Refusal | null {
  const task = tree.tasks.get(id);
  if (task === undefined) return refuse('NOT_FOUND', `There is no task execution ${id}.`);
  if (task.state !== 'ERROR') {
    return refuse('REFUSED', `Only a task in ERROR can be ${what}; '${task.name}' is ${task.state}.`);
  }
  let workflow = workflowIn(tree, task.workflowId);
  for (;;) {
    const { name, state, parentTaskId } = workflow;
    if (!mayBecome(state, 'RUNNING')) {
      return refuse(
        'REFUSED',
        `'${task.name}' cannot be ${what}: the execution of '${name}' is ${state}, which is final.`,
      );
    }
    if (parentTaskId === null) return null;
    const parent = taskIn(tree, parentTaskId);
    if (!workflow.accepted || workflow.attempt !== parent.attempt) {
      return refuse(
        'REFUSED',
        `'${task.name}' belongs to an earlier attempt of '${parent.name}', which no longer counts.`,
      );
    }
    if (!mayBecome(parent.state, 'RUNNING')) {
      return refuse('REFUSED', `'${task.name}' cannot be ${what}: '${parent.name}' around it is ${parent.state}.`);
    }
    workflow = workflowIn(tree, parent.workflowId);
    if (workflow.state === 'PAUSED') {
      return refuse('REFUSED', `'${task.name}' can be ${what} once the execution of '${workflow.name}' is resumed.`);
    }
  }
}

/**
 * Runs a failed task again, in the execution in which it failed: that execution and those around it are RUNNING again.
 *
 * @param reset false: of a with-items task only the failed items run again
 */
export function rerunTask(decision: Decision, id: TaskExecutionId, reset: boolean): void {
  const task = taskIn(decision.tree, id);
  reopenWorkflow(decision, task.workflowId);
  const definition = decision.definitionOf(workflowIn(decision.tree, task.workflowId));
  // A join that too few tasks have reached runs as well: who asks for it means it.
  decision.emit({ type: 'TaskRerun', id, reset, state: 'IDLE' });
  expectArrivals(decision, task.workflowId, definition, task.name);
}

/** A failed task is left as it is, and the execution goes on as if it had succeeded, or along its on-skip. */
export function skipTask(decision: Decision, id: TaskExecutionId): void {
  reopenWorkflow(decision, taskIn(decision.tree, id).workflowId);
  completeTask(decision, id, 'SKIPPED', 'Task was skipped.');
}

function reopenWorkflow(decision: Decision, id: WorkflowExecutionId): void {
  const workflow = workflowIn(decision.tree, id);
  if (!isCompleted(workflow.state)) return;
  decision.emit({ type: 'WorkflowReopened', id });
  if (workflow.parentTaskId === null) return;
  const parent = taskIn(decision.tree, workflow.parentTaskId);
  reopenWorkflow(decision, parent.workflowId);
  decision.emit({ type: 'TaskStateChanged', id: parent.id, state: 'RUNNING', stateInfo: null });
  const container = workflowIn(decision.tree, parent.workflowId);
  expectArrivals(decision, container.id, decision.definitionOf(container), parent.name);
}
