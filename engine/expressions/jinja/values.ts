import { claimItems, spend, spendText } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { Bytes } from '../python/bytes.ts';
import { textLength } from '../python/code-points.ts';
import { dictSize } from '../python/dict.ts';
import { iterate } from '../python/iterate.ts';
import { toNumber } from '../python/numbers.ts';
import { asNumber, asText, isOrdered } from '../python/operators.ts';
import { toText } from '../python/text.ts';
import { isTrue } from '../python/truth.ts';
import { DictView, isDict, isInteger, PythonSet, sequenceItems, typeName, type Value } from '../python/value.ts';
import { Range } from './range.ts';
import { defined, Undefined } from './undefined.ts';

/** What Jinja2's parts do with values: as Python does, save that nothing may be done with what is undefined. */

function isEmpty(value: Value): boolean {
  return value instanceof Undefined && value.isEmpty;
}

/** Python's truthiness. */
export function truth(value: Value): boolean {
  if (isEmpty(value)) return false;
  const known = defined(value);
  return known instanceof Range ? known.length > 0 : isTrue(known);
}

/** Python's `str`. */
export function str(value: Value): string {
  if (isEmpty(value)) return '';
  const result = toText(defined(value));
  spendText(result.length);
  return result;
}

/** What has to be a text. @param method that Python would miss on anything else */
export function text(value: Value, method: string): string {
  const result = asText(defined(value));
  if (result === null) throw new ExpressionError(`'${typeName(value)}' object has no attribute '${method}'`);
  return result;
}

/** Python's `iter`. */
export function items(value: Value): Iterable<Value> {
  if (isEmpty(value)) return [];
  const text = asText(defined(value));
  const found = text ?? iterate(value);
  if (found === null) throw new ExpressionError(`'${typeName(value)}' object is not iterable`);
  return found;
}

/** Python's `len`, or null when the value has none. */
function knownLength(value: Value): number | null {
  const text = asText(value);
  if (text !== null) return textLength(text);
  if (isDict(value)) return dictSize(value);
  if (value instanceof PythonSet) return value.entries.size;
  if (value instanceof DictView) return dictSize(value.dict);
  if (value instanceof Range) return value.length;
  if (value instanceof Bytes) return value.data.length;
  return sequenceItems(value)?.length ?? null;
}

/** Python's `len`. */
export function length(value: Value): number {
  const known = isEmpty(value) ? 0 : knownLength(defined(value));
  if (known === null) throw new ExpressionError(`object of type '${typeName(value)}' has no len()`);
  return known;
}

/** A whole number that counts something. */
export function count(value: Value): number {
  const number = asNumber(defined(value));
  if (number === null || !isInteger(number)) {
    throw new ExpressionError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  }
  return toNumber(number);
}

/** Sorted as Python sorts: by `<` alone, equal ones in the order they came. */
export function sorted(values: readonly Value[], key: (value: Value) => Value, reverse: boolean): Value[] {
  claimItems(values.length);
  spend(values.length * 4);
  const keyed = values.map((value) => ({ value, key: key(value) }));
  const compare = (a: Value, b: Value): number => {
    spend(3);
    return isOrdered('<', a, b) ? -1 : isOrdered('<', b, a) ? 1 : 0;
  };
  keyed.sort((a, b) => (reverse ? compare(b.key, a.key) : compare(a.key, b.key)));
  return keyed.map(({ value }) => value);
}
