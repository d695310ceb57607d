import { type Cursor, isBreakOrEnd, SPACE } from './cursor.ts';
import { YamlError } from './yaml-error.ts';

/** YAML's own types: `!!int` is short for this and `int`. */
export const STANDARD = 'tag:yaml.org,2002:';

const HANDLE = /!(?:[0-9A-Za-z_-]*!)?/y;
const URI = /[0-9A-Za-z\-;/?:@&=+$,_.!~*'()[\]%]+/y;

/** Reads a tag such as `!name`, `!!int` or `!<uri>`; the result is `handle uri` with one space between. */
export function scanTag(cursor: Cursor): string {
  const start = cursor.offset;
  let tag: string;
  if (cursor.text.startsWith('!<', start)) {
    cursor.offset += 2;
    tag = ` ${scanPattern(cursor, URI, start)}`;
    if (cursor.text.charAt(cursor.offset) !== '>') throw badTag(start, cursor);
    cursor.offset += 1;
  } else if (/[\0 \t\r\n\x85\u2028\u2029]/.test(cursor.text.charAt(start + 1))) {
    cursor.offset += 1;
    tag = ' !';
  } else {
    tag = `${scanPattern(cursor, HANDLE, start)} ${scanPattern(cursor, URI, start)}`;
  }
  if (cursor.peek() !== SPACE && !isBreakOrEnd(cursor.peek())) throw badTag(start, cursor);
  return tag;
}

/** Reads a `%` line; the result is its words with one space between. */
export function scanDirective(cursor: Cursor): string {
  const start = cursor.offset;
  while (!isBreakOrEnd(cursor.peek())) cursor.offset += 1;
  const line = cursor.text
    .slice(start + 1, cursor.offset)
    .replace(/ +#.*$/, '')
    .trimEnd();
  cursor.skipBreak();
  const known = /^YAML +\d+\.\d+$|^TAG +![0-9A-Za-z_-]*!? +\S+$/.test(line);
  if (!known && (/^(YAML|TAG)( |$)/.test(line) || !/^[0-9A-Za-z_-]+( |$)/.test(line))) {
    throw new YamlError(
      'A line that begins with % is a directive, and YAML does not know this one.',
      start,
      start + 1 + line.length,
    );
  }
  return line.replace(/ +/g, ' ');
}

function scanPattern(cursor: Cursor, pattern: RegExp, start: number): string {
  pattern.lastIndex = cursor.offset;
  const found = pattern.exec(cursor.text)?.[0];
  if (found === undefined) throw badTag(start, cursor);
  cursor.offset += found.length;
  return found;
}

function badTag(start: number, cursor: Cursor): YamlError {
  return new YamlError("This '!' begins a tag that cannot be read; put the text in quotes.", start, cursor.offset + 1);
}
