import { ExpressionError } from '../expression-error.ts';
import { parseInteger } from '../python/number-text.ts';
import { float } from '../python/numbers.ts';
import type { Value } from '../python/value.ts';
import { decodeEscapes } from './escapes.ts';

export type Token =
  | { readonly type: 'variable'; readonly text: string; readonly offset: number }
  /** A number, a quoted text, true, false, null. */
  | { readonly type: 'constant'; readonly value: Value; readonly text: string; readonly offset: number }
  /** A name with the opening bracket that follows it at once. */
  | { readonly type: 'function'; readonly text: string; readonly offset: number }
  | { readonly type: 'keyword'; readonly text: string; readonly offset: number }
  | { readonly type: 'symbol'; readonly text: string; readonly offset: number }
  | { readonly type: 'end'; readonly text: ''; readonly offset: number };

const WORD_OPERATORS: ReadonlySet<string> = new Set(['mod', 'in', 'not', 'and', 'or']);
const CONSTANTS: ReadonlyMap<string, { readonly value: Value; readonly text: string }> = new Map([
  ['true', { value: true, text: 'True' }],
  ['false', { value: false, text: 'False' }],
  ['null', { value: null, text: 'None' }],
]);
// `$` is followed by any word characters, digits among them; a number has to end where a word would.
const VARIABLE = /\$[\p{L}\p{N}_]*/uy;
const NUMBER = /\p{Nd}+(?:\.?\p{Nd}+)?(?![\p{L}\p{N}_])|\p{Nd}+(?![\p{L}\p{N}_])/uy;
const WORD = /(?!\p{Nd})[\p{L}\p{N}_]+/uy;
const QUOTED = /'(?:[^'\\]|\\[^\n])*'|"(?:[^"\\]|\\[^\n])*"|`(?:[^`\\]|\\[^\n])*`/y;
const SYMBOL = /\?\.|=~|!~|!=|>=|<=|->|=>|[.+\-*/><=[\](){},]/y;

/** Reads one token at a time, so that an error is reported where reading got to. */
export class Lexer {
  private readonly source: string;
  private position = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** @throws ExpressionError at a character that begins nothing */
  next(): Token {
    this.skipSpace();
    const { source, position: offset } = this;
    const first = source[offset];
    if (first === undefined) return { type: 'end', text: '', offset };
    if (first === '$') return { type: 'variable', text: this.match(VARIABLE) ?? '$', offset };
    const number = this.match(NUMBER);
    if (number !== null) return this.number(number, offset);
    const word = this.match(WORD);
    if (word !== null) return this.word(word, offset);
    const quoted = this.match(QUOTED);
    if (quoted !== null) return this.quoted(quoted, offset);
    const symbol = first === '(' ? '(' : this.match(SYMBOL);
    if (first === '(') this.position++;
    if (symbol !== null) return { type: 'symbol', text: symbol, offset };
    return this.fail(offset);
  }

  private skipSpace(): void {
    for (;;) {
      const character = this.source[this.position];
      if (character !== ' ' && character !== '\t' && character !== '\r' && character !== '\n') return;
      this.position++;
    }
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source);
    if (found === null) return null;
    this.position += found[0].length;
    return found[0];
  }

  private number(text: string, offset: number): Token {
    const value = text.includes('.') ? float(Number(text)) : parseInteger(text);
    // Only other scripts' digits are not read.
    if (value === null || Number.isNaN(value)) return this.fail(offset);
    return { type: 'constant', value, text, offset };
  }

  private word(word: string, offset: number): Token {
    if (this.source[this.position] === '(') {
      this.position++;
      return { type: 'function', text: word, offset };
    }
    if (word.startsWith('__')) return this.fail(offset);
    if (WORD_OPERATORS.has(word)) return { type: 'symbol', text: word, offset };
    const constant = CONSTANTS.get(word);
    return constant === undefined ? { type: 'keyword', text: word, offset } : { type: 'constant', ...constant, offset };
  }

  private quoted(quoted: string, offset: number): Token {
    const inner = quoted.slice(1, -1);
    const text = quoted.startsWith('`') ? inner.replaceAll('\\`', '`') : decodeEscapes(inner, offset + 1);
    return { type: 'constant', value: text, text, offset };
  }

  private fail(offset: number): never {
    const character = String.fromCodePoint(this.source.codePointAt(offset) ?? 0);
    throw new ExpressionError(`Lexical error: illegal character '${character}' at position ${offset}`, {
      offset,
      stage: 'parse',
    });
  }
}
