import type { TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import { mergeDeep } from '../../model/merge-deep.ts';
import { isCompleted } from '../../model/states.ts';
import type { Decision } from '../decision.ts';
import { actionIn, taskIn, workflowIn } from '../execution-tree.ts';
import { mayBecome } from '../transitions.ts';

/**
 * Pauses a workflow execution. Those nested in it and those that it is nested in are paused by the same commit
 * (react.ts): from that commit on no action starts in any of them; actions that run go on to their end, and
 * their tasks complete.
 */
export function pauseWorkflow(decision: Decision, id: WorkflowExecutionId, message: string | null): void {
  if (workflowIn(decision.tree, id).state !== 'RUNNING') return;
  decision.emit({ type: 'WorkflowPaused', id, stateInfo: message });
}

export function resumeWorkflow(decision: Decision, id: WorkflowExecutionId): void {
  if (workflowIn(decision.tree, id).state !== 'PAUSED') return;
  decision.emit({ type: 'WorkflowResumed', id });
}

/** A task is paused when what it runs is. */
export function pauseTask(decision: Decision, id: TaskExecutionId): void {
  const { state } = taskIn(decision.tree, id);
  if (state === 'PAUSED' || isCompleted(state) || !mayBecome(state, 'PAUSED')) return;
  decision.emit({ type: 'TaskPaused', id });
}

/** A paused task goes on when nothing that it runs is paused any more. */
export function resumeTask(decision: Decision, id: TaskExecutionId): void {
  if (taskIn(decision.tree, id).state !== 'PAUSED' || hasPausedChild(decision, id)) return;
  decision.emit({ type: 'TaskResumed', id });
}

function hasPausedChild(decision: Decision, id: TaskExecutionId): boolean {
  const { tree } = decision;
  for (const each of tree.actionsOf.get(id) ?? []) if (actionIn(tree, each).state === 'PAUSED') return true;
  for (const each of tree.workflowsOf.get(id) ?? []) if (workflowIn(tree, each).state === 'PAUSED') return true;
  return false;
}

/** Puts new values into the execution's environment; what it does not name stays. */
export function mergeEnvironment(decision: Decision, id: WorkflowExecutionId, env: JsonObject): void {
  const { params } = workflowIn(decision.tree, id);
  const before = isObject(params.env) ? params.env : {};
  decision.emit({ type: 'WorkflowUpdated', id, params: { ...params, env: mergeDeep(before, env) } });
}
