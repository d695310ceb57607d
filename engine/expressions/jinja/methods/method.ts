import type { Value } from '../../python/value.ts';
import { bind, type CallArguments, type ParameterName } from '../callable.ts';

/** A method of a Python type, given what it is called on. */
export type Method<T> = (receiver: T, args: CallArguments) => Value;

/** Methods by name. */
export type Methods<T> = ReadonlyMap<string, Method<T>>;

/** A method whose arguments are bound to its parameters; those that follow have the values of the arguments. */
export function method<T>(
  name: string,
  parameters: readonly ParameterName[],
  run: (receiver: T, ...args: readonly Value[]) => Value,
): readonly [string, Method<T>] {
  return [name, (receiver, args) => run(receiver, ...bind(name, parameters, args))];
}
