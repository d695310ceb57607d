import { LIMITS } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import type { Token } from './lexer.ts';

/** Tokens one after the other, and the words for what is wrong with them. */
export class TokenStream {
  private readonly tokens: readonly Token[];
  private position = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get current(): Token {
    return this.tokens[this.position] as Token;
  }

  peek(): Token {
    return this.tokens[Math.min(this.position + 1, this.tokens.length - 1)] as Token;
  }

  /** The current token, and on to the next. */
  take(): Token {
    const token = this.current;
    if (token.type !== 'end') this.position++;
    return token;
  }

  isSymbol(text: string): boolean {
    return this.current.type === 'symbol' && this.current.text === text;
  }

  isName(text: string): boolean {
    return this.current.type === 'name' && this.current.text === text;
  }

  acceptSymbol(text: string): boolean {
    const found = this.isSymbol(text);
    if (found) this.position++;
    return found;
  }

  acceptName(text: string): boolean {
    const found = this.isName(text);
    if (found) this.position++;
    return found;
  }

  expectSymbol(text: string): void {
    if (!this.acceptSymbol(text)) this.expected(`'${text}'`);
  }

  expectName(): string {
    if (this.current.type !== 'name') this.expected("'name'");
    return this.take().text;
  }

  expect(type: 'block-end' | 'print-end'): void {
    if (this.current.type !== type) this.expected(describeType(type));
    this.position++;
  }

  private expected(what: string): never {
    if (this.current.type === 'end') {
      this.fail(`unexpected end of template, expected ${what}.`);
    }
    this.fail(`expected token ${what}, got '${describe(this.current)}'`);
  }

  unexpected(): never {
    this.fail(`unexpected '${describe(this.current)}'`);
  }

  fail(message: string, offset = this.current.offset): never {
    throw new ExpressionError(message, { offset, stage: 'parse' });
  }

  describeCurrent(): string {
    return describe(this.current);
  }

  /** Reads something within something of its kind, but not without end. */
  nested<T>(read: () => T): T {
    if (++this.depth > LIMITS.sourceDepth / 4) this.fail('The expression nests too deeply.');
    const result = read();
    this.depth--;
    return result;
  }
}

function describe(token: Token): string {
  switch (token.type) {
    case 'name':
    case 'symbol':
      return token.text;
    case 'string':
      return 'string';
    case 'data':
      return 'template data / text';
    case 'number':
      return /^[\d_]+$|^0/.test(token.text) && !token.text.includes('.') ? 'integer' : 'float';
    case 'end':
      return 'end of template';
    default:
      return describeType(token.type).slice(1, -1);
  }
}

function describeType(type: 'print-begin' | 'print-end' | 'block-begin' | 'block-end'): string {
  const [kind, side] = type.split('-');
  return `'${side === 'begin' ? 'begin' : 'end'} of ${kind === 'print' ? 'print statement' : 'statement block'}'`;
}
