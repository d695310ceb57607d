import { spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { civilFromDays, daysInMonth } from './calendar.ts';
import { DateParts } from './date-parts.ts';
import { DateTime, UTC, type Zone } from './date-time.ts';
import { dateTokens } from './date-tokens.ts';
import { halfOf, isJump, monthOf, UTC_NAMES, unitOf, weekdayOf } from './date-words.ts';

/**
 * Reads a date and time in about any form, as Python's `dateutil.parser.parse` does.
 * @param now milliseconds since 1970: what a date lacks (the day, the century) is taken from it
 * @throws ExpressionError when there is no date in the text, or more than a date
 */
export function parseDate(text: string, now: number): DateTime {
  spend(40 + text.length * 5);
  const today = civilFromDays(Math.floor(now / 86_400_000));
  const reader = new DateReader(dateTokens(text), today.year);
  try {
    reader.read();
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(`Unknown string format: ${text}`);
    throw error;
  }
  if (reader.isEmpty()) throw new ExpressionError(`String does not contain a date: ${text}`);
  try {
    return reader.build(today);
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(`${error.message}: ${text}`);
    throw error;
  }
}

function fail(): never {
  throw new ExpressionError('The text is no date.');
}

/** A word that has to be there. */
function present(word: string | undefined): string {
  return word ?? fail();
}

function digits(text: string): number {
  return /^\p{Nd}+$/u.test(text) ? Number(text) : fail();
}

class DateReader {
  private readonly tokens: string[];
  private readonly currentYear: number;
  private readonly parts = new DateParts();
  private year: number | null = null;
  private month: number | null = null;
  private day: number | null = null;
  private weekday: number | null = null;
  private hour: number | null = null;
  private minute: number | null = null;
  private second: number | null = null;
  private microsecond: number | null = null;
  private hasHalf = false;
  private zoneName: string | null = null;
  private zoneOffset: number | null = null;

  constructor(tokens: readonly string[], currentYear: number) {
    this.tokens = [...tokens];
    this.currentYear = currentYear;
  }

  read(): void {
    for (let index = 0; index < this.tokens.length; index++) index = this.token(index);
    const { year, month, day } = this.parts.resolve();
    this.year = year === null ? null : this.fullYear(year, this.parts.hasCentury);
    this.month = month;
    this.day = day;
    if ((this.zoneOffset === 0 && !this.zoneName) || this.zoneName === 'Z' || this.zoneName === 'z') {
      this.zoneName = 'UTC';
      this.zoneOffset = 0;
    } else if (this.zoneOffset !== 0 && this.zoneName !== null && UTC_NAMES.has(this.zoneName)) {
      this.zoneOffset = 0;
    }
  }

  isEmpty(): boolean {
    const { year, month, day, weekday, hour, minute, second, microsecond, zoneName, zoneOffset } = this;
    const all = [year, month, day, weekday, hour, minute, second, microsecond, zoneName, zoneOffset];
    return !this.hasHalf && all.every((each) => each === null);
  }

  build(today: { readonly year: number; readonly month: number; readonly day: number }): DateTime {
    const year = this.year ?? today.year;
    const month = this.month ?? today.month;
    const lastDay = month >= 1 && month <= 12 ? daysInMonth(year, month) : 31;
    const date = DateTime.of(
      {
        year,
        month,
        day: this.day ?? Math.min(today.day, lastDay),
        hour: this.hour ?? 0,
        minute: this.minute ?? 0,
        second: this.second ?? 0,
        microsecond: this.microsecond ?? 0,
      },
      this.zone(),
    );
    // A weekday alone means the next one from today on.
    if (this.weekday === null || this.day) return date;
    return new DateTime(date.days + ((this.weekday - date.weekday() + 7) % 7), date.microsecondOfDay, date.zone);
  }

  private zone(): Zone | null {
    if (this.zoneOffset === 0) return UTC;
    if (this.zoneOffset === null) return null;
    return { offset: this.zoneOffset, name: this.zoneName };
  }

  private fullYear(year: number, hasCentury: boolean): number {
    if (year >= 100 || hasCentury) return year;
    const full = year + Math.floor(this.currentYear / 100) * 100;
    if (full >= this.currentYear + 50) return full - 100;
    return full < this.currentYear - 50 ? full + 100 : full;
  }

  /** Reads what begins at the token; returns the last token of it. */
  private token(index: number): number {
    const token = present(this.tokens[index]);
    if (/^\p{Nd}+(?:\.\p{Nd}+)?$/u.test(token)) return this.number(index, token);
    const weekday = weekdayOf(token);
    if (weekday !== null) {
      this.weekday = weekday;
      return index;
    }
    const month = monthOf(token);
    if (month !== null) return this.monthName(index, month);
    const half = halfOf(token);
    if (half !== null) {
      if (this.hour === null || this.hour > 12) fail();
      this.hour = hourOfHalf(this.hour, half);
      this.hasHalf = true;
      return index;
    }
    if (this.mayBeZone(token)) return this.zoneByName(index, token);
    if (this.hour !== null && (token === '+' || token === '-')) return this.offset(index, token === '+' ? 1 : -1);
    return isJump(token) ? index : fail();
  }

  private monthName(index: number, month: number): number {
    const { tokens, parts } = this;
    parts.addNumber(month, 'month');
    const separator = tokens[index + 1];
    if (separator === '-' || separator === '/') {
      parts.addText(present(tokens[index + 2]));
      if (tokens[index + 3] !== separator) return index + 2;
      parts.addText(present(tokens[index + 4]));
      return index + 4;
    }
    const isOf = separator === ' ' && tokens[index + 2]?.toLowerCase() === 'of' && tokens[index + 3] === ' ';
    const year = tokens[index + 4];
    if (!isOf || year === undefined) return index;
    if (/^\p{Nd}+$/u.test(year)) parts.addText(String(this.fullYear(Number(year), false)), 'year');
    return index + 4;
  }

  private mayBeZone(token: string): boolean {
    return (
      this.hour !== null &&
      this.zoneName === null &&
      this.zoneOffset === null &&
      token.length <= 5 &&
      (/^[A-Z]+$/.test(token) || UTC_NAMES.has(token))
    );
  }

  private zoneByName(index: number, name: string): number {
    this.zoneName = name;
    this.zoneOffset = ['utc', 'gmt', 'z'].includes(name) || UTC_NAMES.has(name) ? 0 : null;
    const sign = this.tokens[index + 1];
    if (sign === '+' || sign === '-') {
      // `GMT+3` says that this time and three hours is GMT, not that it is three hours ahead.
      this.tokens[index + 1] = sign === '+' ? '-' : '+';
      this.zoneOffset = null;
      if (UTC_NAMES.has(name)) this.zoneName = null;
    }
    return index;
  }

  private offset(index: number, sign: number): number {
    const { tokens } = this;
    const hours = present(tokens[index + 1]);
    let end = index + 1;
    let seconds: number;
    if (hours.length === 4) {
      seconds = digits(hours.slice(0, 2)) * 3600 + digits(hours.slice(2)) * 60;
    } else if (tokens[index + 2] === ':') {
      seconds = digits(hours) * 3600 + digits(present(tokens[index + 3])) * 60;
      end = index + 3;
    } else if (hours.length <= 2) {
      seconds = digits(hours) * 3600;
    } else {
      return fail();
    }
    this.zoneOffset = sign * seconds;
    // The zone's name may follow in brackets.
    const named = tokens[end + 2] === '(' && tokens[end + 4] === ')' && isJump(tokens[end + 1]);
    const name = tokens[end + 3] ?? '';
    if (!named || name.length < 3 || name.length > 5 || !/^[A-Z]+$/.test(name) || this.zoneName !== null) return end;
    this.zoneName = name;
    return end + 4;
  }

  private number(index: number, token: string): number {
    const { tokens, parts } = this;
    const value = Number(token);
    const next = tokens[index + 1];
    const { length } = token;
    if (
      parts.count === 3 &&
      (length === 2 || length === 4) &&
      this.hour === null &&
      (next === undefined || (next !== ':' && unitOf(next) === null))
    ) {
      this.hour = digits(token.slice(0, 2));
      if (length === 4) this.minute = digits(token.slice(2));
      return index;
    }
    if (length === 6 || (length > 6 && token.indexOf('.') === 6)) return this.sixDigits(index, token);
    if (length === 8 || length === 12 || length === 14) return this.wholeDate(index, token);
    const unit = this.unitPlace(index);
    if (unit !== null) {
      const before = unit < index;
      this.assignUnit(token, value, (unitOf(tokens[unit]) ?? 0) + (before ? 1 : 0));
      return before ? index : unit;
    }
    if (next === ':' && index + 2 < tokens.length) return this.clock(index, value);
    if (next === '-' || next === '/' || next === '.') return this.separatedDate(index, token, next);
    if (next === undefined || isJump(next)) {
      const half = halfOf(tokens[index + 2]);
      if (half === null) {
        parts.addNumber(value);
        return index + 1;
      }
      this.hour = hourOfHalf(Math.trunc(value), half);
      return index + 2;
    }
    const half = halfOf(next);
    if (half !== null && value < 24) {
      this.hour = hourOfHalf(Math.trunc(value), half);
      return index + 1;
    }
    if (!parts.couldBeDay(value)) fail();
    parts.addNumber(value);
    return index;
  }

  /** `YYMMDD`, or `HHMMSS` with or without a fraction. */
  private sixDigits(index: number, token: string): number {
    if (this.parts.count === 0 && !token.includes('.')) {
      for (const start of [0, 2, 4]) this.parts.addText(token.slice(start, start + 2));
    } else {
      this.hour = digits(token.slice(0, 2));
      this.minute = digits(token.slice(2, 4));
      this.setSeconds(token.slice(4));
    }
    return index;
  }

  /** `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS` */
  private wholeDate(index: number, token: string): number {
    this.parts.addText(token.slice(0, 4), 'year');
    this.parts.addText(token.slice(4, 6));
    this.parts.addText(token.slice(6, 8));
    if (token.length > 8) {
      this.hour = digits(token.slice(8, 10));
      this.minute = digits(token.slice(10, 12));
      if (token.length > 12) this.second = digits(token.slice(12));
    }
    return index;
  }

  /** Where the word is that says what unit the number has: `12h`, `12 h`, or the `04` in `12h04`. */
  private unitPlace(index: number): number | null {
    const { tokens } = this;
    if (unitOf(tokens[index + 1]) !== null) return index + 1;
    if (tokens[index + 1] === ' ' && unitOf(tokens[index + 2]) !== null) return index + 2;
    if (index > 0 && unitOf(tokens[index - 1]) !== null) return index - 1;
    const isLast = index > 1 && index === tokens.length - 1;
    return isLast && tokens[index - 1] === ' ' && unitOf(tokens[index - 2]) !== null ? index - 2 : null;
  }

  private assignUnit(token: string, value: number, unit: number): void {
    if (unit === 0) {
      this.hour = Math.trunc(value);
      if (value % 1 !== 0) this.minute = sixtieths(value);
    } else if (unit === 1) {
      this.setMinutes(value);
    } else if (unit === 2) {
      this.setSeconds(token);
    }
  }

  private clock(index: number, value: number): number {
    const { tokens } = this;
    this.hour = Math.trunc(value);
    const minutes = Number(present(tokens[index + 2]));
    if (Number.isNaN(minutes) || present(tokens[index + 2]).trim() === '') fail();
    this.setMinutes(minutes);
    if (tokens[index + 3] !== ':' || index + 4 >= tokens.length) return index + 2;
    this.setSeconds(present(tokens[index + 4]));
    return index + 4;
  }

  private separatedDate(index: number, token: string, separator: string): number {
    const { tokens, parts } = this;
    parts.addText(token);
    const second = tokens[index + 2];
    if (second === undefined || isJump(second)) return index + 1;
    this.addPart(second, /^\p{Nd}+$/u.test(second));
    if (tokens[index + 3] !== separator) return index + 2;
    const third = present(tokens[index + 4]);
    this.addPart(third, monthOf(third) === null);
    return index + 4;
  }

  private addPart(token: string, isNumber: boolean): void {
    if (isNumber) this.parts.addText(token);
    else this.parts.addNumber(monthOf(token) ?? fail(), 'month');
  }

  private setMinutes(value: number): void {
    this.minute = Math.trunc(value);
    this.second = value % 1 === 0 ? null : sixtieths(value);
  }

  private setSeconds(text: string): void {
    const [whole = '', fraction = '', ...more] = text.split('.');
    if (more.length > 0) fail();
    this.second = digits(whole);
    this.microsecond = text.includes('.') ? digits(fraction.padEnd(6, '0').slice(0, 6)) : 0;
  }
}

function hourOfHalf(hour: number, half: number): number {
  if (half === 1 && hour < 12) return hour + 12;
  return half === 0 && hour === 12 ? 0 : hour;
}

/** The fraction of a number in sixtieths, cut off; as decimal as it was written, which a float's product is not. */
function sixtieths(value: number): number {
  return Math.floor(Number((60 * (value % 1)).toFixed(9)));
}
