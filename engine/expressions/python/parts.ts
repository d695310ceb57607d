import { Float } from '../../model/json.ts';
import { DateTime } from './date-time.ts';
import { isFloatNumber } from './numbers.ts';
import { TimeSpan } from './time-span.ts';
import { isNumber, type Value } from './value.ts';

/** The attributes of numbers, dates and time spans that are no methods: `year`, `real`; undefined for others. */
export function partOf(value: Value, name: string): Value | undefined {
  if (value instanceof DateTime) return field({ ...value.fields() }, name);
  if (value instanceof TimeSpan) return field({ ...value.fields() }, name);
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (!isNumber(number)) return undefined;
  if (isFloatNumber(number)) return field({ real: number, imag: new Float(0) }, name);
  return field({ real: number, imag: 0, numerator: number, denominator: 1 }, name);
}

function field(fields: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
