import { spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { dictEntries } from '../../python/dict.ts';
import { iterate, toArray } from '../../python/iterate.ts';
import { isTrue } from '../../python/truth.ts';
import { DictView, PythonSet, sequenceItems, type Value, ValueIterator } from '../../python/value.ts';
import { define, defineWithRest } from '../function-definition.ts';
import { memorize } from '../memorized.ts';
import {
  anything,
  contextLambda,
  dict,
  iterable,
  lambda,
  omissible,
  optional,
  parameter,
  sequence,
  text,
} from '../parameters.ts';

export const SYSTEM = [
  defineWithRest('unpack', 'method', [parameter('sequence', iterable)], text, ({ context }, [items], names) => {
    // YAQL looks at one item more than there are names, and what is no list and no set begins behind that.
    const source = (iterate(items) ?? [])[Symbol.iterator]();
    const first = takeFrom(source, names.length + 1);
    if (names.length > 0 && names.length !== first.length) {
      throw new ExpressionError(`Cannot unpack ${first.length} elements into ${names.length}`);
    }
    const values = names.length > 0 ? first : [...(isReadAgain(items) ? first : []), ...toArray(rest(source))];
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
        spend(90);
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
    [parameter('name', text), parameter('args', sequence), parameter('kwargs', dict), omissible('receiver', anything)],
    (call, name, args, named, receiver) => {
      const byName = dictEntries(named).filter(
        (entry): entry is readonly [string, Value] => typeof entry[0] === 'string',
      );
      return call.callByName(call.context, name, sequenceItems(args) ?? [], new Map(byName), receiver);
    },
  ),
];

function variable(name: string): string {
  const full = name.startsWith('$') ? name : `$${name}`;
  return full === '$' ? '$1' : full;
}

function takeFrom(source: Iterator<Value>, count: number): Value[] {
  const taken: Value[] = [];
  for (let next = source.next(); !next.done; next = source.next()) {
    taken.push(next.value);
    if (taken.length === count) break;
  }
  return taken;
}

function rest(source: Iterator<Value>): Iterable<Value> {
  return { [Symbol.iterator]: () => source };
}

function isReadAgain(items: Value): boolean {
  const isView = items instanceof DictView && items.kind !== 'values';
  return isView || items instanceof PythonSet || sequenceItems(items) !== null;
}
