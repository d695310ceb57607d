import { evaluate } from '../../expressions/evaluate.ts';
import { isTrue } from '../../expressions/python/truth.ts';
import type { Scope } from '../../expressions/scope.ts';
import type { ActionDefinition } from '../../language/action-definition.ts';
import { fromEntries, isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { ActionRun } from '../../model/records.ts';
import { failureMessage, WorkflowFailure } from '../failure.ts';
import { invalidInput } from '../invalid-input.ts';
import type { AdHocAction, BuiltInAction, FoundAction, World } from '../world.ts';

export interface PreparedAction {
  readonly name: string;
  /** What the action was given, defaults included. */
  readonly input: JsonObject;
  readonly runs: ActionRun;
  readonly isSync: boolean;
  /** Of an action that is not pure. */
  readonly beginsLater?: true;
}

/** What the core needs to know of the action that does the work. */
type Base = Pick<PreparedAction, 'runs' | 'isSync' | 'beginsLater'>;

/**
 * What has to run for an action to run: goes down from ad-hoc actions to the one that does the work, and evaluates what
 * each gives to the next.
 *
 * @param scope what the inputs of ad-hoc actions see beside their own input
 * @throws WorkflowFailure when the input is wrong, or a base is not there
 */
export function prepareAction(
  world: World,
  action: FoundAction,
  namespace: string,
  given: JsonObject,
  scope: Scope,
): PreparedAction {
  if (action.type === 'built-in') {
    const problem = action.checkInput(given);
    if (problem !== null) throw new WorkflowFailure(problem);
    return { name: action.name, input: given, ...baseOf(action, given, []) };
  }
  const input = completeInput(action, given);
  try {
    return { name: action.name, input, ...descend(world, action, namespace, input, scope, new Set([action.name])) };
  } catch (error) {
    throw new WorkflowFailure(`Failed to instantiate an action [action_desc=${action.name}]: ${failureMessage(error)}`);
  }
}

/**
 * What comes out of an action that has succeeded, after every ad-hoc action on the way has rewritten it. Of a result
 * that is empty (null, 0, '' and the like) an `output` is not evaluated but taken as it is written, as in Mistral.
 */
export function rewriteResult(outputs: readonly Json[], result: Json, { world, mistral }: Scope): Json {
  return outputs.reduce(
    (value, output) => (isTrue(value) ? evaluate(output, { ...nothing, world, mistral, root: value }) : output),
    result,
  );
}

const nothing = { get: () => undefined, keys: () => [] };

function descend(
  world: World,
  action: AdHocAction,
  namespace: string,
  input: JsonObject,
  scope: Scope,
  visited: Set<string>,
): Base {
  const { base, baseInput, output } = action.definition;
  if (visited.has(base)) throw new WorkflowFailure(`The ad-hoc action '${action.name}' stands on itself ('${base}').`);
  visited.add(base);
  // Short names of a workbook are not looked up here, as in Mistral.
  const found = world.findAction(base, namespace, null);
  if (found === null) {
    throw new WorkflowFailure(`Failed to find base action [action_name=${base} namespace=${namespace}]`);
  }
  // An action that runs on its own and has no input has nothing to evaluate with; Mistral leaves the text as it is then.
  const isBare = scope.mistral === null && Object.keys(input).length === 0;
  const next = (isBare ? baseInput : evaluate(baseInput, withInput(scope, input))) as JsonObject;
  const outputs = output === null ? [] : [output];
  if (found.type === 'built-in') {
    const problem = found.checkInput(next);
    if (problem !== null) throw new WorkflowFailure(problem);
    const { runs, ...rest } = baseOf(found, next, outputs);
    return { runs: { ...runs, definitionIds: [action.definitionId] }, ...rest };
  }
  const { runs, ...rest } = descend(world, found, namespace, withDefaults(found.definition, next), scope, visited);
  const definitionIds = [...(runs.definitionIds ?? []), action.definitionId];
  return { runs: { ...runs, outputs: [...runs.outputs, ...outputs], definitionIds }, ...rest };
}

function baseOf({ name, isSync, isPure }: BuiltInAction, input: JsonObject, outputs: readonly Json[]): Base {
  const runs: ActionRun = { name, input, outputs };
  return isPure ? { runs, isSync } : { runs, isSync, beginsLater: true };
}

function completeInput({ name, definition }: AdHocAction, given: JsonObject): JsonObject {
  const problem = invalidInput(name, 'mistral.actions.adhoc.AdHocAction', definition.input, given);
  if (problem !== null) throw new WorkflowFailure(problem);
  return withDefaults(definition, given);
}

function withDefaults({ input }: ActionDefinition, given: JsonObject): JsonObject {
  const defaults = input.filter((each) => each.default !== undefined && !Object.hasOwn(given, each.name));
  return fromEntries([
    ...Object.entries(given),
    ...defaults.map((each): [string, Json] => [each.name, each.default ?? null]),
  ]);
}

function withInput(scope: Scope, input: JsonObject): Scope {
  return {
    world: scope.world,
    mistral: scope.mistral,
    get: (name) => (Object.hasOwn(input, name) ? input[name] : scope.get(name)),
    keys: () => new Set([...Object.keys(input), ...scope.keys()]),
  };
}

/** The action's defaults from the environment, under `__actions` and the action's name. */
export function actionDefaults(params: JsonObject, action: string): JsonObject {
  const all = isObject(params.env) ? params.env.__actions : null;
  const defaults = isObject(all) && Object.hasOwn(all, action) ? all[action] : null;
  return isObject(defaults) ? defaults : {};
}
