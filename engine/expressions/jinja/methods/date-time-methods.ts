import { formatDateTime } from '../../python/date-format.ts';
import type { DateTime } from '../../python/date-time.ts';
import { float } from '../../python/numbers.ts';
import { str } from '../values.ts';
import { type Methods, method } from './method.ts';

/** Only YAML makes dates in a template, so these are few. */
export const DATE_TIME_METHODS: Methods<DateTime> = new Map([
  method<DateTime>('isoformat', [['sep', 'T']], (value, separator = 'T') =>
    value.isoText('T').replace('T', str(separator)),
  ),
  method<DateTime>('strftime', ['format'], (value, format = null) => formatDateTime(value, str(format))),
  method<DateTime>('weekday', [], (value) => value.weekday()),
  method<DateTime>('isoweekday', [], (value) => value.weekday() + 1),
  method<DateTime>('timestamp', [], (value) => float(Number(value.instant()) / 1_000_000)),
]);
