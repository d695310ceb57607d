import { MISTRAL_FUNCTIONS } from '../../mistral-functions.ts';
import { define, type FunctionDefinition } from '../function-definition.ts';
import { anything, optional, parameter } from '../parameters.ts';

/** Mistral's own functions; YAQL spells the names of their parameters its own way. */
export const MISTRAL: readonly FunctionDefinition[] = MISTRAL_FUNCTIONS.map((each) =>
  define(
    each.name,
    'function',
    each.parameters.map(({ name, fallback }) =>
      fallback === undefined ? parameter(camelCase(name), anything) : optional(camelCase(name), anything, fallback),
    ),
    ({ context }, ...args) => each.run(context.root.scope, args),
  ),
);

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
