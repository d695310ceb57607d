import { spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { dictEntries } from '../../python/dict.ts';
import { iterate } from '../../python/iterate.ts';
import { isTrue } from '../../python/truth.ts';
import { sequenceItems, type Value, ValueIterator } from '../../python/value.ts';
import { define, defineWithRest } from '../function-definition.ts';
import { memorize } from '../memorized.ts';
import { anything, contextLambda, dict, iterable, lambda, optional, parameter, sequence, text } from '../parameters.ts';

export const SYSTEM = [
  defineWithRest('unpack', 'method', [parameter('sequence', iterable)], text, ({ context }, [items], names) => {
    const values: Value[] = [];
    for (const item of iterate(items) ?? []) {
      spend(1);
      values.push(item);
      if (names.length > 0 && values.length > names.length) break;
    }
    if (names.length > 0 && names.length !== values.length) {
      throw new ExpressionError(`Cannot unpack ${values.length} elements into ${names.length}`);
    }
    for (const [place, value] of values.entries()) context.set(variable(names[place] ?? String(place + 1)), value);
    return context;
  }),
  defineWithRest('with', 'function', [], anything, ({ context }, _args, values) => {
    for (const [place, value] of values.entries()) context.set(`$${place + 1}`, value);
    return context;
  }),
  defineWithRest(
    'let',
    'function',
    [],
    anything,
    ({ context }, _args, values, named) => {
      for (const [place, value] of values.entries()) context.set(`$${place + 1}`, value);
      for (const [name, value] of named) context.set(variable(name), value);
      return context;
    },
    { takesNamed: true },
  ),
  define('def', 'function', [parameter('name', text), parameter('func', contextLambda)], ({ context }, name, body) => {
    context.define({
      name: name.replace(/_+$/, ''),
      run: (values, named) => {
        const inner = context.child();
        for (const [place, value] of values.entries()) inner.set(`$${place + 1}`, value);
        for (const [key, value] of named) inner.set(variable(key), value);
        return body(inner);
      },
    });
    return context;
  }),
  define(
    'assert',
    'method',
    [parameter('obj', anything), parameter('condition', lambda), optional('message', text, 'Assertion failed')],
    (_call, value, condition, message) => {
      const kept = value instanceof ValueIterator ? memorize(value) : value;
      if (!isTrue(condition(kept))) throw new ExpressionError(message);
      return kept;
    },
  ),
  define(
    'call',
    'function',
    [parameter('name', text), parameter('args', sequence), parameter('kwargs', dict)],
    (call, name, args, named) => {
      const byName = dictEntries(named).filter(
        (entry): entry is readonly [string, Value] => typeof entry[0] === 'string',
      );
      return call.callByName(call.context, name, sequenceItems(args) ?? [], new Map(byName));
    },
  ),
];

function variable(name: string): string {
  const full = name.startsWith('$') ? name : `$${name}`;
  return full === '$' ? '$1' : full;
}
