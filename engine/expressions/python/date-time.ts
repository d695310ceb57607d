import { spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { civilFromDays, daysFromCivil, daysInMonth, weekday } from './calendar.ts';
import { TimeSpan } from './time-span.ts';
import { PythonObject } from './value.ts';

const DAY = 86_400_000_000;

export interface DateTimeFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** Seconds east of Greenwich, and what the zone calls itself; null is a time without zone. */
export interface Zone {
  readonly offset: number;
  readonly name: string | null;
}

export const UTC: Zone = { offset: 0, name: 'UTC' };

/** Python's `datetime`. */
export class DateTime extends PythonObject {
  readonly typeName = 'datetime.datetime';
  /** Of the local date, since 1970. */
  readonly days: number;
  /** Since local midnight. */
  readonly microsecondOfDay: number;
  readonly zone: Zone | null;

  constructor(days: number, microsecondOfDay: number, zone: Zone | null) {
    super();
    spend(10);
    // The years 1 to 9999.
    if (days < -719_162 || days > 2_932_896) throw new ExpressionError('date value out of range');
    this.days = days;
    this.microsecondOfDay = microsecondOfDay;
    this.zone = zone;
  }

  /** @throws ExpressionError when there is no such date or time */
  static of(fields: DateTimeFields, zone: Zone | null): DateTime {
    const { year, month, day, hour, minute, second, microsecond } = fields;
    if (!(year >= 1 && year <= 9999)) throw new ExpressionError(`year ${year} is out of range`);
    if (!(month >= 1 && month <= 12)) throw new ExpressionError('month must be in 1..12');
    if (!(day >= 1 && day <= daysInMonth(year, month))) throw new ExpressionError('day is out of range for month');
    if (!(hour >= 0 && hour <= 23)) throw new ExpressionError('hour must be in 0..23');
    if (!(minute >= 0 && minute <= 59)) throw new ExpressionError('minute must be in 0..59');
    if (!(second >= 0 && second <= 59)) throw new ExpressionError('second must be in 0..59');
    if (!(microsecond >= 0 && microsecond <= 999_999)) throw new ExpressionError('microsecond must be in 0..999999');
    const ofDay = ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond;
    return new DateTime(daysFromCivil(year, month, day), ofDay, zone);
  }

  /** The local time of the zone at an instant, given in microseconds since 1970 (UTC). */
  static at(instant: bigint, zone: Zone | null): DateTime {
    return DateTime.fromLocal(instant + BigInt(zone?.offset ?? 0) * 1_000_000n, zone);
  }

  private static fromLocal(microseconds: bigint, zone: Zone | null): DateTime {
    let days = microseconds / BigInt(DAY);
    let rest = microseconds % BigInt(DAY);
    if (rest < 0n) {
      rest += BigInt(DAY);
      days -= 1n;
    }
    if (days > 3_000_000n || days < -3_000_000n) throw new ExpressionError('date value out of range');
    return new DateTime(Number(days), Number(rest), zone);
  }

  fields(): DateTimeFields {
    spend(5);
    const seconds = Math.floor(this.microsecondOfDay / 1_000_000);
    const { year, month, day } = civilFromDays(this.days);
    return {
      year,
      month,
      day,
      hour: Math.floor(seconds / 3600),
      minute: Math.floor(seconds / 60) % 60,
      second: seconds % 60,
      microsecond: this.microsecondOfDay % 1_000_000,
    };
  }

  /** 0 is Monday. */
  weekday(): number {
    return weekday(this.days);
  }

  private local(): bigint {
    return BigInt(this.days) * BigInt(DAY) + BigInt(this.microsecondOfDay);
  }

  /** Microseconds since 1970 (UTC); a time without zone counts as UTC. */
  instant(): bigint {
    return this.local() - BigInt(this.zone?.offset ?? 0) * 1_000_000n;
  }

  plus(span: bigint): DateTime {
    return DateTime.fromLocal(this.local() + span, this.zone);
  }

  minus(other: DateTime): TimeSpan {
    if ((this.zone === null) !== (other.zone === null)) {
      throw new ExpressionError("can't subtract offset-naive and offset-aware datetimes");
    }
    return new TimeSpan(this.instant() - other.instant());
  }

  withZone(zone: Zone | null): DateTime {
    return new DateTime(this.days, this.microsecondOfDay, zone);
  }

  equals(other: DateTime): boolean {
    return (this.zone === null) === (other.zone === null) && this.instant() === other.instant();
  }

  key(): string {
    return `${this.zone === null ? 'n' : 'z'}${this.instant()}`;
  }

  /** `2015-08-29T10:20:30.123456+02:00`; without fraction when there is none, without offset when there is no zone. */
  isoText(separator: ' ' | 'T'): string {
    spend(10);
    const { year, month, day, hour, minute, second, microsecond } = this.fields();
    const two = (value: number): string => String(value).padStart(2, '0');
    const fraction = microsecond === 0 ? '' : `.${String(microsecond).padStart(6, '0')}`;
    const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
    return `${date}${separator}${two(hour)}:${two(minute)}:${two(second)}${fraction}${this.zone === null ? '' : offsetText(this.zone.offset)}`;
  }

  /** How Mistral stores it: always with microseconds, never with the zone. */
  storedText(): string {
    // The system library does not fill up short years.
    const text = this.withZone(null).isoText('T').replace(/^0+/, '');
    return text.includes('.') ? text : `${text}.000000`;
  }
}

/** `+02:00` */
export function offsetText(offset: number, separator = ':'): string {
  const size = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = size % 60 === 0 ? '' : `${separator}${two(size % 60)}`;
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}${separator}${two(Math.floor(size / 60) % 60)}${seconds}`;
}
