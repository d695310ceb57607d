import { spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { civilFromDays, DAY_NAMES, daysFromCivil, MONTH_NAMES, weekday } from './calendar.ts';
import { isoYearStart } from './date-format.ts';
import { DateTime, UTC, type Zone } from './date-time.ts';
import { escapePattern, type Match, Pattern } from './regex/pattern.ts';
import { repr } from './text.ts';

const CASELESS = { ignoreCase: true, multiLine: false, dotAll: false, ascii: false, verbose: false };

const names = (list: readonly string[]): string => [...list].sort((a, b) => b.length - a.length).join('|');
const short = (list: readonly string[]): readonly string[] => list.map((name) => name.slice(0, 3));

/** What each directive takes from the text. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  d: '3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9]',
  f: '[0-9]{1,6}',
  H: '2[0-3]|[0-1]\\d|\\d',
  I: '1[0-2]|0[1-9]|[1-9]| [1-9]',
  G: '\\d\\d\\d\\d',
  j: '36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]',
  m: '1[0-2]|0[1-9]|[1-9]',
  M: '[0-5]\\d|\\d',
  S: '6[0-1]|[0-5]\\d|\\d',
  U: '5[0-3]|[0-4]\\d|\\d',
  W: '5[0-3]|[0-4]\\d|\\d',
  w: '[0-6]',
  u: '[1-7]',
  V: '5[0-3]|0[1-9]|[1-4]\\d|\\d',
  y: '\\d\\d',
  Y: '\\d\\d\\d\\d',
  z: '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z',
  A: names(DAY_NAMES),
  a: names(short(DAY_NAMES)),
  B: names(MONTH_NAMES),
  b: names(short(MONTH_NAMES)),
  p: 'am|pm',
  Z: 'utc|gmt',
};
const COMPOSITES: Readonly<Record<string, string>> = { c: '%a %b %d %H:%M:%S %Y', x: '%m/%d/%y', X: '%H:%M:%S' };

/**
 * Python's `datetime.strptime`.
 * @throws ExpressionError in Python's words when the text has another form
 */
export function parseDateBy(text: string, format: string): DateTime {
  spend(50 + format.length * 10);
  const source = formatPattern(format, repr(format));
  const match = new Pattern(source.pattern, CASELESS).search(text);
  if (match === null || match.start() !== 0) {
    throw new ExpressionError(`time data ${repr(text)} does not match format ${repr(format)}`);
  }
  const rest = Array.from(text).slice(match.end()).join('');
  if (rest !== '') throw new ExpressionError(`unconverted data remains: ${rest}`);
  return build(fieldsOf(match, source.directives));
}

function formatPattern(format: string, shown: string): { pattern: string; directives: readonly string[] } {
  const directives: string[] = [];
  const expanded = format.replace(/%([cxX])/g, (_whole, letter: string) => COMPOSITES[letter] ?? '');
  const escaped = escapePattern(expanded)
    .replace(/\\(\s)/g, '$1')
    .replace(/\s+/g, '\\s+');
  const pattern = escaped.replace(/%(\\?[\s\S])?/g, (_whole, escapedLetter: string | undefined) => {
    const letter = escapedLetter?.replace('\\', '');
    if (letter === undefined) throw new ExpressionError(`stray % in format ${shown}`);
    if (letter === '%') return '%';
    const directive = Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter] : undefined;
    if (directive === undefined) throw new ExpressionError(`'${letter}' is a bad directive in format ${shown}`);
    if (directives.includes(letter)) throw new ExpressionError(`redefinition of group name '${letter}'`);
    directives.push(letter);
    return `(${directive})`;
  });
  return { pattern: `\\A(?:${pattern})`, directives };
}

function fieldsOf(match: Match, directives: readonly string[]): (directive: string) => string | null {
  const values = new Map(directives.map((directive, index) => [directive, match.group(index + 1)] as const));
  return (directive) => values.get(directive) ?? null;
}

function build(field: (directive: string) => string | null): DateTime {
  const number = (directive: string): number | null => {
    const text = field(directive);
    return text === null ? null : Number(text);
  };
  const year = number('Y') ?? shortYear(number('y'));
  const date = dateOf(year, field, number);
  const half = field('p')?.toLowerCase();
  const hour12 = number('I');
  const hour = hour12 === null ? (number('H') ?? 0) : (hour12 % 12) + (half === 'pm' ? 12 : 0);
  const microsecond = Number((field('f') ?? '0').padEnd(6, '0'));
  const time = { hour, minute: number('M') ?? 0, second: number('S') ?? 0, microsecond };
  return DateTime.of({ ...date, ...time }, zoneOf(field('z'), field('Z')));
}

function shortYear(year: number | null): number | null {
  if (year === null) return null;
  return year <= 68 ? 2000 + year : 1900 + year;
}

function dateOf(
  year: number | null,
  field: (directive: string) => string | null,
  number: (directive: string) => number | null,
): { readonly year: number; readonly month: number; readonly day: number } {
  const monthName = (field('B') ?? field('b'))?.slice(0, 3).toLowerCase();
  const namedMonth = MONTH_NAMES.findIndex((name) => name.slice(0, 3).toLowerCase() === monthName) + 1;
  const month = number('m') ?? (namedMonth === 0 ? null : namedMonth);
  const day = number('d');
  const weekDay = weekdayOf(field, number);
  const isoYear = number('G');
  const isoWeek = number('V');
  if ((isoYear === null) !== (isoWeek === null) || (isoYear !== null && weekDay === null)) {
    throw new ExpressionError(
      "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
    );
  }
  if (isoYear !== null && isoWeek !== null) {
    return civilFromDays(isoYearStart(isoYear) + (isoWeek - 1) * 7 + (weekDay ?? 0));
  }
  const dayOfYear = number('j');
  if (dayOfYear !== null && month === null && day === null) {
    return civilFromDays(daysFromCivil(year ?? 1900, 1, 1) + dayOfYear - 1);
  }
  const weekFromSunday = number('U');
  const week = weekFromSunday ?? number('W');
  if (week !== null && weekDay !== null && year !== null && month === null && day === null) {
    return civilFromDays(dayOfWeek(year, week, weekDay, weekFromSunday !== null));
  }
  return { year: year ?? 1900, month: month ?? 1, day: day ?? 1 };
}

function weekdayOf(
  field: (directive: string) => string | null,
  number: (directive: string) => number | null,
): number | null {
  const name = (field('A') ?? field('a'))?.slice(0, 3).toLowerCase();
  if (name !== undefined) return DAY_NAMES.findIndex((each) => each.slice(0, 3).toLowerCase() === name);
  const fromSunday = number('w');
  if (fromSunday !== null) return (fromSunday + 6) % 7;
  const iso = number('u');
  return iso === null ? null : iso - 1;
}

function dayOfWeek(year: number, week: number, weekDay: number, fromSunday: boolean): number {
  const start = daysFromCivil(year, 1, 1);
  const firstWeekday = fromSunday ? (weekday(start) + 1) % 7 : weekday(start);
  const wanted = fromSunday ? (weekDay + 1) % 7 : weekDay;
  const weekZeroLength = (7 - firstWeekday) % 7;
  return week === 0 ? start + wanted - firstWeekday : start + weekZeroLength + 7 * (week - 1) + wanted;
}

function zoneOf(offset: string | null, name: string | null): Zone | null {
  if (offset === null) return null;
  if (offset.toUpperCase() === 'Z') return UTC;
  const digits = offset.replaceAll(':', '').slice(1);
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6) || 0);
  return { offset: (offset.startsWith('-') ? -1 : 1) * seconds, name };
}
