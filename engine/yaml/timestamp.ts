import type { ScalarPlace, Timestamp } from './node.ts';
import { YamlError } from './yaml-error.ts';

const PARTS =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d{1,2})(?::(\d{2}))?))?)?$/;

/** @throws YamlError when there is no such day or time */
export function readTimestamp(text: string, place: ScalarPlace): Timestamp {
  const [year, month, day, hour, minute, second, fraction, zone, sign, zoneHour, zoneMinute] = (
    PARTS.exec(text) ?? []
  ).slice(1);
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0));
  const exists =
    inRange(year, 1, 9999) &&
    inRange(month, 1, 12) &&
    inRange(day, 1, daysIn(Number(year), Number(month))) &&
    inRange(hour, 0, 23) &&
    inRange(minute, 0, 59) &&
    inRange(second, 0, 59) &&
    Math.abs(offset) < 24 * 60;
  if (!exists) {
    const message = `There is no such date or time as '${text}'; put it in quotes if it is text.`;
    throw new YamlError(message, place.start, place.end);
  }
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (hour === undefined) return { ...date, time: null };
  const microsecond = Number((fraction ?? '').slice(0, 6).padEnd(6, '0'));
  return {
    ...date,
    time: {
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      microsecond,
      offset: zone === undefined ? null : offset,
    },
  };
}

/** As Mistral stores it: `2001-12-14`, or `2001-12-14T21:59:43.100000` without its zone. */
export function timestampText({ year, month, day, time }: Timestamp): string {
  const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
  if (time === null) return date;
  const clock = [time.hour, time.minute, time.second].map((part) => digits(part, 2)).join(':');
  return `${date}T${clock}.${digits(time.microsecond, 6)}`;
}

function inRange(written: string | undefined, least: number, most: number): boolean {
  return written === undefined || (Number(written) >= least && Number(written) <= most);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, '0');
}
