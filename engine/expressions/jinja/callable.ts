import { ExpressionError } from '../expression-error.ts';
import { PythonObject, type Value } from '../python/value.ts';

export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

export const NO_NAMED: ReadonlyMap<string, Value> = new Map();

/** What can be called. */
export abstract class Callable extends PythonObject {
  abstract call(args: CallArguments): Value;

  /** What a template may ask about it. */
  attribute(_name: string): Value | undefined {
    return undefined;
  }
}

/** A function of ours; a method already knows what it is called on. */
export class NativeFunction extends Callable {
  readonly typeName: string;
  readonly name: string;
  private readonly run: (args: CallArguments) => Value;

  constructor(name: string, run: (args: CallArguments) => Value, typeName = 'function') {
    super();
    this.name = name;
    this.run = run;
    this.typeName = typeName;
  }

  call(args: CallArguments): Value {
    return this.run(args);
  }
}

/** A parameter's name; with a value for it when it may be left out. */
export type ParameterName = string | readonly [name: string, fallback: Value];

/** The arguments in the order of the parameters. @throws ExpressionError in Python's words when they do not fit */
export function bind(name: string, parameters: readonly ParameterName[], args: CallArguments): readonly Value[] {
  const { positional, named } = args;
  if (positional.length > parameters.length) {
    throw new ExpressionError(
      `${name}() takes ${parameters.length} positional arguments but ${positional.length} were given`,
    );
  }
  const known = parameters.map((parameter) => (typeof parameter === 'string' ? parameter : parameter[0]));
  for (const key of named.keys()) {
    if (!known.includes(key)) throw new ExpressionError(`${name}() got an unexpected keyword argument '${key}'`);
  }
  return parameters.map((parameter, index) => {
    const key = known[index] ?? '';
    const byPlace = positional[index];
    const byName = named.get(key);
    if (byPlace !== undefined && byName !== undefined) {
      throw new ExpressionError(`${name}() got multiple values for argument '${key}'`);
    }
    if (byPlace !== undefined) return byPlace;
    if (byName !== undefined) return byName;
    if (typeof parameter === 'string') {
      throw new ExpressionError(`${name}() missing 1 required positional argument: '${parameter}'`);
    }
    return parameter[1];
  });
}
