import type { ActionResult } from '../model/commands.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** Something that a task can run. One action is one file; {@link actions} in registry.ts names them all. */
export interface Action {
  readonly name: string;
  /** What it does, in a sentence for the library. */
  readonly description: string;
  readonly parameters: readonly Parameter[];
  /** Touches nothing outside of the engine: it may run before the commit that schedules it is on disk, and run again. */
  readonly isPure: boolean;
  /** False: it only starts something, and is completed from outside; of what it gives only a failure counts. */
  readonly isSync: boolean;
  /** The class that implements it in Mistral; its error texts name it. */
  readonly mistralClass: string;
  /** What is wrong with an input beyond missing and unknown parameters; null when nothing is. */
  checkInput?(input: JsonObject): string | null;
  /** Resolves for every failure that is the action's own; what it throws is taken for one too. */
  run(input: JsonObject, context: ActionContext): ActionResult | Promise<ActionResult>;
}

interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
}

export interface ActionContext {
  /** Aborted when nobody waits for the result any more. */
  readonly signal: AbortSignal;
  readonly actionId: string;
  /** Null for an action that runs on its own. */
  readonly origin: ActionOrigin | null;
  /** Whether requests to this machine and to what is linked to it are refused, as Mistral does for definitions of others. */
  readonly refusesLocalAddresses: boolean;
  /** Says how far the action is: from 0 to 1, or null when nobody knows. Call it as often as you like. */
  progress(fraction: number | null, text?: string): void;
  /** Adds lines to what the person can read of the action while it runs and afterwards; only the newest are kept. */
  log(text: string, source?: LogSource): void;
}

/** What a command wrote where. */
export type LogSource = 'stdout' | 'stderr';

/** The task that an action runs for. */
export interface ActionOrigin {
  readonly workflowName: string;
  readonly workflowExecutionId: string;
  readonly taskExecutionId: string;
}

export function succeeded(value: Json): ActionResult {
  return { state: 'SUCCESS', value };
}

export function failed(value: Json): ActionResult {
  return { state: 'ERROR', value };
}

/** What is wrong with the input, in Mistral's words; null when the action can run. */
export function checkInput(action: Action, input: JsonObject): string | null {
  const known = new Set(action.parameters.map((each) => each.name));
  const missing = action.parameters.filter((each) => each.required && !Object.hasOwn(input, each.name));
  const unexpected = Object.keys(input).filter((name) => !known.has(name));
  if (missing.length === 0 && unexpected.length === 0) return action.checkInput?.(input) ?? null;
  const list = (names: readonly string[]): string => `[${names.map((name) => `'${name}'`).join(', ')}]`;
  const parts = [
    `name=${action.name}`,
    `class=${action.mistralClass}`,
    ...(missing.length > 0 ? [`missing=${list(missing.map((each) => each.name))}`] : []),
    ...(unexpected.length > 0 ? [`unexpected=${list(unexpected)}`] : []),
  ];
  return `Invalid input [${parts.join(', ')}]`;
}
