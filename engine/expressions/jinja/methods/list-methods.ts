import { claimItems } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { equals } from '../../python/equality.ts';
import { repr } from '../../python/text.ts';
import { List, type Value } from '../../python/value.ts';
import { Callable, NO_NAMED } from '../callable.ts';
import { count, items, sorted, truth } from '../values.ts';
import { indexIn } from './item-index.ts';
import { type Methods, method } from './method.ts';

/** Python's list: the one kind of value whose methods change it in place. */
export const LIST_METHODS: Methods<List> = new Map([
  method<List>('append', ['object'], (list, item = null) => {
    list.items.push(item);
    claimItems(list.items.length >>> 8);
    return null;
  }),
  method<List>('clear', [], (list) => {
    list.items.length = 0;
    return null;
  }),
  method<List>('copy', [], (list) => new List([...list.items])),
  method<List>('count', ['value'], (list, value = null) => list.items.filter((item) => equals(item, value)).length),
  method<List>('extend', ['iterable'], (list, more = null) => {
    const added = [...items(more)];
    claimItems(list.items.length + added.length);
    for (const item of added) list.items.push(item);
    return null;
  }),
  method<List>('index', ['value', ['start', 0], ['stop', null]], (list, value = null, start = 0, stop = null) => {
    const place = indexIn(list.items, value, start, stop);
    if (place === -1) throw new ExpressionError(`${repr(value)} is not in list`);
    return place;
  }),
  method<List>('insert', ['index', 'object'], (list, index = null, item = null) => {
    list.items.splice(count(index), 0, item);
    return null;
  }),
  method<List>('pop', [['index', -1]], (list, index = -1) => {
    const place = count(index);
    if (list.items.length === 0) throw new ExpressionError('pop from empty list');
    const at = place < 0 ? place + list.items.length : place;
    if (at < 0 || at >= list.items.length) throw new ExpressionError('pop index out of range');
    const [removed = null] = list.items.splice(at, 1);
    return removed;
  }),
  method<List>('remove', ['value'], (list, value = null) => {
    const place = indexIn(list.items, value, 0, null);
    if (place === -1) throw new ExpressionError('list.remove(x): x not in list');
    list.items.splice(place, 1);
    return null;
  }),
  method<List>('reverse', [], (list) => {
    list.items.reverse();
    return null;
  }),
  method<List>(
    'sort',
    [
      ['key', null],
      ['reverse', false],
    ],
    (list, key = null, reverse = false) => {
      const keyOf = (item: Value): Value =>
        key instanceof Callable ? key.call({ positional: [item], named: NO_NAMED }) : item;
      const ordered = sorted(list.items, keyOf, truth(reverse));
      list.items.splice(0, list.items.length, ...ordered);
      return null;
    },
  ),
]);
