import { claimItems, LIMITS, spend } from '../budget.ts';
import { dictKeys, viewItems } from './dict.ts';
import { DictView, isDict, PythonSet, sequenceItems, type Value, ValueIterator } from './value.ts';

/** What can be iterated without being one of the built-in kinds, a sorted view for one. */
interface CustomIterable {
  iterate(): Iterable<Value>;
}

function isCustomIterable(value: Value): value is Value & CustomIterable {
  return typeof value === 'object' && value !== null && 'iterate' in value && typeof value.iterate === 'function';
}

/** Whether {@link iterate} gives anything; nothing is gone through for that. */
export function isIterable(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'string';
  if (sequenceItems(value) !== null || value instanceof ValueIterator || value instanceof PythonSet) return true;
  return value instanceof DictView || isDict(value) || isCustomIterable(value);
}

/** The items as Python's `iter` gives them (characters, keys, members), or null when the value has none. */
export function iterate(value: Value): Iterable<Value> | null {
  const items = sequenceItems(value);
  if (items !== null) return items;
  if (typeof value === 'string') return value;
  if (value instanceof ValueIterator) return paced(value.iterator());
  if (value instanceof PythonSet) return value.entries.values();
  if (value instanceof DictView) return viewItems(value);
  if (isDict(value)) return dictKeys(value);
  return isCustomIterable(value) ? value.iterate() : null;
}

/** Iterates what is left of the source; stopping early leaves the rest for others, as in Python. */
function paced(source: Iterator<Value>): IterableIterator<Value> {
  return {
    next(): IteratorResult<Value> {
      spend(1);
      return source.next();
    },
    [Symbol.iterator](): IterableIterator<Value> {
      return this;
    },
  };
}

/** All items at once. @throws ExpressionError when there are too many */
export function toArray(items: Iterable<Value>): Value[] {
  const result: Value[] = [];
  for (const item of items) {
    spend(1);
    if (result.push(item) > LIMITS.items) claimItems(result.length);
  }
  return result;
}
