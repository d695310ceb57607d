import { ExpressionError } from '../expression-error.ts';
import { isSpaceCode } from '../python/code-points.ts';
import { parseInteger } from '../python/number-text.ts';
import { float, integer } from '../python/numbers.ts';
import type { Value } from '../python/value.ts';
import { decodeString } from './escapes.ts';

/** A token of a template. The type says which kind of tokens it is among; texts outside of marks are `data`. */
export type Token =
  | { readonly type: 'data'; readonly text: string; readonly offset: number }
  | {
      readonly type: 'print-begin' | 'print-end' | 'block-begin' | 'block-end';
      readonly text: string;
      readonly offset: number;
    }
  | { readonly type: 'name'; readonly text: string; readonly offset: number }
  | { readonly type: 'string'; readonly text: string; readonly value: string; readonly offset: number }
  | { readonly type: 'number'; readonly text: string; readonly value: Value; readonly offset: number }
  | { readonly type: 'symbol'; readonly text: string; readonly offset: number }
  | { readonly type: 'end'; readonly text: ''; readonly offset: number };

const FLOAT = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const NAME = /[\p{L}\p{N}_]+/uy;
const STRING = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const SYMBOL = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}<>=.:|,;]/y;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** What begins something that is not plain text, with the sign that says what becomes of the space before it. */
const OPENING = /\{%([-+]?)\s*raw\s*(?:-%\}\s*|%\})|\{([{%#])([-+]?)/g;
const RAW_END = /\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\}\n?)/g;
const COMMENT_END = /\+#\}|-#\}\s*|#\}\n?/g;
const PRINT_END = /-\}\}\s*|\}\}/y;
const BLOCK_END = /\+%\}|-%\}\s*|%\}\n?/y;

function fail(message: string, offset: number): never {
  throw new ExpressionError(message, { offset, stage: 'parse' });
}

/**
 * The tokens of a whole template. Space around blocks goes as Mistral has it: the newline behind a block, and what is
 * between the beginning of a line and a block.
 */
export function tokenizeTemplate(source: string): readonly Token[] {
  return new TemplateLexer(source).tokens();
}

/** The tokens of a single expression. */
export function tokenizeExpression(source: string): readonly Token[] {
  const tokens: Token[] = [];
  readExpression(source, 0, null, tokens);
  tokens.push({ type: 'end', text: '', offset: source.length });
  return tokens;
}

class TemplateLexer {
  private readonly source: string;
  private readonly result: Token[] = [];
  private position = 0;
  /** Whether what was read last ended a line. */
  private atLineStart = true;

  constructor(source: string) {
    // One newline at the very end does not count.
    this.source = source.replace(/\r\n|\r/g, '\n').replace(/\n$/, '');
  }

  tokens(): readonly Token[] {
    while (this.position < this.source.length) this.next();
    this.result.push({ type: 'end', text: '', offset: this.source.length });
    return this.result;
  }

  private next(): void {
    OPENING.lastIndex = this.position;
    const opening = OPENING.exec(this.source);
    if (opening === null) {
      this.data(this.source.slice(this.position), this.position);
      this.position = this.source.length;
      return;
    }
    const [whole, rawSign, mark, sign] = opening;
    const isPrint = mark === '{';
    const before = this.source.slice(this.position, opening.index);
    this.data(this.stripped(before, rawSign ?? sign ?? '', isPrint), this.position);
    this.position = opening.index + whole.length;
    if (mark === undefined) this.raw();
    else if (mark === '#') this.comment(opening.index);
    else this.expression(isPrint, opening.index, whole);
    this.atLineStart = this.source[this.position - 1] === '\n';
  }

  private stripped(text: string, sign: string, isPrint: boolean): string {
    if (sign === '-') return text.trimEnd();
    if (sign === '+' || isPrint) return text;
    const lineStart = text.lastIndexOf('\n') + 1;
    if (lineStart === 0 && !this.atLineStart) return text;
    return /^\s*$/.test(text.slice(lineStart)) ? text.slice(0, lineStart) : text;
  }

