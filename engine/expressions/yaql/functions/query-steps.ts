import { spend, spendEntries } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { equals } from '../../python/equality.ts';
import { iterate } from '../../python/iterate.ts';
import { keyOf } from '../../python/key.ts';
import { isTrue } from '../../python/truth.ts';
import { type Key, List, sequenceItems, Tuple, type Value } from '../../python/value.ts';
import type { Lambda } from '../call.ts';
import { isIterable } from '../parameters.ts';
import { toTuple } from './collections.ts';

/** What the query functions do to a stream of items; each is read only as far as somebody asks. */

/** The items of something iterable. */
export function all(items: Value): Iterable<Value> {
  return iterate(items) ?? [];
}

export function* filter(items: Iterable<Value>, test: Lambda): Generator<Value> {
  for (const item of items) if (isTrue(test(item))) yield item;
}

export function* map(items: Iterable<Value>, change: Lambda): Generator<Value> {
  for (const item of items) yield change(item);
}

export function* take(items: Iterable<Value>, count: number): Generator<Value> {
  if (count === 0) return;
  let taken = 0;
  for (const item of items) {
    yield item;
    if (++taken === count) return;
  }
}

export function* skip(items: Iterable<Value>, count: number): Generator<Value> {
  let place = 0;
  for (const item of items) {
    spend(1);
    if (place++ >= count) yield item;
  }
}

export function* chain(collections: readonly Iterable<Value>[]): Generator<Value> {
  for (const items of collections) yield* items;
}

export function* distinct(items: Iterable<Value>, selector: Lambda | null): Generator<Value> {
  const seen = new Set<Key>();
  for (const item of items) {
    spend(1);
    const key = keyOf(selector === null ? item : selector(item));
    if (seen.has(key)) continue;
    spendEntries(1, seen.size);
    seen.add(key);
    yield item;
  }
}

export function* enumerate(items: Iterable<Value>, start: number): Generator<Value> {
  let place = start;
  for (const item of items) {
    spend(7);
    yield new List([place++, item]);
  }
}

/** Whether some item's truth is as wanted. */
export function some(items: Iterable<Value>, test: Lambda | null, wanted: boolean): boolean {
  for (const item of items) {
    spend(1);
    if (isTrue(test === null ? item : test(item)) === wanted) return true;
  }
  return false;
}

export function hasItems(items: Iterable<Value>): boolean {
  for (const _ of items) return true;
  return false;
}

export function count(items: Value): number {
  let total = 0;
  for (const _ of all(items)) {
    spend(1);
    total++;
  }
  return total;
}

export function reduce(items: Iterable<Value>, combine: (a: Value, b: Value) => Value, seed: Value | undefined): Value {
  let result = seed;
  for (const item of items) {
    spend(1);
    result = result === undefined ? item : combine(result, item);
  }
  if (result === undefined) throw new ExpressionError('reduce() of empty iterable with no initial value');
  return result;
}

export function empty(name: string): never {
  throw new ExpressionError(`${name}() finds no item: the collection is empty.`);
}

export function* selectMany(items: Iterable<Value>, change: Lambda): Generator<Value> {
  for (const item of items) {
    const inner = change(item);
    if (isIterable(inner)) yield* all(inner);
    else yield inner;
  }
}

/** @param filler for those that end early; undefined: end with the first that does */
export function* zip(collections: readonly Iterable<Value>[], filler: Value | undefined): Generator<Value> {
  const iterators = collections.map((items) => items[Symbol.iterator]());
  for (;;) {
    spend(10);
    const steps: Value[] = [];
    let live = false;
    for (const iterator of iterators) {
      const step = iterator.next();
      if (step.done === true && filler === undefined) return;
      live ||= step.done !== true;
      steps.push(step.done === true ? (filler ?? null) : step.value);
    }
    if (!live) return;
    yield new Tuple(steps);
  }
}

export function* join(items: Iterable<Value>, others: Value, test: Lambda, combine: Lambda): Generator<Value> {
  for (const item of items) {
    for (const other of all(others)) if (isTrue(test(item, other))) yield combine(item, other);
  }
}

export function* takeWhile(items: Iterable<Value>, test: Lambda): Generator<Value> {
  for (const item of items) {
    if (!isTrue(test(item))) return;
    yield item;
  }
}

export function* skipWhile(items: Iterable<Value>, test: Lambda): Generator<Value> {
  let skipping = true;
  for (const item of items) {
    skipping &&= isTrue(test(item));
    if (!skipping) yield item;
  }
}

export function findFirst(items: Iterable<Value>, test: (item: Value) => boolean): number {
  let place = 0;
  for (const item of items) {
    spend(1);
    if (test(item)) return place;
    place++;
  }
  return -1;
}

export function findLast(items: Iterable<Value>, test: (item: Value) => boolean): number {
  let place = 0;
  let found = -1;
  for (const item of items) {
    spend(1);
    if (test(item)) found = place;
    place++;
  }
  return found;
}

export function* slices(items: Iterable<Value>, length: number): Generator<Value> {
  if (length === 0) return;
  let slice: Value[] = [];
  for (const item of items) {
    spend(1);
    slice.push(item);
    if (slice.length < length) continue;
    spend(10);
    yield new Tuple(slice);
    slice = [];
  }
  if (slice.length > 0) yield new Tuple(slice);
}

export function* splitWhere(items: Value, test: Lambda): Generator<Value> {
  const list = sequenceItems(toTuple(items)) ?? [];
  let start = 0;
  let end = 0;
  for (const item of list) {
    if (isTrue(test(item))) {
      spend((end - start) >>> 3);
      yield new Tuple(list.slice(start, end));
      start = end + 1;
    }
    end++;
  }
  if (start !== end) yield new Tuple(list.slice(start, end));
}

export function* sliceWhere(items: Value, test: Lambda): Generator<Value> {
  const list = sequenceItems(toTuple(items)) ?? [];
  let start = 0;
  let previous: Value | undefined;
  for (const [end, item] of list.entries()) {
    const result = test(item);
    if (previous !== undefined && !equals(result, previous)) {
      yield new Tuple(list.slice(start, end));
      start = end;
    }
    previous = result;
  }
  if (start !== list.length) yield new Tuple(list.slice(start));
}

export function* accumulate(items: Iterable<Value>, combine: Lambda, seed: Value | undefined): Generator<Value> {
  let total = seed;
  if (total !== undefined) yield total;
  for (const item of items) {
    spend(2);
    total = total === undefined ? item : combine(total, item);
    yield total;
  }
  if (total === undefined) throw new ExpressionError('accumulate() of empty sequence with no initial value');
}
