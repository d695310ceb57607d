import { meansText } from './resolve.ts';

export interface ScalarPlace {
  /** Of the lines that the text goes on in. */
  readonly indent: number;
  /** Where in its line the text begins. */
  readonly column: number;
  /** A key has to stay on one line. */
  readonly isKey: boolean;
}

const WIDTH = 80;

/** A text as PyYAML writes it: plain where that reads back the same, else in quotes; long ones are folded at spaces. */
export function scalarText(text: string, place: ScalarPlace): string {
  const multiline = /[\n\x85\u2028\u2029]/.test(text);
  if (!multiline && mayBePlain(text)) return folded(text, place, (line) => line);
  const special = /[^\n\x20-\x7e]/.test(text);
  const spaceBesideBreak = / \n|\n /.test(text);
  if (special || spaceBesideBreak || (multiline && place.isKey)) return doubleQuoted(text, place);
  return singleQuoted(text, place);
}

function mayBePlain(text: string): boolean {
  if (text === '' || !meansText(text)) return false;
  if (text.startsWith('---') || text.startsWith('...')) return false;
  if (text.startsWith(' ') || text.endsWith(' ')) return false;
  if (/[^\n\x20-\x7e]/.test(text)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text)) return false;
  if (/^[?:-](?:\s|$)/.test(text)) return false;
  return !/:(?:\s|$)|\s#/.test(text);
}

/** Breaks a text at single spaces where the line has grown too long. */
function folded(text: string, place: ScalarPlace, shown: (line: string) => string): string {
  if (place.isKey) return shown(text);
  let column = place.column;
  let result = '';
  const pieces = text.split(/( +)/);
  for (const [index, piece] of pieces.entries()) {
    const isSpace = index % 2 === 1;
    if (isSpace && piece === ' ' && column > WIDTH && index < pieces.length - 1) {
      result += `\n${' '.repeat(place.indent)}`;
      column = place.indent;
    } else {
      const written = shown(piece);
      result += written;
      column += written.length;
    }
  }
  return result;
}

function singleQuoted(text: string, place: ScalarPlace): string {
  const indent = ' '.repeat(place.indent);
  let result = "'";
  let column = place.column + 1;
  const pieces = text.split(/(\n+| +)/);
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 0) {
      const written = piece.replaceAll("'", "''");
      result += written;
      column += written.length;
    } else if (piece.startsWith('\n')) {
      // The first break of a row would be read as a space.
      result += `\n${piece}${indent}`;
      column = place.indent;
    } else if (piece === ' ' && column > WIDTH && !place.isKey && isInside(pieces, index)) {
      result += `\n${indent}`;
      column = place.indent;
    } else {
      result += piece;
      column += piece.length;
    }
  }
  return `${result}'`;
}

/** Whether the piece is neither the first nor the last of what it was split from. */
function isInside(pieces: readonly string[], index: number): boolean {
  return (index > 1 || pieces[0] !== '') && (index < pieces.length - 2 || pieces.at(-1) !== '');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string, place: ScalarPlace): string {
  const characters = Array.from(text);
  let result = '"';
  let column = place.column + 1;
  let start = 0;
  let end = 0;
  while (end <= characters.length) {
    const character = characters[end];
    const plain = character !== undefined && isPrintable(character) && character !== '"' && character !== '\\';
    if (!plain) {
      if (start < end) {
        const data = characters.slice(start, end).join('');
        result += data;
        column += data.length;
        start = end;
      }
      if (character !== undefined) {
        const data = escaped(character);
        result += data;
        column += data.length;
        start = end + 1;
      }
    }
    const breakable = end > 0 && end < characters.length - 1 && (character === ' ' || start >= end);
    if (breakable && column + (end - start) > WIDTH && !place.isKey) {
      const data = `${start < end ? characters.slice(start, end).join('') : ''}\\`;
      if (start < end) start = end;
      result += `${data}\n${' '.repeat(place.indent)}`;
      column = place.indent;
      if (characters[start] === ' ') {
        result += '\\';
        column++;
      }
    }
    end++;
  }
  return `${result}"`;
}

function isPrintable(character: string): boolean {
  const code = character.charCodeAt(0);
  return code >= 0x20 && code <= 0x7e;
}

function escaped(character: string): string {
  const known = Object.hasOwn(ESCAPES, character) ? ESCAPES[character] : undefined;
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`;
}
