import type { ActionResult } from '../model/commands.ts';
import { BigInteger, Float, isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Desktop } from './desktop.ts';
import type { TextMask } from './text-mask.ts';

/** Something that a task can run. One action is one file; {@link actions} in registry.ts names them all. */
export interface Action {
  readonly name: string;
  /** What it does, in a sentence for the library. */
  readonly description: string;
  /** What a success gives, for the library. */
  readonly result?: string;
  readonly parameters: readonly Parameter[];
  /** Touches nothing outside of the engine: it may run before the commit that schedules it is on disk, and run again. */
  readonly isPure: boolean;
  /** What it may get at beyond its input; nothing for a pure one. */
  readonly reaches: readonly Reach[];
  readonly bounds?: Bounds;
  /** False: it only starts something, and is completed from outside; of what it gives only a failure counts. */
  readonly isSync: boolean;
  /** The class that implements it in Mistral; its error texts name it. */
  readonly mistralClass: string;
  /** The module that a person's own action comes from; left out of what comes with the engine. */
  readonly file?: string;
  /** What is wrong with an input beyond missing and unknown parameters; null when nothing is. */
  checkInput?(input: JsonObject): string | null;
  /** Resolves for every failure that is the action's own; what it throws is taken for one too. */
  run(input: JsonObject, context: ActionContext): ActionResult | Promise<ActionResult>;
}

/** The actions that there are now, by name. */
export interface ActionSource extends Pick<ReadonlyMap<string, Action>, 'get' | 'values'> {
  /**
   * Resolves when everything is loaded; null, or left out, when nothing is being loaded. What comes late is a person's own:
   * neither pure nor asynchronous.
   */
  readonly loading?: Promise<void> | null;
}

interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  /** What its value may be, beside null for one that is not required; whatever there is unless given. */
  readonly types?: readonly ParameterType[];
}

type ParameterType = 'text' | 'number' | 'boolean' | 'list' | 'dictionary';

/**
 * A kind of harm that an action could do, or of what it could give away. `commands`: it runs programs of this machine.
 * `files`: it reads or changes files. `network`: it talks to other machines, or to servers of this one. `person`: it shows
 * something to the person who sits here, or asks them.
 */
export type Reach = 'commands' | 'files' | 'network' | 'person';

/** What an action that is not pure may take, where it differs from {@link defaultBounds}. */
export interface Bounds {
  /** How long it may run, in seconds; null: as long as its own input says. */
  readonly seconds?: number | null;
  /** How large its result may be, in characters of JSON. */
  readonly resultSize?: number;
  /** How many of it run at once, in all executions together; null: as many as there may be of all. */
  readonly atOnce?: number | null;
  /** It hardly does anything but wait, and counts for nothing among the actions that run at once. */
  readonly onlyWaits?: boolean;
}

export const defaultBounds: Required<Bounds> = {
  seconds: 3600,
  resultSize: 10_000_000,
  atOnce: null,
  onlyWaits: false,
};

export interface ActionContext {
  /** Aborted when nobody waits for the result any more. */
  readonly signal: AbortSignal;
  readonly actionId: string;
  /** Null for an action that runs on its own. */
  readonly origin: ActionOrigin | null;
  /** Whether requests to this machine and to what is linked to it are refused, as Mistral does for definitions of others. */
  readonly refusesLocalAddresses: boolean;
  /** What the person sees of this machine; null where nobody sits in front of it. */
  readonly desktop: Desktop | null;
  /** For a text that the action cuts itself; all else that it gives or says is masked without it. One for each text. */
  maskText(): TextMask;
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
  if (missing.length === 0 && unexpected.length === 0) {
    return wrongTypes(action, input) ?? action.checkInput?.(input) ?? null;
  }
  const list = (names: readonly string[]): string => `[${names.map((name) => `'${name}'`).join(', ')}]`;
  const parts = [
    `name=${action.name}`,
    `class=${action.mistralClass}`,
    ...(missing.length > 0 ? [`missing=${list(missing.map((each) => each.name))}`] : []),
    ...(unexpected.length > 0 ? [`unexpected=${list(unexpected)}`] : []),
  ];
  return `Invalid input [${parts.join(', ')}]`;
}

function wrongTypes({ name, parameters }: Action, input: JsonObject): string | null {
  for (const parameter of parameters) {
    const value = input[parameter.name] ?? null;
    if (parameter.types === undefined || (value === null && !parameter.required)) continue;
    if (parameter.types.some((type) => isOfType[type](value))) continue;
    return `${name}: ${parameter.name} must be a ${parameter.types.join(' or a ')}.`;
  }
  return null;
}

const isOfType: { readonly [type in ParameterType]: (value: Json) => boolean } = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' || value instanceof Float || value instanceof BigInteger,
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  dictionary: isObject,
};
