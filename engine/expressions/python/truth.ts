import { BigInteger, Float } from '../../model/json.ts';
import { Bytes } from './bytes.ts';
import { dictSize } from './dict.ts';
import { TimeSpan } from './time-span.ts';
import { DictView, isDict, Markup, PythonSet, sequenceItems, type Value } from './value.ts';

/** Python's truthiness: nothing, zero and everything empty is false. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return value !== 0;
    default:
      if (value === null) return false;
      if (value instanceof Float) return value.value !== 0;
      if (value instanceof BigInteger) return value.value !== 0n;
      if (value instanceof Markup) return value.text !== '';
      if (isDict(value)) return dictSize(value) > 0;
      if (value instanceof PythonSet) return value.entries.size > 0;
      if (value instanceof DictView) return dictSize(value.dict) > 0;
      if (value instanceof Bytes) return value.data.length > 0;
      if (value instanceof TimeSpan) return value.microseconds !== 0n;
      return (sequenceItems(value)?.length ?? 1) > 0;
  }
}