  private data(text: string, offset: number): void {
    if (text !== '') this.result.push({ type: 'data', text, offset });
  }

  private raw(): void {
    RAW_END.lastIndex = this.position;
    const end = RAW_END.exec(this.source);
    if (end === null) fail('Missing end of raw directive', this.position);
    const text = this.source.slice(this.position, end.index);
    this.data(this.stripped(text, end[1] ?? '', false), this.position);
    this.position = end.index + end[0].length;
  }

  private comment(start: number): void {
    COMMENT_END.lastIndex = this.position;
    const end = COMMENT_END.exec(this.source);
    if (end === null) fail('Missing end of comment tag', start);
    this.position = end.index + end[0].length;
  }

  private expression(isPrint: boolean, offset: number, text: string): void {
    this.result.push({ type: isPrint ? 'print-begin' : 'block-begin', text, offset });
    this.position = readExpression(this.source, this.position, isPrint ? 'print-end' : 'block-end', this.result);
  }
}

/** Reads up to the end mark, or to the end where there is none; returns where that is. */
function readExpression(
  source: string,
  start: number,
  until: 'print-end' | 'block-end' | null,
  tokens: Token[],
): number {
  const open: string[] = [];
  let offset = start;
  while (offset < source.length) {
    const end = until === 'block-end' ? BLOCK_END : PRINT_END;
    const closing = open.length === 0 ? match(end, source, offset) : null;
    if (closing !== null) {
      tokens.push({ type: until ?? 'print-end', text: closing, offset });
      offset += closing.length;
      if (until !== null) return offset;
      continue;
    }
    if (isSpaceCode(source.charCodeAt(offset))) {
      offset++;
      continue;
    }
    const token = readToken(source, offset);
    if (token.type === 'symbol') balance(open, token.text, offset);
    tokens.push(token);
    offset += token.text.length;
  }
  return offset;
}

function balance(open: string[], symbol: string, offset: number): void {
  const closing = Object.hasOwn(CLOSING, symbol) ? CLOSING[symbol] : undefined;
  if (closing !== undefined) {
    open.push(closing);
  } else if (symbol === ')' || symbol === ']' || symbol === '}') {
    const expected = open.pop();
    if (expected === undefined) fail(`unexpected '${symbol}'`, offset);
    if (expected !== symbol) fail(`unexpected '${symbol}', expected '${expected}'`, offset);
  }
}

function readToken(source: string, offset: number): Token {
  const number = source[offset - 1] === '.' ? null : match(FLOAT, source, offset);
  if (number !== null) {
    return { type: 'number', text: number, value: float(Number(number.replaceAll('_', ''))), offset };
  }
  const whole = match(INTEGER, source, offset);
  if (whole !== null) return { type: 'number', text: whole, value: wholeNumber(whole), offset };
  const name = match(NAME, source, offset);
  if (name !== null) {
    if (/^\p{N}/u.test(name)) fail('Invalid character in identifier', offset);
    return { type: 'name', text: name, offset };
  }
  const string = match(STRING, source, offset);
  if (string !== null) {
    return { type: 'string', text: string, value: decodeString(string.slice(1, -1), offset + 1), offset };
  }
  const symbol = match(SYMBOL, source, offset);
  if (symbol !== null) return { type: 'symbol', text: symbol, offset };
  const character = String.fromCodePoint(source.codePointAt(offset) ?? 0);
  return fail(`unexpected char ${character === "'" ? `"'"` : `'${character}'`} at ${offset}`, offset);
}

function wholeNumber(text: string): Value {
  const digits = text.replaceAll('_', '');
  return /^0[box]/i.test(digits) ? integer(BigInt(digits)) : (parseInteger(digits) ?? 0);
}

function match(pattern: RegExp, source: string, offset: number): string | null {
  pattern.lastIndex = offset;
  return pattern.exec(source)?.[0] ?? null;
}
