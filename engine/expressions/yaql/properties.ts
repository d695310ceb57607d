import { ExpressionError } from '../expression-error.ts';
import { DateTime } from '../python/date-time.ts';
import { float } from '../python/numbers.ts';
import { TimeSpan } from '../python/time-span.ts';
import { PythonObject, type Value } from '../python/value.ts';

/** What `value.name` is for values that are no dictionaries: dates and time spans have properties. */

const DATE_TIME: ReadonlyMap<string, (value: DateTime) => Value> = new Map([
  ['year', (value: DateTime) => value.fields().year],
  ['month', (value: DateTime) => value.fields().month],
  ['day', (value: DateTime) => value.fields().day],
  ['hour', (value: DateTime) => value.fields().hour],
  ['minute', (value: DateTime) => value.fields().minute],
  ['second', (value: DateTime) => value.fields().second],
  ['microsecond', (value: DateTime) => value.fields().microsecond],
  ['date', (value: DateTime) => new DateTime(value.days, 0, value.zone)],
  ['time', (value: DateTime) => new TimeSpan(BigInt(value.microsecondOfDay))],
  ['weekday', (value: DateTime) => value.weekday()],
  // The zone stays what it was: only the clock is turned. So it is in YAQL.
  ['utc', (value: DateTime) => value.plus(-BigInt(value.zone?.offset ?? 0) * 1_000_000n)],
  ['offset', (value: DateTime) => new TimeSpan(BigInt(value.zone?.offset ?? 0) * 1_000_000n)],
  ['timestamp', timestamp],
]);

const TIME_SPAN: ReadonlyMap<string, (value: TimeSpan) => Value> = new Map([
  ['microseconds', (value: TimeSpan) => Number(value.microseconds)],
  ['milliseconds', inUnitsOf(1000)],
  ['seconds', inUnitsOf(1_000_000)],
  ['minutes', inUnitsOf(60_000_000)],
  ['hours', inUnitsOf(3_600_000_000)],
  ['days', inUnitsOf(86_400_000_000)],
]);

/** @throws ExpressionError when such a value has no such property */
export function readProperty(value: Value, name: string): Value {
  const ofDate = DATE_TIME.get(name);
  if (ofDate !== undefined && value instanceof DateTime) return ofDate(value);
  const ofSpan = TIME_SPAN.get(name);
  if (ofSpan !== undefined && value instanceof TimeSpan) return ofSpan(value);
  const known = ofDate !== undefined || ofSpan !== undefined;
  const type = value instanceof PythonObject ? ` for a value of the type ${value.typeName}` : '';
  throw new ExpressionError(
    known
      ? `No function "#property#${name}" matches supplied arguments`
      : `Unknown function "#property#${name}"${type}`,
  );
}

function inUnitsOf(microseconds: number): (value: TimeSpan) => Value {
  return (value) => float(Number(value.microseconds) / microseconds);
}

function timestamp(value: DateTime): Value {
  // The clock is turned to UTC, but the zone stays: an offset counts twice. So it is in YAQL.
  const clock = value.plus(-BigInt(value.zone?.offset ?? 0) * 1_000_000n);
  return float(Number(clock.instant()) / 1_000_000);
}
