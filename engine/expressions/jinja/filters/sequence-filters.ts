import { claimItems, LIMITS, spend, spendEntries } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { dictEntries } from '../../python/dict.ts';
import { equals } from '../../python/equality.ts';
import { keyOf } from '../../python/key.ts';
import { asText, calculate, isOrdered } from '../../python/operators.ts';
import { characters } from '../../python/strings.ts';
import {
  DictView,
  isDict,
  type Key,
  List,
  PythonSet,
  sequenceItems,
  Tuple,
  typeName,
  type Value,
  ValueIterator,
} from '../../python/value.ts';
import { attributeGetter, attributesGetter } from '../access.ts';
import type { CallArguments } from '../callable.ts';
import type { Environment } from '../environment.ts';
import { GroupTuple } from '../group-tuple.ts';
import { Range } from '../range.ts';
import { defined, Undefined } from '../undefined.ts';
import { count, items, length, sorted, str, truth } from '../values.ts';
import { type Filter, type Filters, filter } from './filter.ts';

const CASE = ['case_sensitive', false] as const;
const ATTRIBUTE = ['attribute', null] as const;

export const SEQUENCE_FILTERS: Filters = [
  filter('batch', ['linecount', ['fill_with', null]], (_environment, value, size = null, filler = null) => {
    return new ValueIterator(batches(value, size, filler));
  }),
  filter('count', [], (_environment, value) => length(value)),
  filter('length', [], (_environment, value) => length(value)),
  filter(
    'dictsort',
    [CASE, ['by', 'key'], ['reverse', false]],
    (_environment, value, caseSensitive = false, by = 'key', reverse = false) => {
      if (by !== 'key' && by !== 'value') throw new ExpressionError('You can only sort by either "key" or "value"');
      if (!isDict(defined(value))) throw new ExpressionError(`'${typeName(value)}' object has no attribute 'items'`);
      const entries = pairsOf(value);
      const key = (entry: Value): Value => {
        const part = sequenceItems(entry)?.[by === 'key' ? 0 : 1] ?? null;
        return truth(caseSensitive) ? part : ignoreCase(part);
      };
      return new List(sorted(entries, key, truth(reverse)));
    },
  ),
  filter('first', [], (_environment, value) => {
    for (const item of items(value)) return item;
    return new Undefined('No first item, sequence was empty.');
  }),
  filter('last', [], (_environment, value) => {
    const last = reversible(value).at(-1);
    return last === undefined ? new Undefined('No last item, sequence was empty.') : last;
  }),
  filter('list', [], (_environment, value) => new List(collect(items(value)))),
  filter('items', [], (_environment, value) => {
    return new ValueIterator(itemPairs(value));
  }),
  filter('min', [CASE, ATTRIBUTE], (_environment, value, caseSensitive = false, attribute = null) =>
    extreme(value, caseSensitive, attribute, '<'),
  ),
  filter('max', [CASE, ATTRIBUTE], (_environment, value, caseSensitive = false, attribute = null) =>
    extreme(value, caseSensitive, attribute, '>'),
  ),
  filter('random', [], ({ scope }, value) => {
    const choices = asText(value) === null ? reversible(value) : characters(str(value));
    const chosen = choices[Math.floor(scope.world.random() * choices.length)];
    return chosen === undefined ? new Undefined('No random item, sequence was empty.') : chosen;
  }),
  filter('reverse', [], (_environment, value) => {
    const text = asText(value);
    if (text !== null) return [...characters(text)].reverse().join('');
    const reversed = collect(items(value)).reverse();
    // What can only be read forwards becomes a list first.
    return isReversible(value) ? new ValueIterator(reversed.values(), 'list_reverseiterator') : new List(reversed);
  }),
  filter('slice', ['slices', ['fill_with', null]], (_environment, value, number = null, filler = null) => {
    return new ValueIterator(sliceUp(value, number, filler));
  }),
  filter(
    'sort',
    [['reverse', false], CASE, ATTRIBUTE],
    (_environment, value, reverse = false, caseSensitive = false, attribute = null) => {
      const isReversed = count(reverse) !== 0;
      const get = attributesGetter(attribute);
      const fold = truth(caseSensitive) ? (each: Value): Value => each : ignoreCase;
      return new List(sorted(collect(items(value)), (item) => new List(get(item).map(fold)), isReversed));
    },
  ),
  filter('sum', [ATTRIBUTE, ['start', 0]], (_environment, value, attribute = null, start = 0) => {
    if (asText(start) !== null) throw new ExpressionError("sum() can't sum strings [use ''.join(seq) instead]");
    const get = attributeGetter(attribute);
    let total: Value = start;
    for (const item of items(value)) {
      spend(1);
      total = calculate('+', total, defined(get(item)));
    }
    return total;
  }),
  filter('unique', [CASE, ATTRIBUTE], (_environment, value, caseSensitive = false, attribute = null) => {
    return new ValueIterator(unique(value, keyGetter(caseSensitive, attribute)));
  }),
  filter(
    'groupby',
    ['attribute', ['default', null], CASE],
    (_environment, value, attribute = null, fallback = null, caseSensitive = false) =>
      groupBy(value, attribute, fallback, truth(caseSensitive)),
  ),
  ['map', (environment, value, args) => new ValueIterator(mapped(environment, value, args))],
  ['select', selecting(true, false)],
  ['reject', selecting(false, false)],
  ['selectattr', selecting(true, true)],
  ['rejectattr', selecting(false, true)],
];

function ignoreCase(value: Value): Value {
  return asText(value)?.toLowerCase() ?? value;
}

function keyGetter(caseSensitive: Value, attribute: Value): (value: Value) => Value {
  const get = attributeGetter(attribute);
  return truth(caseSensitive) ? get : (value) => ignoreCase(get(value));
}

