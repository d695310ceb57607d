import type { ActionExecutionId, DefinitionId, TaskExecutionId, WorkflowExecutionId } from './ids.ts';
import type { Json, JsonObject } from './json.ts';
import type { ActionState, TaskState, WorkflowState } from './states.ts';

/** All times are milliseconds since 1970. `order` counts the records of one tree as they are made, from 0. */

export interface WorkflowExecution {
  readonly id: WorkflowExecutionId;
  /** The task that runs this workflow; null for a root. */
  readonly parentTaskId: TaskExecutionId | null;
  /** Which item of a with-items task this is; 0 elsewhere. */
  readonly index: number;
  readonly order: number;
  readonly name: string;
  readonly namespace: string;
  /** The workbook that the workflow belongs to: its short names are looked up there first. */
  readonly workbook: string | null;
  readonly definitionId: DefinitionId;
  readonly description: string;
  readonly state: WorkflowState;
  readonly stateInfo: string | null;
  readonly input: JsonObject;
  /** Holds at least `env`, evaluated. */
  readonly params: JsonObject;
  /** The workflow's `vars`, and on top of them what tasks published globally. */
  readonly context: JsonObject;
  /** Empty until the execution ends. */
  readonly output: JsonObject;
  /** The attempt of the task that started it; 1 for a root. */
  readonly attempt: number;
  /** False once the task that runs it repeats it: its output no longer counts. */
  readonly accepted: boolean;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** How many tasks are in which state; absent means none. */
  readonly taskCounts: { readonly [state in TaskState]?: number };
  /** Tasks in ERROR that no on-error transition took care of. */
  readonly unhandledErrors: number;
  /** What stood behind a `pause` command in an on-clause, to be done on resume. */
  readonly backlog: readonly HeldStep[];
  /** Tasks that completed while the workflow was paused: their transitions are followed on resume. */
  readonly held: readonly TaskExecutionId[];
  /** Of a root: how it was taken up the last time that the engine had stopped while it ran. Null: that never happened. */
  readonly interruption?: Interruption | null;
}

/** What was done about an execution that was running when the engine stopped. The numbers count actions and timers. */
export interface Interruption {
  /** When it was taken up again. */
  readonly at: number;
  /** Were under way, are safe to repeat, and run again. */
  readonly repeated: number;
  /** Were under way and ended in ERROR, since nobody knows what they have done. */
  readonly failed: number;
  /** Delays and time limits, which go on as if nothing had been. */
  readonly timers: number;
}

export interface TaskExecution {
  readonly id: TaskExecutionId;
  readonly workflowId: WorkflowExecutionId;
  readonly order: number;
  readonly name: string;
  readonly type: 'ACTION' | 'WORKFLOW';
  readonly state: TaskState;
  readonly stateInfo: string | null;
  readonly triggeredBy: readonly Trigger[];
  /** The branch variables that the task published. */
  readonly published: JsonObject;
  /** Counts what is published in one tree, from 1: the newer of two values of a variable is the one with the higher number. */
  readonly publication: number;
  /** Where its transitions led, once it completed. */
  readonly next: readonly NextStep[];
  readonly errorHandled: boolean;
  /** How many times the retry policy repeated it, since it was last rerun. */
  readonly retries: number;
  /** From 1; grows with each retry and each rerun. What belongs to an earlier attempt no longer counts. */
  readonly attempt: number;
  readonly items: Items | null;
  /** The policies that come before the start have had their say: a task that goes on does not ask them again. */
  readonly prepared: boolean;
  /** `wait-after` delays a task once. */
  readonly waitedAfter: boolean;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

export interface Trigger {
  readonly taskId: TaskExecutionId;
  readonly event: TransitionEvent;
}

export type TransitionEvent = 'on-success' | 'on-error' | 'on-complete' | 'on-skip';

/** A transition that was taken: to a task, or to an engine command with the message that it was given. */
export type NextStep =
  | { readonly type: 'task'; readonly name: string; readonly event: TransitionEvent }
  | {
      readonly type: 'command';
      readonly name: EngineCommand;
      readonly event: TransitionEvent;
      readonly message: string | null;
    };

export type EngineCommand = 'noop' | 'succeed' | 'fail' | 'pause';

/** A step that waits for the resume. */
export interface HeldStep {
  readonly from: TaskExecutionId;
  readonly step: NextStep;
}

/** Where a with-items task stands. Items before `next` have been started; the counts are of accepted children. */
export interface Items {
  /** Variable name to the values it takes, item by item; all lists have `count` values. */
  readonly values: { readonly [variable: string]: readonly Json[] };
  readonly count: number;
  /** How many may run at once; 0 means all. */
  readonly concurrency: number;
  /** Failed items that a rerun repeats before it goes on with `next`. */
  readonly redo: readonly number[];
  readonly next: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
}

export interface ActionExecution {
  readonly id: ActionExecutionId;
  /** Null for a standalone action execution. */
  readonly taskId: TaskExecutionId | null;
  readonly order: number;
  readonly name: string;
  /** Which item of a with-items task this is; 0 elsewhere. */
  readonly index: number;
  /** From 1. */
  readonly attempt: number;
  readonly state: ActionState;
  readonly accepted: boolean;
  readonly input: JsonObject;
  readonly runs: ActionRun;
  /** `{ result: ... }` once it completed; null before. */
  readonly output: JsonObject | null;
  /** An asynchronous action is completed from outside; nothing runs meanwhile. */
  readonly isSync: boolean;
  readonly safeRerun: boolean;
  /** Seconds after which the action is interrupted; null: never. */
  readonly timeout: number | null;
  readonly createdAt: number;
  /**
   * When its work was let begin, the last time. Null: it waits for that, and nothing of it was done. One that has ended may
   * never have begun. A pure action begins as soon as it is there.
   */
  readonly begunAt: number | null;
  readonly finishedAt: number | null;
}

/** The action that really runs: an ad-hoc action stands on another one, and rewrites what goes in and what comes out. */
export interface ActionRun {
  readonly name: string;
  readonly input: JsonObject;
  /** Templates that the result goes through, one after another. */
  readonly outputs: readonly Json[];
  /** The texts that the ad-hoc actions come from. Left out of what was scheduled before this was kept. */
  readonly definitionIds?: readonly DefinitionId[];
}

/** The text that a workflow comes from. */
export interface DefinitionSource {
  readonly kind: 'workflow' | 'workbook';
  readonly text: string;
}

/** What happens when the time has come; the id is unique in its tree. */
export interface Timer {
  readonly id: string;
  readonly taskId: TaskExecutionId;
  readonly dueAt: number;
  readonly purpose: TimerPurpose;
}

type TimerPurpose =
  | { readonly type: 'start' }
  | { readonly type: 'retry' }
  | { readonly type: 'complete'; readonly state: TaskState; readonly stateInfo: string | null }
  | { readonly type: 'timeout'; readonly seconds: number };
