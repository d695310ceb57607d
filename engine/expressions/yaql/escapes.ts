import { ExpressionError } from '../expression-error.ts';

const ESCAPE = /\\(?:U[^\n]{8}|u[^\n]{4}|x[^\n]{2}|[0-7]{1,3}|N\{[^}]+\}|[\\'"abfnrtv])/g;
const SINGLE: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/**
 * A quoted text with its escapes read as Python reads them; a backslash before anything else stays.
 * @param offset where the text begins in the expression, for the error
 */
export function decodeEscapes(text: string, offset: number): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (sequence: string, index: number) => {
    const kind = sequence[1] ?? '';
    const rest = sequence.slice(2);
    if (kind === 'x' || kind === 'u' || kind === 'U') {
      const code = /^[0-9a-fA-F]+$/.test(rest) ? Number.parseInt(rest, 16) : Number.NaN;
      if (code <= 0x10ffff) return String.fromCodePoint(code);
    } else if (kind >= '0' && kind <= '7') {
      return String.fromCodePoint(Number.parseInt(sequence.slice(1), 8));
    } else if (kind !== 'N') {
      return SINGLE.get(kind) ?? kind;
    }
    throw new ExpressionError(`The escape '${sequence}' in a quoted text cannot be read.`, {
      offset: offset + index,
      stage: 'parse',
    });
  });
}
