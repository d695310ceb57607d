import { type Cursor, END, isBlank, isBreak, SPACE, TAB } from './cursor.ts';
import { YamlError } from './yaml-error.ts';

const SINGLE = 39;
const DOUBLE = 34;
const BACKSLASH = 92;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** Reads text in single or double quotes, from the opening quote to behind the closing one. */
export function scanQuotedScalar(cursor: Cursor): string {
  const opening = cursor.offset;
  const quote = cursor.peek();
  cursor.offset += 1;
  let text = scanWords(cursor, quote);
  while (cursor.peek() !== quote) {
    text += scanGap(cursor, opening);
    text += scanWords(cursor, quote);
  }
  cursor.offset += 1;
  return text;
}

function scanWords(cursor: Cursor, quote: number): string {
  let text = '';
  for (;;) {
    const start = cursor.offset;
    let code = cursor.peek();
    while (code !== quote && code !== BACKSLASH && !isBlank(code)) {
      cursor.offset += 1;
      code = cursor.peek();
    }
    text += cursor.text.slice(start, cursor.offset);
    if (quote === SINGLE && code === SINGLE && cursor.peek(1) === SINGLE) {
      text += "'";
      cursor.offset += 2;
    } else if (code === BACKSLASH) {
      if (quote === DOUBLE) {
        text += scanEscape(cursor);
      } else {
        text += '\\';
        cursor.offset += 1;
      }
    } else {
      return text;
    }
  }
}

function scanEscape(cursor: Cursor): string {
  const start = cursor.offset;
  cursor.offset += 1;
  if (isBreak(cursor.peek())) {
    cursor.skipBreak();
    return scanBlankLines(cursor);
  }
  const letter = cursor.text.charAt(cursor.offset);
  cursor.offset += 1;
  const known = ESCAPES.get(letter);
  if (known !== undefined) return known;
  const length = HEX_DIGITS.get(letter);
  if (length === undefined) {
    throw new YamlError(
      `In text in double quotes \\${letter} means nothing; write \\\\ for a backslash, or use single quotes.`,
      start,
      start + 2,
    );
  }
  const digits = cursor.text.slice(cursor.offset, cursor.offset + length);
  const code = /^[0-9A-Fa-f]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : Infinity;
  if (code > 0x10ffff) {
    throw new YamlError(
      `After \\${letter} there must be ${length} hexadecimal digits of a character.`,
      start,
      start + 2 + length,
    );
  }
  cursor.offset += length;
  return String.fromCodePoint(code);
}

/** Spaces inside a line stay; around a line break they go, and the break becomes a space. */
function scanGap(cursor: Cursor, opening: number): string {
  const start = cursor.offset;
  while (cursor.peek() === SPACE || cursor.peek() === TAB) cursor.offset += 1;
  const code = cursor.peek();
  if (code === END) throw new YamlError('This quote is never closed.', opening);
  if (!isBreak(code)) return cursor.text.slice(start, cursor.offset);
  const first = cursor.skipBreak();
  const breaks = scanBlankLines(cursor);
  if (first !== '\n') return first + breaks;
  return breaks === '' ? ' ' : breaks;
}

function scanBlankLines(cursor: Cursor): string {
  let breaks = '';
  for (;;) {
    if (cursor.atDocumentMarker()) {
      throw new YamlError('A line with --- or ... cannot stand inside of quotes.', cursor.offset, cursor.offset + 3);
    }
    while (cursor.peek() === SPACE || cursor.peek() === TAB) cursor.offset += 1;
    if (!isBreak(cursor.peek())) return breaks;
    breaks += cursor.skipBreak();
  }
}
