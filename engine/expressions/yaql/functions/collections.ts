import { claimItems, spend, spendEntries } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import {
  type AnyDict,
  asSet,
  dictEntries,
  dictGetOr,
  dictHas,
  dictSize,
  dictValues,
  makeDict,
  makeSet,
} from '../../python/dict.ts';
import { includes, setHas } from '../../python/equality.ts';
import { iterate, toArray } from '../../python/iterate.ts';
import { keyOf } from '../../python/key.ts';
import {
  Dict,
  DictView,
  isDict,
  type Key,
  List,
  type PythonSet,
  sequenceItems,
  Tuple,
  type Value,
  ValueIterator,
} from '../../python/value.ts';
import { define, defineWithRest } from '../function-definition.ts';
import { contains, difference, ownSet } from '../operators.ts';
import {
  anything,
  dict,
  index,
  isIterable,
  iterable,
  lambda,
  mapping,
  nullable,
  optional,
  parameter,
  plainIterable,
  sequence,
  set,
  setOrView,
} from '../parameters.ts';

const collection = parameter('collection', iterable);
const dictionary = parameter('dict', dict);
const position = parameter('position', index);
const left = parameter('left', setOrView);
const right = parameter('right', set);
const one = optional('count', index, 1);

export const COLLECTIONS = [
  defineWithRest('list', 'function', [], anything, (_call, _args, items) => new Tuple(toArray(unrolled(items)))),
  define('flatten', 'method', [collection], (_call, items) => new ValueIterator(flatten(items))),
  define('toList', 'method', [collection], (_call, items) => toTuple(items)),
  defineWithRest(
    'dict',
    'function',
    [],
    mapping,
    (_call, _args, rules) =>
      makeDict(
        rules.map((rule) => [rule.source, rule.destination] as const),
        true,
      ),
    { noKeywords: true },
  ),
  define(
    'dict',
    'function',
    [parameter('items', iterable)],
    (_call, items) => makeDict(toArray(all(items)).map(pair), true),
    { noKeywords: true },
  ),
  define(
    'toDict',
    'method',
    [collection, parameter('keySelector', lambda), optional('valueSelector', nullable(lambda), null)],
    (_call, items, key, value) =>
      makeDict(
        toArray(all(items)).map((item) => [key(item), value === null ? item : value(item)] as const),
        false,
      ),
  ),
  define(
    'get',
    'method',
    [dictionary, parameter('key', anything), optional('default', anything, null)],
    (_call, entries, key, fallback) => dictGetOr(entries, key, fallback),
  ),
  define(
    'set',
    'method',
    [dictionary, parameter('key', anything), parameter('value', anything)],
    (_call, entries, key, value) => makeDict([...dictEntries(entries), [key, value]], true),
    { noKeywords: true },
  ),
  define(
    'set',
    'method',
    [dictionary, parameter('replacements', dict)],
    (_call, entries, replacements) => makeDict([...dictEntries(entries), ...dictEntries(replacements)], true),
    { noKeywords: true },
  ),
  defineWithRest(
    'set',
    'method',
    [dictionary],
    mapping,
    (_call, [entries], rules) =>
      makeDict([...dictEntries(entries), ...rules.map((rule) => [rule.source, rule.destination] as const)], true),
    { noKeywords: true },
  ),
  define('keys', 'method', [dictionary], (_call, entries) => new DictView('keys', entries)),
  define('values', 'method', [dictionary], (_call, entries) => new DictView('values', entries)),
  define('items', 'method', [dictionary], (_call, entries) => new DictView('items', entries)),
  define('contains', 'method', [collection, parameter('value', anything)], (_call, items, value) =>
    contains(items, value),
  ),
  define('containsKey', 'method', [dictionary, parameter('key', anything)], (_call, entries, key) =>
    dictHas(entries, key),
  ),
  define('containsValue', 'method', [dictionary, parameter('value', anything)], (_call, entries, value) =>
    includes(dictValues(entries), value),
  ),
  define('isList', 'function', [parameter('arg', anything)], (_call, value) => sequenceItems(value) !== null),
  define('isDict', 'function', [parameter('arg', anything)], (_call, value) => isDict(value)),
  define('isSet', 'function', [parameter('arg', anything)], (_call, value) => asSet(value) !== null),
  define('len', 'both', [dictionary], (_call, entries) => dictSize(entries)),
  define('len', 'both', [parameter('sequence', sequence)], (_call, items) => sequenceItems(items)?.length ?? 0),
  define('len', 'both', [parameter('set', set)], (_call, members) => members.entries.size),
  define(
    'delete',
    'method',
    [collection, position, one],
    (_call, items, from, count) => new ValueIterator(without(items, from, count)),
  ),
  define(
    'replace',
    'method',
    [collection, position, parameter('value', anything), one],
    (_call, items, from, value, count) => new ValueIterator(replaced(items, from, [value], count)),
  ),
  define(
    'replaceMany',
    'method',
    [collection, position, parameter('values', iterable), one],
    (_call, items, from, values, count) => new ValueIterator(replaced(items, from, all(values), count)),
  ),
  defineWithRest('delete', 'method', [dictionary], anything, (_call, [entries], keys) => withoutKeys(entries, keys)),
  define('deleteAll', 'method', [dictionary, parameter('keys', iterable)], (_call, entries, keys) =>
    withoutKeys(entries, all(keys)),
  ),
  define(
    'insert',
    'method',
    [parameter('collection', plainIterable), position, parameter('value', anything)],
    (_call, items, at, value) => new ValueIterator(inserted(items, at, [value], false)),
  ),
  define(
    'insert',
    'method',
    [parameter('collection', sequence), position, parameter('value', anything)],
    (_call, items, at, value) => {
      const list = sequenceItems(items) ?? [];
      claimItems(list.length);
      const copy = [...list];
      // As Python's list.insert: beyond either end means at that end.
      copy.splice(at, 0, value);
      return new List(copy);
    },
  ),
  define(
    'insertMany',
    'method',
    [collection, position, parameter('values', iterable)],
    (_call, items, at, values) => new ValueIterator(inserted(items, at, all(values), true)),
  ),
  defineWithRest('set', 'function', [], anything, (_call, _args, items) => makeSet(unrolled(items), true)),
  define('toSet', 'method', [collection], (_call, items) => makeSet(all(items), true)),
  define('union', 'method', [left, right], (_call, a, b) => union(ownSet(a, 'union'), b.entries.values())),
  define('intersect', 'method', [left, right], (_call, a, b) => {
    const { entries, frozen } = ownSet(a, 'intersection');
    return makeSet(
      [...entries.values()].filter((member) => setHas(b, member)),
      frozen,
    );
  }),
  define('difference', 'method', [left, right], (_call, a, b) => difference(a, b)),
  define('symmetricDifference', 'method', [left, right], (_call, a, b) => {
    const own = ownSet(a, 'symmetric_difference');
    return union(
      difference(own, b),
      [...b.entries.values()].filter((member) => !setHas(own, member)),
    );
  }),
  defineWithRest('add', 'method', [parameter('set', setOrView)], anything, (_call, [members], values) =>
    union(ownSet(members, 'union'), values),
  ),
  defineWithRest('remove', 'method', [parameter('set', setOrView)], anything, (_call, [members], values) =>
    difference(members, makeSet(values, true)),
  ),
];

