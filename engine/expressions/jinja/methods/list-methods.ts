import { claimItems, LIMITS, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { equals } from '../../python/equality.ts';
import { repr } from '../../python/text.ts';
import { List, type Value } from '../../python/value.ts';
import { Callable, NO_NAMED } from '../callable.ts';
import { count, items, sorted, truth } from '../values.ts';
import { indexIn } from './item-index.ts';
import { type Methods, method } from './method.ts';

/** Refuses a list that has grown too long. */
function claimLength(length: number): void {
  if (length > LIMITS.items) claimItems(length);
}

/** Pays for moving what stands behind a place of the list. */
function spendMove(list: List): void {
  spend(list.items.length >>> 6);
}

/** Python's list: the one kind of value whose methods change it in place. */
export const LIST_METHODS: Methods<List> = new Map([
  method<List>('append', ['object'], (list, item = null) => {
    list.items.push(item);
    claimLength(list.items.length);
    return null;
  }),
  method<List>('clear', [], (list) => {
    list.items.length = 0;
    return null;
  }),
  method<List>('copy', [], (list) => {
    spend(list.items.length >>> 1);
    return new List([...list.items]);
  }),
  method<List>('count', ['value'], (list, value = null) => {
    spend(list.items.length);
    return list.items.filter((item) => equals(item, value)).length;
  }),
  method<List>('extend', ['iterable'], (list, more = null) => {
    const added = [...items(more)];
    claimItems(added.length);
    claimLength(list.items.length + added.length);
    for (const item of added) list.items.push(item);
    return null;
  }),
  method<List>('index', ['value', ['start', 0], ['stop', null]], (list, value = null, start = 0, stop = null) => {
    const place = indexIn(list.items, value, start, stop);
    if (place === -1) throw new ExpressionError(`${repr(value)} is not in list`);
    return place;
  }),
  method<List>('insert', ['index', 'object'], (list, index = null, item = null) => {
    spendMove(list);
    list.items.splice(count(index), 0, item);
    claimLength(list.items.length);
    return null;
  }),
  method<List>('pop', [['index', -1]], (list, index = -1) => {
    const place = count(index);
    if (list.items.length === 0) throw new ExpressionError('pop from empty list');
    const at = place < 0 ? place + list.items.length : place;
    if (at < 0 || at >= list.items.length) throw new ExpressionError('pop index out of range');
    if (at < list.items.length - 1) spendMove(list);
    const [removed = null] = list.items.splice(at, 1);
    return removed;
  }),
  method<List>('remove', ['value'], (list, value = null) => {
    const place = indexIn(list.items, value, 0, null);
    if (place === -1) throw new ExpressionError('list.remove(x): x not in list');
    spendMove(list);
    list.items.splice(place, 1);
    return null;
  }),
  method<List>('reverse', [], (list) => {
    spend(list.items.length >>> 3);
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
      for (const [place, item] of ordered.entries()) list.items[place] = item;
      return null;
    },
  ),
]);
