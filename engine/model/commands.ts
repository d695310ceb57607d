import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from './ids.ts';
import type { Json, JsonObject } from './json.ts';
import type { Interruption } from './records.ts';

/** What can be asked of one tree of executions. */
export type Command =
  | {
      readonly type: 'StartWorkflow';
      readonly id: WorkflowExecutionId;
      readonly workflow: string;
      readonly namespace: string;
      readonly input: JsonObject;
      readonly params: JsonObject;
      readonly description: string;
    }
  | {
      readonly type: 'StartAction';
      readonly id: ActionExecutionId;
      /** Mistral's `run_sync`: an action that is completed from outside is refused, and `output` does not rewrite. */
      readonly isAwaited: boolean;
      /** Mistral's `save_result`. What is not to be saved `output` does not rewrite either. */
      readonly isSaved: boolean;
      readonly action: string;
      readonly namespace: string;
      readonly input: JsonObject;
      readonly safeRerun: boolean;
      readonly timeout: number | null;
    }
  | { readonly type: 'PauseExecution'; readonly id: WorkflowExecutionId; readonly message: string | null }
  /** `env` is merged into the environment before anything goes on. */
  | { readonly type: 'ResumeExecution'; readonly id: WorkflowExecutionId; readonly env: JsonObject | null }
  /** Ends the execution in this state, whatever its tasks do. */
  | {
      readonly type: 'StopExecution';
      readonly id: WorkflowExecutionId;
      readonly state: 'SUCCESS' | 'ERROR' | 'CANCELLED';
      readonly message: string | null;
    }
  | {
      readonly type: 'UpdateExecution';
      readonly id: WorkflowExecutionId;
      readonly description?: string;
      readonly env?: JsonObject;
    }
  /** There is a place for an action that waits to begin. */
  | { readonly type: 'BeginAction'; readonly id: ActionExecutionId }
  /** The engine had stopped while the action was under way, and it is safe to run again: it is to begin anew. */
  | { readonly type: 'RepeatAction'; readonly id: ActionExecutionId }
  | { readonly type: 'CompleteAction'; readonly id: ActionExecutionId; readonly result: ActionResult }
  /** Only asynchronous actions can be paused. */
  | { readonly type: 'UpdateAction'; readonly id: ActionExecutionId; readonly state: 'RUNNING' | 'PAUSED' }
  | {
      readonly type: 'RerunTask';
      readonly id: TaskExecutionId;
      readonly reset: boolean;
      readonly env: JsonObject | null;
    }
  | { readonly type: 'SkipTask'; readonly id: TaskExecutionId }
  | { readonly type: 'FireTimer'; readonly id: string }
  /** The engine had stopped while the execution ran. What is to be done about it is asked for on its own. */
  | ({ readonly type: 'TakeUpExecution'; readonly id: WorkflowExecutionId } & Omit<Interruption, 'at'>)
  /** There was more to do than fits into one commit. */
  | { readonly type: 'Continue' };

/** How an action ended. `value` is its result, or what it says of its failure. */
export interface ActionResult {
  readonly state: 'SUCCESS' | 'ERROR' | 'CANCELLED';
  readonly value: Json;
}