function all(items: Value): Iterable<Value> {
  return iterate(items) ?? [];
}

export function toTuple(items: Value): Value {
  // Data lists are tuples already.
  return Array.isArray(items) || items instanceof Tuple ? items : new Tuple(toArray(all(items)));
}

function* unrolled(items: Iterable<Value>): Generator<Value> {
  for (const item of items) {
    spend(2);
    if (item instanceof ValueIterator) yield* unrolled(all(item));
    else yield item;
  }
}

function* flatten(items: Value): Generator<Value> {
  for (const item of all(items)) {
    spend(3);
    if (isIterable(item)) yield* flatten(item);
    else yield item;
  }
}

/** The first two items of something iterable, as a key and its value. */
function pair(item: Value): readonly [Value, Value] {
  const items = iterate(item);
  if (items === null) throw new ExpressionError('A dictionary is made of pairs, and this is none.');
  const [key, value] = items;
  if (key === undefined || value === undefined)
    throw new ExpressionError('A dictionary is made of pairs: one is too short.');
  return [key, value];
}

function* without(items: Value, from: number, count: number): Generator<Value> {
  let place = 0;
  for (const item of all(items)) {
    spend(1);
    const dropped = count >= 0 ? from <= place && place < from + count : place >= from;
    if (!dropped) yield item;
    place++;
  }
}

function* replaced(items: Value, from: number, values: Iterable<Value>, count: number): Generator<Value> {
  let place = 0;
  let done = false;
  for (const item of all(items)) {
    spend(1);
    const dropped = count >= 0 ? from <= place && place < from + count : place >= from;
    if (!dropped) yield item;
    else if (!done) {
      done = true;
      yield* values;
    }
    place++;
  }
}

function* inserted(items: Value, at: number, values: Iterable<Value>, alsoBefore: boolean): Generator<Value> {
  if (alsoBefore && at < 0) yield* values;
  let place = -1;
  for (const item of all(items)) {
    spend(1);
    place++;
    if (place === at) yield* values;
    yield item;
  }
  if (at > place) yield* values;
}

function withoutKeys(entries: AnyDict, keys: Iterable<Value>): Dict {
  spendEntries(dictSize(entries));
  const copy = new Map<Key, readonly [Value, Value]>(
    dictEntries(entries).map(([key, value]) => [keyOf(key), [key, value]] as const),
  );
  claimItems(copy.size);
  for (const key of keys) {
    spend(1);
    copy.delete(keyOf(key));
  }
  return new Dict(copy, false);
}

function union(members: PythonSet, more: Iterable<Value>): PythonSet {
  return makeSet([...members.entries.values(), ...more], members.frozen);
}
