import type { Json, JsonObject } from '../model/json.ts';

/**
 * What an expression can see. `$` (YAQL) and `_` (Jinja2) are the variables; they are looked up one by one, because
 * a context is layered and putting all of it together for one `$.x` would cost as much as the context is large.
 */
export interface Scope {
  /** The variable's value, or undefined when there is none. */
  get(name: string): Json | undefined;
  /** The names of all variables, for an expression that uses `$` or `_` as a whole. */
  keys(): Iterable<string>;
  /**
   * What `$` and `_` are where they are no dictionary of variables: the result that the `output` of an ad-hoc action
   * rewrites. `get` and `keys` then say nothing.
   */
  readonly root?: Json;
  readonly world: ExpressionWorld;
  /** What `env()`, `execution()`, `task()` and the like read; null where there is no execution (they are then an error). */
  readonly mistral: MistralData | null;
}

/** What is not an expression's to invent: it is given, so that deciding again gives the same. */
export interface ExpressionWorld {
  /** Milliseconds since 1970 (UTC), the same for everything that is evaluated in one decision. */
  readonly now: number;
  /** A new UUID. */
  newId(): string;
  /** From 0 (included) to 1 (excluded). */
  random(): number;
}

/** Mistral's own functions read the execution through this. Results are dictionaries with Mistral's own keys. */
export interface MistralData {
  env(): JsonObject;
  /** `execution()` without, or with the id of another execution; null when there is none. */
  execution(id?: string): Json;
  /** Without a name: the task that the expression belongs to. Null when there is none. */
  task(name?: string): Json;
  tasks(filter: TaskFilter): readonly Json[];
  /** Executions that match all of the filter's keys. */
  executions(filter: JsonObject): readonly Json[];
  /** A global variable; null when there is none. */
  global(name: string): Json;
}

export interface TaskFilter {
  /** Null: the current execution. */
  readonly executionId: string | null;
  readonly recursive: boolean;
  readonly state: string | null;
  readonly flat: boolean;
}
