import type { Value } from '../../python/value.ts';
import { bind, type CallArguments, type ParameterName } from '../callable.ts';
import type { Environment } from '../environment.ts';

/** A filter, given the value before the bar and the arguments in its brackets. */
export type Filter = (environment: Environment, value: Value, args: CallArguments) => Value;

export type Filters = readonly (readonly [name: string, filter: Filter])[];

/** A filter whose arguments are bound to its parameters. The first parameter is the value. */
export function filter(
  name: string,
  parameters: readonly ParameterName[],
  run: (environment: Environment, value: Value, ...args: readonly Value[]) => Value,
): readonly [string, Filter] {
  return [name, (environment, value, args) => run(environment, value, ...bind(name, parameters, args))];
}
