import type { Json, JsonObject } from '../../model/json.ts';
import { claimItems, LIMITS, spend, spendEntries, spendText } from '../budget.ts';
import { keyOf } from './key.ts';
import { inPythonOrder } from './set-order.ts';
import { Dict, DictView, type Key, PythonSet, Tuple, type Value } from './value.ts';

/** Both kinds of dictionaries, the data's and an expression's own, read in one way. */
export type AnyDict = Dict | JsonObject;

/** The value under the key, or undefined. */
export function dictGet(dict: AnyDict, key: Value): Value | undefined {
  if (dict instanceof Dict) return typeof key === 'string' ? dict.getText(key) : dict.entries.get(keyOf(key))?.[1];
  if (typeof key === 'string') {
    spendText(key.length);
    return Object.hasOwn(dict, key) ? (dict[key] as Json) : undefined;
  }
  keyOf(key);
  return undefined;
}

export function dictGetOr(dict: AnyDict, key: Value, fallback: Value): Value {
  const value = dictGet(dict, key);
  return value === undefined ? fallback : value;
}

export function dictHas(dict: AnyDict, key: Value): boolean {
  return dictGet(dict, key) !== undefined;
}

export function dictSize(dict: AnyDict): number {
  return dict instanceof Dict ? dict.entries.size : keysOf(dict).length;
}

/** An object has to be gone through for its keys, which costs the more the larger it is. */
function keysOf(data: JsonObject): readonly string[] {
  const keys = Object.keys(data);
  // Those of many keys are tables, which are not in order.
  spend(keys.length < 128 ? keys.length : keys.length * 4);
  return keys;
}

export function dictKeys(dict: AnyDict): readonly Value[] {
  if (!(dict instanceof Dict)) return keysOf(dict);
  spend(dict.entries.size);
  return Array.from(dict.entries.values(), (entry) => entry[0]);
}

export function dictValues(dict: AnyDict): readonly Value[] {
  if (!(dict instanceof Dict)) return keysOf(dict).map((key) => dict[key] as Json);
  spend(dict.entries.size);
  return Array.from(dict.entries.values(), (entry) => entry[1]);
}

export function dictEntries(dict: AnyDict): readonly (readonly [key: Value, value: Value])[] {
  if (!(dict instanceof Dict)) {
    const keys = keysOf(dict);
    spend(keys.length);
    return keys.map((key) => [key, dict[key] as Json] as const);
  }
  spend(dict.entries.size);
  return [...dict.entries.values()];
}

/** A dictionary of these entries; of equal keys the first stays and the last value counts, as in Python. */
export function makeDict(entries: Iterable<readonly [key: Value, value: Value]>, frozen: boolean): Dict {
  const map = new Map<Key, readonly [Value, Value]>();
  spend(10);
  for (const [key, value] of entries) {
    spendEntries(1, map.size);
    setEntry(map, key, value);
  }
  claimItems(map.size);
  return new Dict(map, frozen);
}

export function setEntry(entries: Map<Key, readonly [Value, Value]>, key: Value, value: Value): void {
  const mapKey = keyOf(key);
  const existing = entries.get(mapKey);
  entries.set(mapKey, [existing === undefined ? key : existing[0], value]);
}

export function makeSet(items: Iterable<Value>, frozen: boolean): PythonSet {
  const map = new Map<Key, Value>();
  let count = 0;
  for (const item of items) {
    const key = keyOf(item);
    if (!map.has(key)) map.set(key, item);
    spendEntries(1, map.size);
    if (++count > LIMITS.items) claimItems(count);
  }
  return new PythonSet(inPythonOrder(map), frozen);
}

/** A set with the same members as a set or a view of keys or items; null when the value is not a set to Python. */
export function asSet(value: Value): PythonSet | null {
  if (value instanceof PythonSet) return value;
  if (value instanceof DictView && value.kind !== 'values') return makeSet(viewItems(value), false);
  return null;
}

export function viewItems(view: DictView): readonly Value[] {
  switch (view.kind) {
    case 'keys':
      return dictKeys(view.dict);
    case 'values':
      return dictValues(view.dict);
    case 'items':
      spend(dictSize(view.dict) * 2);
      return dictEntries(view.dict).map((entry) => new Tuple(entry));
  }
}
