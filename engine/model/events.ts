import type { ActionExecutionId, DefinitionId, TaskExecutionId, WorkflowExecutionId } from './ids.ts';
import type { Json, JsonObject } from './json.ts';
import type { ActionRun, DefinitionSource, HeldStep, Interruption, NextStep, Timer, Trigger } from './records.ts';
import type { ActionState, TaskState, WorkflowState } from './states.ts';

/**
 * What happened in one tree of executions. An event holds every value that was evaluated, so applying it needs no clock,
 * no ids and no expressions, and gives the same tree every time.
 */
export type Event =
  /** The text of a definition, the first time that the tree uses it: the tree goes on whatever becomes of the library. */
  | { readonly type: 'DefinitionUsed'; readonly id: DefinitionId; readonly source: DefinitionSource }
  | {
      readonly type: 'WorkflowStarted';
      readonly id: WorkflowExecutionId;
      readonly parentTaskId: TaskExecutionId | null;
      readonly index: number;
      readonly name: string;
      readonly namespace: string;
      readonly workbook: string | null;
      readonly definitionId: DefinitionId;
      readonly description: string;
      readonly input: JsonObject;
      readonly params: JsonObject;
    }
  /** The workflow's `vars`, evaluated. */
  | { readonly type: 'VarsSet'; readonly id: WorkflowExecutionId; readonly context: JsonObject }
  | { readonly type: 'WorkflowPaused'; readonly id: WorkflowExecutionId; readonly stateInfo: string | null }
  | { readonly type: 'WorkflowResumed'; readonly id: WorkflowExecutionId }
  | {
      readonly type: 'WorkflowEnded';
      readonly id: WorkflowExecutionId;
      readonly state: WorkflowState;
      readonly stateInfo: string | null;
      readonly output: JsonObject;
    }
  /** It runs again because one of its tasks is rerun or skipped. */
  | { readonly type: 'WorkflowReopened'; readonly id: WorkflowExecutionId }
  | {
      readonly type: 'WorkflowUpdated';
      readonly id: WorkflowExecutionId;
      readonly description?: string;
      readonly params?: JsonObject;
    }
  /** The engine had stopped while it ran, and goes on with it. */
  | ({ readonly type: 'WorkflowTakenUp'; readonly id: WorkflowExecutionId } & Omit<Interruption, 'at'>)
  /** Commands behind a `pause` wait for the resume. */
  | { readonly type: 'StepsHeld'; readonly id: WorkflowExecutionId; readonly steps: readonly HeldStep[] }
  /** The backlog and the held tasks are being dealt with now. */
  | { readonly type: 'HeldReleased'; readonly id: WorkflowExecutionId }
  | {
      readonly type: 'TaskCreated';
      readonly id: TaskExecutionId;
      readonly workflowId: WorkflowExecutionId;
      readonly name: string;
      readonly taskType: 'ACTION' | 'WORKFLOW';
      /** IDLE: it can start. WAITING: a join whose tasks have not all arrived, or a task with unmet requirements. */
      readonly state: 'IDLE' | 'WAITING';
      readonly triggeredBy: readonly Trigger[];
    }
  /** A WAITING task may start: these tasks let it, and their variables are what it sees. */
  | { readonly type: 'TaskTriggered'; readonly id: TaskExecutionId; readonly triggeredBy: readonly Trigger[] }
  | {
      readonly type: 'TaskStateChanged';
      readonly id: TaskExecutionId;
      readonly state: TaskState;
      readonly stateInfo: string | null;
    }
  /** What the task runs is paused; its workflow is too. */
  | { readonly type: 'TaskPaused'; readonly id: TaskExecutionId }
  | { readonly type: 'TaskResumed'; readonly id: TaskExecutionId }
  /** The policies that come before the start have had their say. */
  | { readonly type: 'TaskPrepared'; readonly id: TaskExecutionId }
  /** The task goes on when the timer fires. */
  | { readonly type: 'TaskDelayed'; readonly timer: Timer; readonly stateInfo: string }
  | { readonly type: 'TimeoutArmed'; readonly timer: Timer }
  | { readonly type: 'TimerFired'; readonly id: string }
  /** Repeated by its retry policy: what its children gave no longer counts. */
  | { readonly type: 'TaskRetried'; readonly id: TaskExecutionId }
  /** Rerun by a person. Without `reset` only the failed items run again. */
  | {
      readonly type: 'TaskRerun';
      readonly id: TaskExecutionId;
      readonly reset: boolean;
      /** WAITING: a join that failed before it could start waits again. */
      readonly state: 'IDLE' | 'WAITING';
    }
  | {
      readonly type: 'ItemsExpanded';
      readonly id: TaskExecutionId;
      readonly values: { readonly [variable: string]: readonly Json[] };
      readonly count: number;
      readonly concurrency: number;
    }
  | {
      readonly type: 'ActionScheduled';
      readonly id: ActionExecutionId;
      readonly taskId: TaskExecutionId | null;
      readonly name: string;
      readonly index: number;
      readonly input: JsonObject;
      /** Only where another action does the work. */
      readonly runs?: ActionRun;
      readonly isSync: boolean;
      readonly safeRerun: boolean;
      readonly timeout: number | null;
      /** It does nothing before `ActionBegun`. Left out: it is pure, and begins with this event. */
      readonly beginsLater?: true;
    }
  /** From here on its work may be done: whoever finds this event cannot know how much of it was. */
  | { readonly type: 'ActionBegun'; readonly id: ActionExecutionId }
  /** What was done of it counts for nothing, and it is to begin anew. */
  | { readonly type: 'ActionRepeated'; readonly id: ActionExecutionId }
  | { readonly type: 'ActionStateChanged'; readonly id: ActionExecutionId; readonly state: 'RUNNING' | 'PAUSED' }
  | {
      readonly type: 'ActionCompleted';
      readonly id: ActionExecutionId;
      readonly state: Exclude<ActionState, 'RUNNING' | 'PAUSED'>;
      readonly output: JsonObject;
      /** What it gave does not count as a result of its task. */
      readonly isRejected?: true;
    }
  | {
      readonly type: 'VariablesPublished';
      readonly taskId: TaskExecutionId;
      readonly branch: JsonObject;
      readonly global: JsonObject;
    }
  | {
      readonly type: 'TaskCompleted';
      readonly id: TaskExecutionId;
      readonly state: 'SUCCESS' | 'ERROR' | 'CANCELLED' | 'SKIPPED';
      readonly stateInfo: string | null;
      readonly next: readonly NextStep[];
      readonly errorHandled: boolean;
      /** Its transitions wait until the workflow is resumed. */
      readonly held: boolean;
      /** `keep-result: false`: the outputs of its actions are dropped. */
      readonly dropResult: boolean;
    }
  /** The workflow is resumed: the transitions of a task that completed meanwhile are followed now. */
  | {
      readonly type: 'TaskReleased';
      readonly id: TaskExecutionId;
      readonly next: readonly NextStep[];
      readonly errorHandled: boolean;
    }
  /** What a join knows of one inbound task: that it arrived, that it went elsewhere (null), or that it is on its way (again). */
  | {
      readonly type: 'JoinInformed';
      readonly workflowId: WorkflowExecutionId;
      readonly join: string;
      readonly from: string;
      readonly arrival: Trigger | 'pending' | null;
    }
  /** No path leads to this task any more. */
  | { readonly type: 'RouteClosed'; readonly workflowId: WorkflowExecutionId; readonly task: string };

/** What one decision led to: all of it happened, or nothing. */
export interface Commit {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly events: readonly Event[];
}
