import type { Value } from '../python/value.ts';
import type { Call } from './call.ts';

/** A `source => destination` argument, each side evaluated when asked for. */
export interface LazyMapping {
  source(): Value;
  destination(): Value;
}

/** How an argument reaches a function: as a value, as something to be called, as the pair it was written as. */
type Passing = 'value' | 'lambda' | 'context-lambda' | 'lazy-mapping';

export interface ParameterType<T> {
  readonly passing: Passing;
  accepts(value: Value): boolean;
  /** Of two functions that accept the same value the one with the higher rank is the more specific. */
  readonly rank: number;
  /** Only called with what {@link accepts}. */
  convert(value: Value): T;
}

export interface Parameter<T> {
  readonly name: string;
  readonly type: ParameterType<T>;
  /** Without it an argument has to be given. */
  readonly fallback?: { readonly value: T };
}

/** `function`: `f(x)`; `method`: `x.f()`; `both`: either. */
export type Calling = 'function' | 'method' | 'both';

/** One of the functions of a name; which one is called depends on the arguments. */
export interface FunctionDefinition {
  readonly name: string;
  readonly calling: Calling;
  readonly parameters: readonly Parameter<unknown>[];
  /** The type of any number of further arguments. */
  readonly rest: ParameterType<unknown> | null;
  /** Whether it takes named arguments that no parameter is named after. */
  readonly takesNamed: boolean;
  /** `a => b` is an argument to it and not a named parameter. */
  readonly noKeywords: boolean;
  run(call: Call, args: readonly unknown[], rest: readonly unknown[], named: ReadonlyMap<string, Value>): Value;
}

type Types<P extends readonly Parameter<unknown>[]> = {
  [I in keyof P]: P[I] extends Parameter<infer T> ? T : never;
};

/** A function with a fixed list of parameters. */
export function define<const P extends readonly Parameter<unknown>[]>(
  name: string,
  calling: Calling,
  parameters: readonly [...P],
  run: (call: Call, ...args: Types<P>) => Value,
  options: { readonly noKeywords?: true } = {},
): FunctionDefinition {
  return {
    name,
    calling,
    parameters,
    rest: null,
    takesNamed: false,
    noKeywords: options.noKeywords ?? false,
    run: (call, args) => run(call, ...(args as unknown as Types<P>)),
  };
}

/** A function that takes any number of further arguments. */
export function defineWithRest<const P extends readonly Parameter<unknown>[], R>(
  name: string,
  calling: Calling,
  parameters: readonly [...P],
  rest: ParameterType<R>,
  run: (call: Call, args: Types<P>, rest: readonly R[], named: ReadonlyMap<string, Value>) => Value,
  options: { readonly noKeywords?: true; readonly takesNamed?: true } = {},
): FunctionDefinition {
  return {
    name,
    calling,
    parameters,
    rest,
    takesNamed: options.takesNamed ?? false,
    noKeywords: options.noKeywords ?? false,
    run: (call, args, others, named) => run(call, args as unknown as Types<P>, others as readonly R[], named),
  };
}
