import { BigInteger, Float } from '../../model/json.ts';
import { dataArrayType, enter, leave, spend, spendText } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { Bytes } from './bytes.ts';
import { DateTime } from './date-time.ts';
import { bitLength } from './numbers.ts';
import { TimeSpan } from './time-span.ts';
import {
  Dict,
  DictView,
  isDataObject,
  isTuple,
  type Key,
  PythonObject,
  PythonSet,
  sequenceItems,
  textKey,
  typeName,
  type Value,
} from './value.ts';

/**
 * What stands for the value in a map or set, as Python's `hash` and `==` do: `1`, `1.0` and `true` are one key.
 * @throws ExpressionError when Python could not use the value as a key
 */
export function keyOf(value: Value): Key {
  switch (typeof value) {
    case 'string':
      spendText(value.length);
      // From here on a map knows texts by their length alone, and has to compare those that are equally long.
      if (value.length > 16_000) spend(value.length >>> 1);
      return textKey(value);
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return value === null ? null : compositeKey(value);
  }
}

function compositeKey(value: Exclude<Value, null>): Key {
  if (value instanceof Float)
    return Number.isSafeInteger(value.value) || !Number.isInteger(value.value) ? value.value + 0 : BigInt(value.value);
  if (value instanceof BigInteger) return bigIntegerKey(value);
  if (value instanceof DateTime) return `\0d${value.key()}`;
  if (value instanceof Bytes) return `\0b${value.key()}`;
  if (value instanceof TimeSpan) return `\0p${value.microseconds}`;
  if (isTuple(value)) return `\0t${join((sequenceItems(value) ?? []).map(encode))}`;
  if (value instanceof PythonSet && value.frozen)
    return `\0f${join(sorted(Array.from(value.entries.values(), encode)))}`;
  if (value instanceof Dict && value.frozen)
    return `\0m${join(sorted(Array.from(value.entries.values(), encodePair)))}`;
  if (isDataObject(value) && dataArrayType() === 'tuple') {
    // YAQL makes its data hashable; Python's dictionaries, which Jinja2 sees, are not.
    return `\0m${join(sorted(Object.entries(value).map(encodePair)))}`;
  }
  if (
    value instanceof Dict ||
    (value instanceof DictView && value.kind !== 'values') ||
    isDataObject(value) ||
    sequenceItems(value) !== null ||
    value instanceof PythonSet
  ) {
    throw new ExpressionError(`unhashable type: '${typeName(value)}'`);
  }
  if (!(value instanceof PythonObject)) return null;
  value.assertHashable();
  return value;
}

/** A map tells large integers from each other by a few of their bits, and compares the whole of those. */
function bigIntegerKey({ value }: BigInteger): bigint {
  spend(3 + (bitLength(value) >>> 6));
  return value;
}

function sorted(keys: string[]): string[] {
  spend(keys.length * 20);
  return keys.sort();
}

function join(keys: readonly string[]): string {
  const text = keys.join(',');
  spend(3 + (text.length >>> 3));
  return text;
}

const encodePair = ([key, value]: readonly [Value, Value]): string => `${encode(key)}:${encode(value)}`;

/** The key within the key of a whole: unambiguous, as texts say their length. */
function encode(value: Value): string {
  spend(2);
  enter();
  const key = keyOf(value);
  leave();
  if (typeof key === 'string') return `s${key.length}:${key}`;
  if (typeof key === 'object' && key !== null) return `o${identity(key)}`;
  return key === null ? 'z' : `n${key}`;
}

const identities = new WeakMap<object, number>();
let identitiesGiven = 0;

/** A number that no other object has: what is only equal to itself is a key by it. */
function identity(value: object): number {
  const known = identities.get(value);
  if (known !== undefined) return known;
  identities.set(value, ++identitiesGiven);
  return identitiesGiven;
}
