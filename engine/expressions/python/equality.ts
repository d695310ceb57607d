import { enter, leave, spend, spendText } from '../budget.ts';
import { DateTime } from './date-time.ts';
import { asSet, dictEntries, dictGet, dictSize } from './dict.ts';
import { keyOf } from './key.ts';
import { compareNumbers } from './numbers.ts';
import { Pattern } from './regex/pattern.ts';
import { toText } from './text.ts';
import { TimeSpan } from './time-span.ts';
import { DictView, isDict, isNumber, isTuple, PythonObject, sequenceItems, type Value } from './value.ts';

/** Python's `==`: `1 == 1.0 == True`, a list never equals a tuple, different kinds are just unequal. */
export function equals(a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string' && a.length === b.length) spendText(a.length);
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (typeof a === 'string' || typeof b === 'string') return false;
  const left = typeof a === 'boolean' ? Number(a) : a;
  const right = typeof b === 'boolean' ? Number(b) : b;
  if (isNumber(left) || isNumber(right)) {
    return isNumber(left) && isNumber(right) && compareNumbers(left, right) === 0;
  }
  return equalObjects(left, right);
}

function equalObjects(a: Exclude<Value, null>, b: Exclude<Value, null>): boolean {
  const items = sequenceItems(a);
  const others = sequenceItems(b);
  if (items !== null || others !== null) {
    if (items === null || others === null || items.length !== others.length || isTuple(a) !== isTuple(b)) return false;
    spend(items.length);
    enter();
    const same = items.every((item, index) => equals(item, others[index] as Value));
    leave();
    return same;
  }
  if (isDict(a) && isDict(b)) {
    if (dictSize(a) !== dictSize(b)) return false;
    const entries = dictEntries(a);
    spend(entries.length);
    enter();
    const same = entries.every(([key, value]) => {
      const other = dictGet(b, key);
      return other !== undefined && equals(value, other);
    });
    leave();
    return same;
  }
  if (a instanceof DateTime && b instanceof DateTime) return a.equals(b);
  if (a instanceof PythonObject && a.isEqual(b)) return true;
  if (a instanceof Pattern && b instanceof Pattern) return toText(a) === toText(b);
  if (a instanceof TimeSpan && b instanceof TimeSpan) return a.microseconds === b.microseconds;
  if (a instanceof DictView && a.kind === 'values') return false;
  const set = asSet(a);
  const otherSet = asSet(b);
  if (set === null || otherSet === null || set.entries.size !== otherSet.entries.size) return false;
  spend(set.entries.size);
  return [...set.entries.keys()].every((key) => otherSet.entries.has(key));
}

/** Python's `in` for anything that can be iterated: identity or equality with one of the items. */
export function includes(items: Iterable<Value>, value: Value): boolean {
  for (const item of items) {
    spend(1);
    if (equals(item, value)) return true;
  }
  return false;
}

/** Whether the set has the member. @throws ExpressionError when the value cannot be a member of a set */
export function setHas(set: { readonly entries: ReadonlyMap<unknown, Value> }, value: Value): boolean {
  return set.entries.has(keyOf(value));
}