function collect(values: Iterable<Value>): Value[] {
  const result: Value[] = [];
  for (const value of values) {
    spend(1);
    if (result.push(value) > LIMITS.items) claimItems(result.length);
  }
  claimItems(result.length);
  return result;
}

function pairsOf(value: Value): readonly Value[] {
  return isDict(value) ? dictEntries(value).map((entry) => new Tuple(entry)) : [];
}

function* itemPairs(value: Value): Generator<Value> {
  if (value instanceof Undefined) return;
  if (!isDict(value)) throw new ExpressionError('Can only get item pairs from a mapping.');
  yield* pairsOf(value);
}

function isReversible(value: Value): boolean {
  return !(value instanceof ValueIterator || value instanceof PythonSet);
}

/** What Python can go through backwards. */
function reversible(value: Value): readonly Value[] {
  const text = asText(defined(value));
  if (text !== null) return characters(text);
  if (value instanceof Range) return value.iterate();
  const known = sequenceItems(value);
  if (known !== null) return known;
  if (isDict(value) || value instanceof DictView) return [...items(value)];
  throw new ExpressionError(`'${typeName(value)}' object is not reversible`);
}

// A generator does nothing, not even complain, before it is read.
function* batches(source: Value, wanted: Value, filler: Value): Generator<Value> {
  const values = items(source);
  const size = count(wanted);
  let batch: Value[] = [];
  for (const value of values) {
    spend(1);
    if (batch.length === size) {
      yield new List(batch);
      batch = [];
    }
    batch.push(value);
  }
  if (batch.length === 0) return;
  claimItems(filler === null ? 0 : size);
  while (filler !== null && batch.length < size) batch.push(filler);
  yield new List(batch);
}

function* sliceUp(source: Value, wanted: Value, filler: Value): Generator<Value> {
  const values = collect(items(source));
  const slices = count(wanted);
  if (slices === 0) throw new ExpressionError('integer division or modulo by zero');
  const size = Math.floor(values.length / slices);
  const larger = values.length % slices;
  let start = 0;
  for (let number = 0; number < slices; number++) {
    spend(1);
    const end = start + size + (number < larger ? 1 : 0);
    const slice = values.slice(start, end);
    if (filler !== null && number >= larger) slice.push(filler);
    yield new List(slice);
    start = end;
  }
}

function* unique(source: Value, key: (value: Value) => Value): Generator<Value> {
  const seen = new Set<Key>();
  for (const value of items(source)) {
    spend(1);
    const each = keyOf(defined(key(value)));
    if (seen.has(each)) continue;
    spendEntries(1, seen.size);
    seen.add(each);
    yield value;
  }
}

function extreme(value: Value, caseSensitive: Value, attribute: Value, operator: '<' | '>'): Value {
  const get = keyGetter(caseSensitive, attribute);
  let best: { readonly item: Value; readonly key: Value } | null = null;
  for (const item of items(value)) {
    spend(1);
    const key = get(item);
    if (best === null || isOrdered(operator, key, best.key)) best = { item, key };
  }
  return best === null ? new Undefined('No aggregated item, sequence was empty.') : best.item;
}

function groupBy(value: Value, attribute: Value, fallback: Value, caseSensitive: boolean): Value {
  const get = attributeGetter(attribute, fallback);
  const key = (item: Value): Value => (caseSensitive ? get(item) : ignoreCase(get(item)));
  const groups: { readonly key: Value; readonly items: Value[] }[] = [];
  for (const item of sorted(collect(items(value)), key, false)) {
    const itemKey = key(item);
    const last = groups.at(-1);
    if (last !== undefined && equals(last.key, itemKey)) last.items.push(item);
    else groups.push({ key: itemKey, items: [item] });
  }
  // The group is named as its first member spells it.
  return new List(groups.map((group) => new GroupTuple(get(group.items[0] as Value), group.items)));
}

function* mapped(environment: Environment, value: Value, args: CallArguments): Generator<Value> {
  if (!truth(value)) return;
  const change = mapFunction(environment, args);
  for (const item of items(value)) {
    spend(1);
    yield change(item);
  }
}

function mapFunction(environment: Environment, { positional, named }: CallArguments): (item: Value) => Value {
  const attribute = named.get('attribute');
  if (positional.length === 0 && attribute !== undefined) {
    const other = [...named.keys()].find((name) => name !== 'attribute' && name !== 'default');
    if (other !== undefined) throw new ExpressionError(`Unexpected keyword argument '${other}'`);
    return attributeGetter(attribute, named.get('default') ?? null);
  }
  const [name, ...rest] = positional;
  if (name === undefined) throw new ExpressionError('map requires a filter argument');
  return (item) => environment.filter(str(name), item, { positional: rest, named });
}

/** @param wanted which outcome of the test an item stays for @param byAttribute whether an attribute is tested */
function selecting(wanted: boolean, byAttribute: boolean): Filter {
  return (environment, value, args) => new ValueIterator(selected(environment, value, args, wanted, byAttribute));
}

function* selected(
  environment: Environment,
  value: Value,
  { positional, named }: CallArguments,
  wanted: boolean,
  byAttribute: boolean,
): Generator<Value> {
  if (!truth(value)) return;
  const [attribute, ...others] = byAttribute ? positional : [null, ...positional];
  if (attribute === undefined) throw new ExpressionError('Missing parameter for attribute name');
  const get = attributeGetter(attribute);
  const [name, ...rest] = others;
  for (const item of items(value)) {
    spend(1);
    const tested = get(item);
    const outcome =
      name === undefined ? truth(tested) : environment.test(str(name), tested, { positional: rest, named });
    if (outcome === wanted) yield item;
  }
}
