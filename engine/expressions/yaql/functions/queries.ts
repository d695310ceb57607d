import { spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { asSet } from '../../python/dict.ts';
import { equals } from '../../python/equality.ts';
import { isTrue } from '../../python/truth.ts';
import { List, sequenceItems, Tuple, type Value, ValueIterator } from '../../python/value.ts';
import type { Lambda } from '../call.ts';
import { define, defineWithRest, type FunctionDefinition } from '../function-definition.ts';
import { memorize } from '../memorized.ts';
import { plus } from '../operators.ts';
import { Ordering } from '../ordering.ts';
import {
  anything,
  index,
  isIterable,
  iterable,
  iterator,
  lambda,
  nullable,
  omissible,
  optional,
  ordering,
  parameter,
  size,
} from '../parameters.ts';
import { toTuple } from './collections.ts';
import { GENERATORS } from './generators.ts';
import { GROUPING } from './grouping.ts';
import { greater, lesser } from './math.ts';
import { MERGING } from './merging.ts';
import {
  accumulate,
  all,
  chain,
  count,
  distinct,
  empty,
  enumerate,
  filter,
  findFirst,
  findLast,
  hasItems,
  join,
  map,
  reduce,
  selectMany,
  skip,
  skipWhile,
  slices,
  sliceWhere,
  some,
  splitWhere,
  take,
  takeWhile,
  zip,
} from './query-steps.ts';

const collection = parameter('collection', iterable);
const predicate = parameter('predicate', lambda);
const selector = parameter('selector', lambda);
const maybePredicate = optional('predicate', nullable(lambda), null);

const where = (name: string): FunctionDefinition =>
  define(name, 'method', [collection, predicate], (_call, items, test) => {
    return new ValueIterator(filter(all(items), test), 'filter');
  });
const select = (name: string): FunctionDefinition =>
  define(name, 'method', [collection, selector], (_call, items, change) => {
    return new ValueIterator(map(all(items), change), 'map');
  });
const limit = (name: string): FunctionDefinition =>
  define(name, 'method', [collection, parameter('count', size)], (_call, items, count) => {
    if (count < 0)
      throw new ExpressionError('Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
    return new ValueIterator(take(all(items), count));
  });
const aggregate = (name: string): FunctionDefinition =>
  define(name, 'method', [collection, selector, omissible('seed', anything)], (_call, items, combine, seed) =>
    reduce(all(items), combine, seed),
  );

export const QUERIES = [
  where('where'),
  where('filter'),
  select('select'),
  select('map'),
  limit('limit'),
  limit('take'),
  define('skip', 'method', [collection, parameter('count', size)], (_call, items, count) => {
    if (count < 0) throw new ExpressionError('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
    return new ValueIterator(skip(all(items), count));
  }),
  defineWithRest('append', 'both', [collection], anything, (_call, [items], more) => {
    return new ValueIterator(chain([all(items), more]));
  }),
  define('distinct', 'both', [collection, optional('keySelector', nullable(lambda), null)], (_call, items, key) => {
    return new ValueIterator(distinct(all(items), key));
  }),
  define('enumerate', 'both', [collection, optional('start', index, 0)], (_call, items, start) => {
    return new ValueIterator(enumerate(all(items), start));
  }),
  define('any', 'both', [collection, maybePredicate], (_call, items, test) =>
    test === null ? hasItems(all(items)) : some(all(items), test, true),
  ),
  define('all', 'both', [collection, maybePredicate], (_call, items, test) => !some(all(items), test, false)),
  defineWithRest('concat', 'both', [], iterable, (_call, _args, collections) => {
    return new ValueIterator(chain(collections.map(all)));
  }),
  define('len', 'both', [parameter('collection', iterator)], (_call, items) => count(items)),
  define('count', 'method', [collection], (_call, items) => count(items)),
  define('memorize', 'method', [collection], (_call, items) => memorize(items)),
  define('sum', 'method', [collection, omissible('initial', anything)], (_call, items, initial) =>
    reduce(all(items), plus, initial),
  ),
  define('max', 'method', [collection, omissible('initial', anything)], (_call, items, initial) =>
    reduce(all(items), greater, initial),
  ),
  define('min', 'method', [collection, omissible('initial', anything)], (_call, items, initial) =>
    reduce(all(items), lesser, initial),
  ),
  define('first', 'method', [collection, omissible('default', anything)], (_call, items, fallback) => {
    for (const item of all(items)) return item;
    return fallback === undefined ? empty('first') : fallback;
  }),
  define('single', 'method', [collection], (_call, items) => {
    const [item, second] = all(items);
    if (item === undefined) return empty('single');
    if (second !== undefined) throw new ExpressionError('Collection contains more than one item');
    return item;
  }),
  define('last', 'method', [collection, omissible('default', anything)], (_call, items, fallback) => {
    const known = sequenceItems(items);
    let last: Value | undefined = known?.at(-1);
    if (known === null) {
      for (const item of all(items)) {
        spend(1);
        last = item;
      }
    }
    if (last !== undefined) return last;
    return fallback === undefined ? empty('last') : fallback;
  }),
  define('selectMany', 'method', [collection, selector], (_call, items, change) => {
    return new ValueIterator(selectMany(all(items), change));
  }),
  define('orderBy', 'method', [collection, selector], (_call, items, key) => order(items, key, true)),
  define('orderByDescending', 'method', [collection, selector], (_call, items, key) => order(items, key, false)),
  define('thenBy', 'method', [parameter('collection', ordering), selector], (_call, items, key) => {
    items.addField(key, true);
    return items;
  }),
  define('thenByDescending', 'method', [parameter('collection', ordering), selector], (_call, items, key) => {
    items.addField(key, false);
    return items;
  }),
  defineWithRest('zip', 'method', [], iterable, (_call, _args, collections) => {
    return new ValueIterator(zip(collections.map(all), undefined), 'zip');
  }),
  defineWithRest(
    'zipLongest',
    'method',
    [],
    iterable,
    (_call, _args, collections, named) => {
      return new ValueIterator(zip(collections.map(all), named.get('default') ?? null), 'itertools.zip_longest');
    },
    { takesNamed: true },
  ),
  define(
    'join',
    'method',
    [parameter('collection1', iterable), parameter('collection2', iterable), predicate, selector],
    (_call, items, others, test, combine) => new ValueIterator(join(all(items), memorize(others), test, combine)),
  ),
  define('takeWhile', 'method', [collection, predicate], (_call, items, test) => {
    return new ValueIterator(takeWhile(all(items), test));
  }),
  define('skipWhile', 'method', [collection, predicate], (_call, items, test) => {
    return new ValueIterator(skipWhile(all(items), test));
  }),
  define('indexOf', 'method', [collection, parameter('item', anything)], (_call, items, item) =>
    findFirst(all(items), (each) => equals(each, item)),
  ),
  define('lastIndexOf', 'method', [collection, parameter('item', anything)], (_call, items, item) =>
    findLast(all(items), (each) => equals(each, item)),
  ),
  define('indexWhere', 'method', [collection, predicate], (_call, items, test) =>
    findFirst(all(items), (each) => isTrue(test(each))),
  ),
  define('lastIndexWhere', 'method', [collection, predicate], (_call, items, test) =>
    findLast(all(items), (each) => isTrue(test(each))),
  ),
  define('slice', 'method', [collection, parameter('length', size)], (_call, items, length) => {
    if (length < 0)
      throw new ExpressionError('Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
    return new ValueIterator(slices(all(items), length));
  }),
  define('splitWhere', 'method', [collection, predicate], (_call, items, test) => {
    return new ValueIterator(splitWhere(items, test));
  }),
  define('sliceWhere', 'method', [collection, predicate], (_call, items, test) => {
    return new ValueIterator(sliceWhere(items, test));
  }),
  define('splitAt', 'method', [collection, parameter('index', index)], (_call, items, at) => {
    const list = sequenceItems(toTuple(items)) ?? [];
    spend(list.length >>> 1);
    return new List([new Tuple(list.slice(0, at)), new Tuple(list.slice(at))]);
  }),
  aggregate('aggregate'),
  aggregate('reduce'),
  define('accumulate', 'method', [collection, selector, omissible('seed', anything)], (_call, items, combine, seed) => {
    return new ValueIterator(accumulate(all(items), combine, seed));
  }),
  define('reverse', 'method', [collection], (_call, items) => {
    const list = sequenceItems(toTuple(items)) ?? [];
    spend(list.length >>> 1);
    return new ValueIterator([...list].reverse().values(), 'reversed');
  }),
  define('isIterable', 'function', [parameter('value', anything)], (_call, value) => isIterable(value)),
  define('defaultIfEmpty', 'method', [collection, parameter('default', iterable)], (_call, items, fallback) => {
    const known = sequenceItems(items)?.length ?? asSet(items)?.entries.size;
    if (known !== undefined) return known === 0 ? fallback : items;
    const kept = memorize(items);
    for (const _ of all(kept)) return kept;
    return fallback;
  }),
  ...GROUPING,
  ...GENERATORS,
  ...MERGING,
];

function order(items: Value, selector: Lambda, ascending: boolean): Ordering {
  const ordering = new Ordering(all(items));
  ordering.addField(selector, ascending);
  return ordering;
}
