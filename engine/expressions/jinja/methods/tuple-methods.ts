import { spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { equals } from '../../python/equality.ts';
import type { Tuple } from '../../python/value.ts';
import { indexIn } from './item-index.ts';
import { type Methods, method } from './method.ts';

export const TUPLE_METHODS: Methods<Tuple> = new Map([
  method<Tuple>('count', ['value'], (tuple, value = null) => {
    spend(tuple.items.length);
    return tuple.items.filter((item) => equals(item, value)).length;
  }),
  method<Tuple>('index', ['value', ['start', 0], ['stop', null]], (tuple, value = null, start = 0, stop = null) => {
    const place = indexIn(tuple.items, value, start, stop);
    if (place === -1) throw new ExpressionError('tuple.index(x): x not in tuple');
    return place;
  }),
]);
