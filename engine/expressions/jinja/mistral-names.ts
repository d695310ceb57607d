import { MISTRAL_FUNCTIONS, type MistralFunction } from '../mistral-functions.ts';
import type { Scope } from '../scope.ts';
import { bind, NativeFunction, type ParameterName } from './callable.ts';

const BY_NAME: ReadonlyMap<string, MistralFunction> = new Map(MISTRAL_FUNCTIONS.map((each) => [each.name, each]));

/** One of Mistral's own functions, or undefined. */
export function mistralFunction(name: string, scope: Scope): NativeFunction | undefined {
  const found = BY_NAME.get(name);
  if (found === undefined) return undefined;
  const parameters = parameterNames(found);
  return new NativeFunction(name, (args) => found.run(scope, bind(`${name}_`, parameters, args)), 'functools.partial');
}

export function parameterNames({ parameters }: MistralFunction): readonly ParameterName[] {
  return parameters.map(({ name, fallback }) => (fallback === undefined ? name : [name, fallback]));
}
