import { ExpressionError } from '../expression-error.ts';

const ESCAPE = /\\(x[\s\S]{0,2}|u[\s\S]{0,4}|U[\s\S]{0,8}|N\{[^}]*\}|[0-7]{1,3}|[\s\S])/g;
const SINGLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * A string's text with its escapes read as Python reads them; a backslash before anything else stays.
 * @param offset where the text begins, for the error
 */
export function decodeString(text: string, offset: number): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (whole, sequence: string, index: number) => {
    const kind = sequence[0] ?? '';
    if (/^[0-7]/.test(sequence)) return String.fromCodePoint(Number.parseInt(sequence, 8));
    const width = { x: 2, u: 4, U: 8 }[kind];
    if (width === undefined && kind !== 'N') return Object.hasOwn(SINGLE, kind) ? (SINGLE[kind] ?? '') : whole;
    const digits = sequence.slice(1);
    const code = digits.length === width && /^[0-9a-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
    if (!(code <= 0x10ffff)) {
      throw new ExpressionError(`The escape '${whole}' in a string cannot be read.`, {
        offset: offset + index,
        stage: 'parse',
      });
    }
    return String.fromCodePoint(code);
  });
}
