import type { ScalarPlace } from './node.ts';
import { YamlError } from './yaml-error.ts';

const PARTS =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d*))?(?:[ \t]*(?:Z|[-+](\d{1,2})(?::(\d{2}))?))?)?$/;

/**
 * A date or a time as Mistral stores it: `2001-12-14`, or `2001-12-14T21:59:43.100000` without its zone.
 * @throws YamlError when there is no such day or time
 */
export function readTimestamp(text: string, place: ScalarPlace): string {
  const [year, month, day, hour, minute, second, fraction, zoneHour] = (PARTS.exec(text) ?? []).slice(1);
  const exists =
    inRange(year, 1, 9999) &&
    inRange(month, 1, 12) &&
    inRange(day, 1, daysIn(Number(year), Number(month))) &&
    inRange(hour, 0, 23) &&
    inRange(minute, 0, 59) &&
    inRange(second, 0, 59) &&
    inRange(zoneHour, 0, 23);
  if (!exists)
    throw new YamlError(
      `There is no such date or time as '${text}'; put it in quotes if it is text.`,
      place.start,
      place.end,
    );
  const date = `${year}-${two(month)}-${two(day)}`;
  if (hour === undefined) return date;
  return `${date}T${two(hour)}:${minute}:${second}.${(fraction ?? '').slice(0, 6).padEnd(6, '0')}`;
}

function inRange(digits: string | undefined, least: number, most: number): boolean {
  return digits === undefined || (Number(digits) >= least && Number(digits) <= most);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function two(digits: string | undefined): string {
  return (digits ?? '').padStart(2, '0');
}
