/** Mistral's states. `RUNNING_DELAYED` is called `DELAYED` by Mistral's REST API. */
export type WorkflowState = 'RUNNING' | 'PAUSED' | 'SUCCESS' | 'ERROR' | 'CANCELLED';

export type TaskState =
  | 'IDLE'
  | 'WAITING'
  | 'RUNNING'
  | 'RUNNING_DELAYED'
  | 'PAUSED'
  | 'SUCCESS'
  | 'ERROR'
  | 'CANCELLED'
  | 'SKIPPED';

export type ActionState = 'RUNNING' | 'PAUSED' | 'SUCCESS' | 'ERROR' | 'CANCELLED';

export type State = WorkflowState | TaskState | ActionState;

/** The execution of whatever has this state is over, unless someone reruns it. */
export function isCompleted(state: State): state is 'SUCCESS' | 'ERROR' | 'CANCELLED' | 'SKIPPED' {
  return state === 'SUCCESS' || state === 'ERROR' || state === 'CANCELLED' || state === 'SKIPPED';
}
