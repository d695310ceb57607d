import { spend } from '../budget.ts';
import { DAY_NAMES, daysFromCivil, MONTH_NAMES, weekday } from './calendar.ts';
import { type DateTime, type DateTimeFields, offsetText } from './date-time.ts';

/** Python's `strftime` on a system in English. What is no directive stays as it is. */
export function formatDateTime(value: DateTime, format: string): string {
  spend(10 + format.length * 15);
  const moment: Moment = { value, fields: value.fields() };
  return format.replace(/%([-_0^#]?)([\s\S])/gu, (whole, flag: string, directive: string) => {
    const text = directiveText(moment, directive);
    if (text === null) return whole;
    // The flags are the system library's own.
    if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '');
    if (flag === '_') return text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length));
    return flag === '^' ? text.toUpperCase() : text;
  });
}

const two = (number: number): string => String(number).padStart(2, '0');
const spaced = (number: number): string => String(number).padStart(2);

interface Moment {
  readonly value: DateTime;
  readonly fields: DateTimeFields;
}

function directiveText({ value, fields }: Moment, directive: string): string | null {
  const { year, month, day, hour, minute, second, microsecond } = fields;
  const text = (format: string): string => formatDateTime(value, format);
  const dayName = DAY_NAMES[value.weekday()] ?? '';
  const monthName = MONTH_NAMES[month - 1] ?? '';
  const hour12 = hour % 12 === 0 ? 12 : hour % 12;
  const dayOfYear = (): number => value.days - daysFromCivil(year, 1, 1) + 1;
  switch (directive) {
    case 'a':
      return dayName.slice(0, 3);
    case 'A':
      return dayName;
    case 'b':
    case 'h':
      return monthName.slice(0, 3);
    case 'B':
      return monthName;
    case 'c':
      return text('%a %b %e %H:%M:%S %Y');
    case 'C':
      // The system library does not fill up short years.
      return String(Math.floor(year / 100));
    case 'd':
      return two(day);
    case 'D':
    case 'x':
      return text('%m/%d/%y');
    case 'e':
      return spaced(day);
    case 'f':
      return String(microsecond).padStart(6, '0');
    case 'F':
      return text('%Y-%m-%d');
    case 'g':
      return two(isoWeek(value).year % 100);
    case 'G':
      return String(isoWeek(value).year);
    case 'H':
      return two(hour);
    case 'I':
      return two(hour12);
    case 'j':
      return String(dayOfYear()).padStart(3, '0');
    case 'k':
      return spaced(hour);
    case 'l':
      return spaced(hour12);
    case 'm':
      return two(month);
    case 'M':
      return two(minute);
    case 'n':
      return '\n';
    case 'p':
      return hour < 12 ? 'AM' : 'PM';
    case 'P':
      return hour < 12 ? 'am' : 'pm';
    case 'r':
      return text('%I:%M:%S %p');
    case 'R':
      return text('%H:%M');
    case 's':
      return String(value.days * 86_400 + Math.floor(value.microsecondOfDay / 1_000_000));
    case 'S':
      return two(second);
    case 't':
      return '\t';
    case 'T':
    case 'X':
      return text('%H:%M:%S');
    case 'u':
      return String(value.weekday() + 1);
    case 'U':
      return two(Math.floor((dayOfYear() + 6 - ((value.weekday() + 1) % 7)) / 7));
    case 'V':
      return two(isoWeek(value).week);
    case 'w':
      return String((value.weekday() + 1) % 7);
    case 'W':
      return two(Math.floor((dayOfYear() + 6 - value.weekday()) / 7));
    case 'y':
      return two(year % 100);
    case 'Y':
      return String(year);
    case 'z':
      return value.zone === null ? '' : offsetText(value.zone.offset, '');
    case 'Z':
      return value.zone?.name ?? '';
    case '%':
      return '%';
    default:
      return null;
  }
}

/** The week by ISO 8601: weeks belong to the year that has their Thursday. */
function isoWeek(value: DateTime): { readonly year: number; readonly week: number } {
  const { year } = value.fields();
  for (const candidate of [year + 1, year, year - 1]) {
    const start = isoYearStart(candidate);
    if (value.days >= start) return { year: candidate, week: Math.floor((value.days - start) / 7) + 1 };
  }
  return { year, week: 1 };
}

/** The Monday that the year's first week begins with. */
export function isoYearStart(year: number): number {
  const fourth = daysFromCivil(year, 1, 4);
  return fourth - weekday(fourth);
}
