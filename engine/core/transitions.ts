import type { TaskState, WorkflowState } from '../model/states.ts';

/**
 * Which state may follow which: Mistral's own table (mistral/workflow/states.py). A command that asks for another change
 * is refused, and no rule takes a workflow execution another way. What a task goes through on its own (a join that waits,
 * delays, repetitions) the rules decide, in Mistral as here; what else a command needs stands in decide.ts.
 */
const allowed: { readonly [state in TaskState]: readonly TaskState[] } = {
  IDLE: ['RUNNING', 'ERROR', 'CANCELLED'],
  WAITING: ['RUNNING'],
  RUNNING: ['PAUSED', 'RUNNING_DELAYED', 'SUCCESS', 'ERROR', 'CANCELLED'],
  RUNNING_DELAYED: ['RUNNING', 'ERROR', 'CANCELLED'],
  PAUSED: ['RUNNING', 'ERROR', 'CANCELLED'],
  SUCCESS: [],
  CANCELLED: ['RUNNING'],
  ERROR: ['RUNNING', 'SKIPPED'],
  SKIPPED: [],
};

/** Whether the state may change like this. Staying in a state is always allowed. */
export function mayBecome(from: TaskState | WorkflowState, to: TaskState | WorkflowState): boolean {
  return from === to || allowed[from].includes(to);
}
