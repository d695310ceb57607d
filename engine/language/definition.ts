import type { Json, JsonObject } from '../model/json.ts';

/**
 * A checked workflow, ready to run. Everything that the text may say in several ways is said in one way here:
 * one-line forms are taken apart, inline parameters are merged into `input`, lists and single names are lists.
 *
 * A *template* is a value in which any string may hold expressions (`<% %>`, `{{ }}`); it is evaluated when it is needed.
 */
export interface WorkflowDefinition {
  readonly name: string;
  readonly type: 'direct' | 'reverse';
  readonly description: string;
  readonly tags: readonly string[];
  readonly input: readonly InputDeclaration[];
  /** Templates; null when the text has no such section. */
  readonly output: Json;
  readonly outputOnError: Json;
  readonly vars: Json;
  readonly tasks: ReadonlyMap<string, TaskDefinition>;
  readonly graph: TaskGraph;
  /** What its text says, as expressions see it. */
  readonly spec: JsonObject;
}

/** A declared input. Without `default` the input must be given; defaults are values, never evaluated. */
export interface InputDeclaration {
  readonly name: string;
  readonly default?: Json;
}

/** One task, with the workflow's `task-defaults` already merged in. */
export interface TaskDefinition {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** What the task runs. Both names may hold expressions. A task that says neither runs `std.noop`. */
  readonly runs:
    | { readonly type: 'ACTION'; readonly name: string }
    | { readonly type: 'WORKFLOW'; readonly name: string };
  /** A template for a dictionary; a string when the whole input is one expression. */
  readonly input: JsonObject | string;
  /** Variable name to template of the list to iterate; null for a task that runs once. */
  readonly withItems: { readonly [variable: string]: Json } | null;
  readonly join: 'all' | number | null;
  /** Reverse workflows: the tasks that must succeed before. */
  readonly requires: readonly string[];
  readonly onSuccess: Transitions;
  readonly onError: Transitions;
  readonly onComplete: Transitions;
  readonly onSkip: Transitions;
  /** What `publish`, `publish-on-error`, `publish-on-skip` (and `publish` in the clauses, already merged) publish. */
  readonly publish: {
    readonly onSuccess: Publishing | null;
    readonly onError: Publishing | null;
    readonly onSkip: Publishing | null;
  };
  readonly policies: Policies;
  /** False: the result is dropped once the task has published. An expression is never evaluated and counts as true. */
  readonly keepResult: boolean;
  /** An action that was in flight when the engine stopped may be run again. */
  readonly safeRerun: boolean;
  readonly target: Json;
  /** What its text says, without the workflow's `task-defaults`, as expressions see it. */
  readonly spec: JsonObject;
  /** Where the task stands in the text. */
  readonly line: number;
}

/** An on-clause. The targets are in the order of the text. */
export type Transitions = readonly Transition[];

export interface Transition {
  /** A task of the same workflow, or one of the commands noop, succeed, fail, pause. */
  readonly to: string;
  /** An expression; null when the transition is always taken. */
  readonly guard: string | null;
  /** Parameters of a command, such as `{ msg: ... }`; a template. */
  readonly params: JsonObject;
}

/** Templates: dictionaries, or one expression that gives a dictionary. */
export interface Publishing {
  readonly branch: Json;
  readonly global: Json;
  readonly atomic: Json;
}

/** Numbers may be given as expressions. Times are in seconds. Null: not asked for. */
export interface Policies {
  readonly pauseBefore: boolean | string | null;
  readonly waitBefore: number | string | null;
  readonly waitAfter: number | string | null;
  readonly failOn: boolean | string | null;
  readonly retry: RetryPolicy | null;
  readonly timeout: number | string | null;
  readonly concurrency: number | string | null;
}

export interface RetryPolicy {
  readonly count: number | string;
  readonly delay: number | string;
  readonly breakOn: string | null;
  readonly continueOn: string | null;
}

/** Which task may follow which, whatever the guards say. Names only, no commands, no duplicates; order of the text. */
export interface TaskGraph {
  /** Tasks that nothing leads to: a direct workflow starts them all. */
  readonly start: readonly string[];
  readonly inbound: ReadonlyMap<string, readonly string[]>;
  readonly outbound: ReadonlyMap<string, readonly string[]>;
}
