import { MISTRAL_FUNCTIONS } from '../../mistral-functions.ts';
import { List, PythonObject, sequenceItems } from '../../python/value.ts';
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
      const value = each.run(context.root.scope, args);
      // YAQL cannot look into what Mistral gives it here: they can be counted, and no more.
      if (each.name === 'executions') return new List((sequenceItems(value) ?? []).map(() => new ExecutionRow()));
      return value;
    },
  ),
);

/** A row of Mistral's database. Whoever tries to look into it gets an error that names its type. */
class ExecutionRow extends PythonObject {
  readonly typeName = 'execution (Use {{ executions() }} to read it)';
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
