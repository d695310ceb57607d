import { ExpressionError } from '../../expression-error.ts';
import { formatDateTime } from '../../python/date-format.ts';
import { parseDate } from '../../python/date-parse.ts';
import { parseDateBy } from '../../python/date-strptime.ts';
import { DateTime, UTC, type Zone } from '../../python/date-time.ts';
import { type PythonNumber, toBigInt, toNumber } from '../../python/numbers.ts';
import { roundHalfEven } from '../../python/rounding.ts';
import { TimeSpan } from '../../python/time-span.ts';
import { isInteger } from '../../python/value.ts';
import { define } from '../function-definition.ts';
import {
  anything,
  dateTime,
  index,
  integer,
  nullable,
  number,
  optional,
  parameter,
  strictInteger,
  text,
  timeSpan,
} from '../parameters.ts';

const NO_TIME = new TimeSpan(0n);
const offset = optional('offset', timeSpan, NO_TIME);
const replacement = (name: string) => optional(name, nullable(index), null);

export const TIME = [
  define(
    'datetime',
    'function',
    [
      parameter('year', index),
      parameter('month', index),
      parameter('day', index),
      optional('hour', index, 0),
      optional('minute', index, 0),
      optional('second', index, 0),
      optional('microsecond', index, 0),
      offset,
    ],
    (_call, year, month, day, hour, minute, second, microsecond, span) =>
      DateTime.of({ year, month, day, hour, minute, second, microsecond }, zone(span)),
  ),
  define('datetime', 'function', [parameter('timestamp', number), offset], (_call, timestamp, span) => {
    return DateTime.at(microseconds(timestamp), zone(span));
  }),
  define(
    'datetime',
    'function',
    [parameter('string', text), optional('format', nullable(text), null)],
    ({ context }, value, format) => {
      const parsed = format ? parseDateBy(value, format) : parseDate(value, context.root.scope.world.now);
      return parsed.zone === null ? parsed.withZone(UTC) : parsed;
    },
  ),
  define(
    'timespan',
    'function',
    [
      optional('days', integer, 0),
      optional('hours', integer, 0),
      optional('minutes', integer, 0),
      optional('seconds', strictInteger, 0),
      optional('milliseconds', strictInteger, 0),
      optional('microseconds', strictInteger, 0),
    ],
    (_call, days, hours, minutes, seconds, milliseconds, micro) => {
      const wholeMinutes = (toBigInt(days) * 24n + toBigInt(hours)) * 60n + toBigInt(minutes);
      const wholeSeconds = wholeMinutes * 60n + toBigInt(seconds);
      return new TimeSpan((wholeSeconds * 1000n + toBigInt(milliseconds)) * 1000n + toBigInt(micro));
    },
  ),
  define('now', 'function', [optional('offset', nullable(timeSpan), NO_TIME)], ({ context }, span) => {
    return DateTime.at(BigInt(Math.trunc(context.root.scope.world.now)) * 1000n, span === null ? null : zone(span));
  }),
  // What zone the machine is in is not an expression's business: replaying a history elsewhere has to give the same.
  define('localtz', 'function', [], () => NO_TIME),
  define('utctz', 'function', [], () => NO_TIME),
  define(
    'replace',
    'method',
    [
      parameter('dt', dateTime),
      replacement('year'),
      replacement('month'),
      replacement('day'),
      replacement('hour'),
      replacement('minute'),
      replacement('second'),
      replacement('microsecond'),
      optional('offset', nullable(timeSpan), null),
    ],
    (_call, value, year, month, day, hour, minute, second, microsecond, span) => {
      const old = value.fields();
      return DateTime.of(
        {
          year: year ?? old.year,
          month: month ?? old.month,
          day: day ?? old.day,
          hour: hour ?? old.hour,
          minute: minute ?? old.minute,
          second: second ?? old.second,
          microsecond: microsecond ?? old.microsecond,
        },
        span === null ? value.zone : zone(span),
      );
    },
  ),
  define('format', 'method', [parameter('dt', dateTime), parameter('format', text)], (_call, value, format) =>
    formatDateTime(value, format),
  ),
  define('isDatetime', 'function', [parameter('value', anything)], (_call, value) => value instanceof DateTime),
  define('isTimespan', 'function', [parameter('value', anything)], (_call, value) => value instanceof TimeSpan),
];

function zone(span: TimeSpan): Zone {
  if (span.microseconds === 0n) return UTC;
  const seconds = Number(span.microseconds) / 1_000_000;
  if (Math.abs(seconds) >= 86_400) {
    throw new ExpressionError('offset must be strictly between -24 hours and 24 hours');
  }
  return { offset: Math.trunc(seconds), name: null };
}

function microseconds(timestamp: PythonNumber): bigint {
  if (isInteger(timestamp)) return toBigInt(timestamp) * 1_000_000n;
  const seconds = toNumber(timestamp);
  if (!Number.isFinite(seconds)) throw new ExpressionError('cannot convert float NaN or infinity to integer');
  const whole = Math.floor(seconds);
  return BigInt(whole) * 1_000_000n + BigInt(roundHalfEven((seconds - whole) * 1_000_000));
}
