import { DAY_NAMES, MONTH_NAMES } from './calendar.ts';

/** The words that a date may have in it, as `dateutil` knows them. */

const JUMPS = new Set([
  ' ',
  '.',
  ',',
  ';',
  '-',
  '/',
  "'",
  'at',
  'on',
  'and',
  'ad',
  'm',
  't',
  'of',
  'st',
  'nd',
  'rd',
  'th',
]);
export const UTC_NAMES = new Set(['UTC', 'GMT', 'Z', 'z']);
const UNITS: readonly (readonly string[])[] = [
  ['h', 'hour', 'hours'],
  ['m', 'minute', 'minutes'],
  ['s', 'second', 'seconds'],
];
const HALVES: readonly (readonly string[])[] = [
  ['am', 'a'],
  ['pm', 'p'],
];

function indexIn(names: readonly (readonly string[])[], word: string | undefined): number | null {
  const lower = word?.toLowerCase() ?? '';
  const index = names.findIndex((group) => group.includes(lower));
  return index === -1 ? null : index;
}

export const isJump = (word: string | undefined): boolean => word !== undefined && JUMPS.has(word.toLowerCase());
export const unitOf = (word: string | undefined): number | null => indexIn(UNITS, word);
export const halfOf = (word: string | undefined): number | null => indexIn(HALVES, word);

const MONTHS = MONTH_NAMES.map((name) =>
  [name.slice(0, 3), name, ...(name === 'September' ? ['Sept'] : [])].map((each) => each.toLowerCase()),
);
const DAYS = DAY_NAMES.map((name) => [name.slice(0, 3), name].map((each) => each.toLowerCase()));

export function monthOf(word: string | undefined): number | null {
  const index = indexIn(MONTHS, word);
  return index === null ? null : index + 1;
}

/** 0 is Monday; null when the word is no day of the week. */
export const weekdayOf = (word: string): number | null => indexIn(DAYS, word);
