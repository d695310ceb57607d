import { ExpressionError } from '../../expression-error.ts';
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
    ({ context }, ...args) => {
      // In Mistral YAQL trips over what this function returns, whatever is done with it.
      if (each.name === 'executions') {
        throw new ExpressionError('executions() does not work in YAQL, in Mistral neither. Use {{ executions() }}.');
      }
      return each.run(context.root.scope, args);
    },
  ),
);

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
