import { enter, leave, spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { toText } from '../python/text.ts';
import type { Value } from '../python/value.ts';
import { Call, type Evaluate } from './call.ts';
import type { Context, DefinedFunction } from './context.ts';
import {
  defineWithRest,
  type FunctionDefinition,
  type LazyMapping,
  type Parameter,
  type ParameterType,
} from './function-definition.ts';
import { functionsNamed } from './library.ts';
import { MappingRule } from './mapping-rule.ts';

/** An argument as it was written, ready to be evaluated or to be handed over unevaluated. */
export type CallArgument =
  | { readonly type: 'value'; readonly evaluate: Evaluate }
  | {
      readonly type: 'mapping';
      readonly keyword: string | null;
      readonly source: Evaluate;
      readonly destination: Evaluate;
    }
  | { readonly type: 'skipped' };

/** Calls with one text: which functions come into question is found out once. */
export interface CallSite {
  readonly name: string;
  readonly isMethod: boolean;
  readonly args: readonly CallArgument[];
  readonly candidates: readonly Candidate[];
  /** Whether any function has that name at all. */
  readonly known: boolean;
}

/** A function that the arguments of a call fit by number and name. */
interface Candidate {
  readonly definition: FunctionDefinition;
  /** For each parameter the place of its argument, or -1 when it keeps its default. The receiver is at 0. */
  readonly places: readonly number[];
  readonly restPlaces: readonly number[];
  readonly named: readonly (readonly [name: string, place: number])[];
  readonly args: readonly PlacedArgument[];
}

/** An argument with how the function wants it. The receiver of a method has none: its value is known. */
interface PlacedArgument {
  readonly argument: CallArgument | null;
  readonly type: ParameterType<unknown>;
  /** Whether `a => b` is the argument itself and not the naming of one. */
  readonly isPair: boolean;
}

const AS_VALUE: ParameterType<Value> = { passing: 'value', accepts: () => true, convert: (value) => value, rank: 0 };

export function makeCallSite(name: string, args: readonly CallArgument[], isMethod: boolean): CallSite {
  const plain = name.replace(/_+$/, '');
  const named = functionsNamed(plain).filter(
    ({ calling }) => calling === 'both' || (calling === 'method') === isMethod,
  );
  return {
    name: plain,
    isMethod,
    args,
    known: named.length > 0,
    candidates: named.flatMap((definition) => candidate(definition, args, isMethod) ?? []),
  };
}

function candidate(
  definition: FunctionDefinition,
  given: readonly CallArgument[],
  isMethod: boolean,
): Candidate | null {
  const named = new Map<string, CallArgument>();
  const positional: (CallArgument | null)[] = isMethod ? [null] : [];
  for (const argument of given) {
    if (argument.type !== 'mapping' || definition.noKeywords) {
      positional.push(argument);
    } else {
      if (argument.keyword === null) throw new ExpressionError('Cannot convert mapping to keyword argument');
      named.set(argument.keyword, argument);
    }
  }
  const { parameters, rest } = definition;
  const args: PlacedArgument[] = [];
  const places: number[] = [];
  const place = (argument: CallArgument | null, type: ParameterType<unknown>): number =>
    args.push({ argument, type, isPair: definition.noKeywords }) - 1;
  for (const [index, parameter] of parameters.entries()) {
    const argument = positional[index];
    const byName = named.get(parameter.name);
    if (argument !== undefined && argument?.type !== 'skipped') {
      if (byName !== undefined) return null;
      places.push(place(argument, parameter.type));
    } else if (byName !== undefined) {
      places.push(place(byName, parameter.type));
      named.delete(parameter.name);
    } else if (parameter.fallback === undefined) {
      return null;
    } else {
      places.push(-1);
    }
  }
  const further = positional.slice(parameters.length);
  if (further.length > 0 && (rest === null || further.some((argument) => argument?.type === 'skipped'))) return null;
  if (named.size > 0 && !definition.takesNamed) return null;
  return {
    definition,
    args,
    places,
    restPlaces: rest === null ? [] : further.map((argument) => place(argument, rest)),
    named: Array.from(named, ([name, argument]) => [name, place(argument, AS_VALUE)] as const),
  };
}

/** Calls the function of that name that accepts the arguments, the expression's own functions before the library's. */
export function callSite(site: CallSite, context: Context, receiver: Value | undefined): Value {
  spend(2);
  enter();
  const value = run(site, context, receiver);
  leave();
  return value;
}

function run(site: CallSite, context: Context, receiver: Value | undefined): Value {
  let candidates = site.candidates;
  if (!site.isMethod && context.root.definesFunctions) {
    const defined = context.definedFunction(site.name);
    if (defined !== null) candidates = [definedCandidate(defined, site.args)].flatMap((each) => each ?? []);
  }
  const call = new Call(context, callByName);
  if (candidates.length === 1) {
    const only = candidates[0] as Candidate;
    if (receiver !== undefined && !(only.args[0] as PlacedArgument).type.accepts(receiver)) noMatch(site, receiver);
    const args = evaluateArguments(only, call, receiver);
    return accepts(only, args) ? invoke(only, call, args) : noMatch(site, receiver);
  }
  return runBest(site, candidates, call, receiver);
}

function definedCandidate(defined: DefinedFunction, args: readonly CallArgument[]): Candidate | null {
  const run = defineWithRest(
    defined.name,
    'function',
    [],
    AS_VALUE,
    (_call, _args, values, named) => defined.run(values, named),
    { takesNamed: true },
  );
  return candidate(run, args, false);
}

function runBest(site: CallSite, candidates: readonly Candidate[], call: Call, receiver: Value | undefined): Value {
  const possible =
    receiver === undefined ? candidates : candidates.filter(({ args }) => args[0]?.type.accepts(receiver) === true);
  const first = possible[0];
  if (first === undefined) return noMatch(site, receiver);
  // Functions of one name take the same arguments unevaluated, so it does not matter which of them is asked, save
  // that each numbers the arguments in its own way.
  const evaluated = new Map<CallArgument | null, unknown>();
  let best: Candidate | null = null;
  let bestArgs: unknown[] = [];
  for (const each of possible) {
    const args = each.args.map((placed) => {
      if (!evaluated.has(placed.argument)) evaluated.set(placed.argument, pass(placed, call, receiver));
      return evaluated.get(placed.argument);
    });
    if (!accepts(each, args)) continue;
    if (best !== null && rank(each) === rank(best)) throw new ExpressionError(`Ambiguous function "${site.name}"`);
    if (best === null || rank(each) > rank(best)) {
      best = each;
      bestArgs = args;
    }
  }
  return best === null ? noMatch(site, receiver) : invoke(best, call, bestArgs);
}

function rank(candidate: Candidate): number {
  return candidate.args.reduce((sum, { type }) => sum + type.rank, 0);
}

function evaluateArguments(candidate: Candidate, call: Call, receiver: Value | undefined): unknown[] {
  return candidate.args.map((placed) => pass(placed, call, receiver));
}

function pass({ argument, type, isPair }: PlacedArgument, call: Call, receiver: Value | undefined): unknown {
  if (argument === null) return receiver;
  if (argument.type === 'skipped') return null;
  if (argument.type === 'value') {
    if (type.passing === 'lambda') return call.lambda(argument.evaluate);
    if (type.passing === 'context-lambda') return call.contextLambda(argument.evaluate);
    return type.passing === 'lazy-mapping' ? null : argument.evaluate(call.caller);
  }
  if (type.passing === 'lazy-mapping') return lazyMapping(argument.source, argument.destination, call);
  if (isPair) return new MappingRule(argument.source(call.caller), argument.destination(call.caller));
  if (type.passing === 'lambda') return call.lambda(argument.destination);
  if (type.passing === 'context-lambda') return call.contextLambda(argument.destination);
  return argument.destination(call.caller);
}

function lazyMapping(source: Evaluate, destination: Evaluate, call: Call): LazyMapping {
  return { source: () => source(call.context), destination: () => destination(call.context) };
}

function accepts(candidate: Candidate, args: readonly unknown[]): boolean {
  return candidate.args.every(({ type }, place) =>
    type.passing === 'lazy-mapping' ? args[place] !== null : type.accepts(args[place] as Value),
  );
}

function invoke(candidate: Candidate, call: Call, args: readonly unknown[]): Value {
  const { definition, places, restPlaces, named } = candidate;
  const converted = (place: number): unknown =>
    (candidate.args[place] as PlacedArgument).type.convert(args[place] as Value);
  const own = places.map((place, index) =>
    place === -1 ? (definition.parameters[index] as Parameter<unknown>).fallback?.value : converted(place),
  );
  const byName = new Map(named.map(([name, place]) => [name, converted(place) as Value]));
  return definition.run(call, own, restPlaces.map(converted), byName);
}

function callByName(
  context: Context,
  name: string,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
  receiver: Value | undefined,
): Value {
  spend(30 + 3 * args.length);
  const given: CallArgument[] = args.map((value) => ({ type: 'value', evaluate: () => value }));
  for (const [keyword, value] of named) {
    given.push({ type: 'mapping', keyword, source: () => keyword, destination: () => value });
  }
  return callSite(makeCallSite(name, given, receiver !== undefined), context, receiver);
}

function noMatch(site: CallSite, receiver: Value | undefined): never {
  const { name, known } = site;
  if (receiver === undefined) {
    throw new ExpressionError(
      known ? `No function "${name}" matches supplied arguments` : `Unknown function "${name}"`,
    );
  }
  const text = toText(receiver);
  const shown = text.length > 200 ? `${text.slice(0, 200)}...` : text;
  throw new ExpressionError(
    known
      ? `No method "${name}" for receiver ${shown} matches supplied arguments`
      : `Unknown method "${name}" for receiver ${shown}`,
  );
}
