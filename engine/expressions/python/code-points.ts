import { claimCharacters, spend, spendText } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';

/** Texts as Python counts them: by code point. Only a text with surrogates needs more than JavaScript's own way. */

const SURROGATE = /[\ud800-\udfff]/;

export function hasSurrogates(text: string): boolean {
  spendText(text.length);
  return SURROGATE.test(text);
}

export function textLength(text: string): number {
  if (!hasSurrogates(text)) return text.length;
  spend(text.length >>> 3);
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** The text's characters, one by one, whatever it is made of. */
export function codePoints(text: string): string[] {
  spend(text.length);
  return Array.from(text);
}

/** The characters from start to end, both within the text and counted in code points. */
export function sliceText(text: string, start: number, end: number): string {
  if (end <= start) return '';
  return hasSurrogates(text) ? codePoints(text).slice(start, end).join('') : text.slice(start, end);
}

/** The code point's index of a place that is given as JavaScript counts. */
export function codePointIndex(text: string, unitIndex: number): number {
  return unitIndex < 0 || !hasSurrogates(text) ? unitIndex : textLength(text.slice(0, unitIndex));
}

/** Refuses to repeat anything so often that Python could not count it, even nothing at all. */
export function claimSize(count: number): void {
  if (count >= 2 ** 63) throw new ExpressionError("cannot fit 'int' into an index-sized integer");
}

/** @throws ExpressionError when the text would become too long */
export function repeatText(text: string, count: number): string {
  claimSize(count);
  if (count <= 0 || text === '') return '';
  claimCharacters(text.length * count);
  return text.repeat(count);
}

/** What Python's `str.isspace()` takes for space, by code point. */
export function isSpaceCode(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code >= 0x1c;
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

export function isWhitespace(character: string): boolean {
  return isSpaceCode(character.charCodeAt(0));
}

/** Python's `strip`, `lstrip`, `rstrip`: of whitespace, or of any of the characters. */
export function strip(text: string, characters: string | null, side: 'left' | 'right' | 'both' = 'both'): string {
  const set = characters === null ? null : new Set(characters);
  const drops = (character: string): boolean => (set === null ? isWhitespace(character) : set.has(character));
  const items = hasSurrogates(text) ? codePoints(text) : text;
  let start = 0;
  let end = items.length;
  if (side !== 'right') while (start < end && drops(items[start] ?? '')) start++;
  if (side !== 'left') while (end > start && drops(items[end - 1] ?? '')) end--;
  spend((start + items.length - end) >>> 3);
  return typeof items === 'string' ? items.slice(start, end) : items.slice(start, end).join('');
}
