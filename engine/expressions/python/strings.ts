import { claimCharacters, claimItems, LIMITS, spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { codePointIndex, codePoints, hasSurrogates, isWhitespace, sliceText, textLength } from './code-points.ts';
import { indexOfText, lastIndexOfText } from './find-text.ts';

/** What Python's own string methods do, for both languages. Places are counted in code points. */

/** @param separator null: runs of whitespace @param limit at most so many cuts; negative: any number */
export function split(text: string, separator: string | null, limit: number): string[] {
  const parts = separator === null ? splitWhitespace(text, limit) : splitAt(text, separator, limit);
  claimItems(parts.length);
  return parts;
}

function splitAt(text: string, separator: string, limit: number): string[] {
  if (separator === '') throw new ExpressionError('empty separator');
  const parts = cutAt(text, separator);
  return limit >= 0 && parts.length > limit + 1
    ? [...parts.slice(0, limit), parts.slice(limit).join(separator)]
    : parts;
}

/** All parts between the cuts, or more than a collection may have. */
export function cutAt(text: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let place = indexOfText(text, separator); place !== -1; place = indexOfText(text, separator, from)) {
    parts.push(text.slice(from, place));
    from = place + separator.length;
    if (parts.length > LIMITS.items) claimItems(parts.length);
  }
  parts.push(text.slice(from));
  return parts;
}

function splitWhitespace(text: string, limit: number): string[] {
  spend(text.length >>> 3);
  const parts: string[] = [];
  let index = 0;
  for (;;) {
    while (index < text.length && isWhitespace(text[index] ?? '')) index++;
    if (index === text.length) return parts;
    if (limit >= 0 && parts.length === limit) {
      parts.push(text.slice(index));
      return parts;
    }
    const start = index;
    while (index < text.length && !isWhitespace(text[index] ?? '')) index++;
    spend(3);
    if (parts.length > LIMITS.items) claimItems(parts.length);
    parts.push(text.slice(start, index));
  }
}

/** Like {@link split}, cutting from the end. */
export function splitFromRight(text: string, separator: string | null, limit: number): string[] {
  if (limit < 0) return split(text, separator, limit);
  if (separator === null) {
    return split(reverse(text), null, limit).reverse().map(reverse);
  }
  const parts = split(text, separator, -1);
  if (parts.length <= limit + 1) return parts;
  const rest = parts.length - limit;
  return [parts.slice(0, rest).join(separator), ...parts.slice(rest)];
}

function reverse(text: string): string {
  return codePoints(text).reverse().join('');
}

/** @param limit at most so many replacements; negative: all */
export function replace(text: string, old: string, replacement: string, limit: number): string {
  if (limit === 0) return text;
  if (old === '') return insertBetween(text, replacement, limit);
  const parts: string[] = [];
  let from = 0;
  let size = text.length;
  for (let place = indexOfText(text, old); place !== -1; place = indexOfText(text, old, from)) {
    if (parts.length === limit) break;
    spend(3);
    parts.push(text.slice(from, place));
    from = place + old.length;
    size += replacement.length - old.length;
    if (size > LIMITS.characters) claimCharacters(size);
  }
  parts.push(text.slice(from));
  claimCharacters(size);
  return parts.join(replacement);
}

/** An empty text is found before every character and at the end. */
function insertBetween(text: string, replacement: string, limit: number): string {
  claimItems(text.length);
  spend(text.length * 2);
  const characters = Array.from(text);
  const places = limit < 0 ? characters.length + 1 : Math.min(limit, characters.length + 1);
  claimCharactersFor(text, replacement, places);
  let result = '';
  for (let place = 0; place <= characters.length; place++) {
    result += (place < places ? replacement : '') + (characters[place] ?? '');
  }
  return result;
}

/**
 * Where the part is first found within the slice of the text, or -1.
 * @param end null: the end of the text; negative places count from there
 */
export function find(text: string, part: string, start: number, end: number | null, fromRight = false): number {
  const length = textLength(text);
  const [from, to] = clampRange(start, end, length);
  if (from > length || to < from) return -1;
  const window = sliceText(text, from, to);
  const found = fromRight ? lastIndexOfText(window, part) : indexOfText(window, part);
  return found === -1 ? -1 : from + codePointIndex(window, found);
}

/** The bounds of a slice as Python reads them: negative ones count from the end, too large ones stop there. */
export function clampRange(start: number, end: number | null, length: number): readonly [from: number, to: number] {
  const clamp = (place: number): number => (place < 0 ? Math.max(0, place + length) : place);
  return [clamp(start), Math.min(length, clamp(end ?? length))];
}

function claimCharactersFor(text: string, replacement: string, count: number): void {
  claimCharacters(text.length + replacement.length * count);
}

/** Code points as single texts. */
export function characters(text: string): readonly string[] {
  claimItems(text.length);
  spend(text.length);
  return hasSurrogates(text) ? Array.from(text) : text.split('');
}

function endsLine(code: number): boolean {
  return (
    (code >= 0x0a && code <= 0x0d) ||
    (code >= 0x1c && code <= 0x1e) ||
    code === 0x85 ||
    code === 0x2028 ||
    code === 0x2029
  );
}

/** Python's `str.splitlines`: more ends a line than a newline, and an end at the end begins no other line. */
export function splitLines(text: string, keepEnds: boolean): readonly string[] {
  spend(text.length >>> 3);
  const lines: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (!endsLine(text.charCodeAt(index))) continue;
    spend(3);
    if (lines.length > LIMITS.items) claimItems(lines.length);
    const next = text.startsWith('\r\n', index) ? index + 2 : index + 1;
    lines.push(text.slice(start, keepEnds ? next : index));
    start = next;
    index = next - 1;
  }
  if (start < text.length) lines.push(text.slice(start));
  claimItems(lines.length);
  return lines;
}

/** Python's `str.capitalize`. */
export function capitalize(text: string): string {
  claimCharacters(text.length);
  const first = String.fromCodePoint(...[text.codePointAt(0)].flatMap((code) => code ?? []));
  return titled(first) + text.slice(first.length).toLowerCase();
}

/** Letters that stand for two, and have a form of their own where only the first is a capital. */
const DIGRAPHS: ReadonlyMap<string, string> = new Map(
  ['Ǆǅǆ', 'Ǉǈǉ', 'Ǌǋǌ', 'Ǳǲǳ'].flatMap((forms) => [...forms].map((form) => [form, forms.charAt(1)] as const)),
);

/** The character as the first one of a word: ß begins one as Ss. */
function titled(character: string): string {
  const digraph = DIGRAPHS.get(character);
  if (digraph !== undefined) return digraph;
  const [first = '', ...rest] = character.toUpperCase();
  return first + rest.join('').toLowerCase();
}

/** Python's `str.title`: every run of letters begins with a capital. */
export function titleCase(text: string): string {
  spend(text.length * 3);
  return text.replace(/\p{Cased}+/gu, capitalize);
}

/** Python's `str.swapcase`. */
export function swapCase(text: string): string {
  spend(text.length * 2);
  return Array.from(text, (each) => (each.toUpperCase() === each ? each.toLowerCase() : each.toUpperCase())).join('');
}
