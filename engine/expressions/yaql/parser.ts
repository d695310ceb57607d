import { LIMITS } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { Lexer, type Token } from './lexer.ts';
import type { Argument, BinaryOperator, Tree, UnaryOperator } from './tree.ts';

/** How tightly the operators bind, `->` least. Square brackets after a value bind like an operator of their own. */
const BINARY: ReadonlyMap<string, number> = new Map([
  ['->', 1],
  ['or', 2],
  ['and', 3],
  ['>', 5],
  ['<', 5],
  ['>=', 5],
  ['<=', 5],
  ['!=', 5],
  ['=', 5],
  ['in', 5],
  ['+', 6],
  ['-', 6],
  ['*', 7],
  ['/', 7],
  ['mod', 7],
  ['=~', 8],
  ['!~', 8],
  ['[', 10],
  ['.', 11],
  ['?.', 11],
]);
const UNARY: ReadonlyMap<string, number> = new Map([
  ['not', 4],
  ['+', 9],
  ['-', 9],
]);

/** @throws ExpressionError of the stage `parse` */
export function parseYaql(source: string): Tree {
  if (source.length > LIMITS.sourceLength) {
    throw new ExpressionError('The expression is too long.', { stage: 'parse' });
  }
  return new Parser(source).parse();
}

class Parser {
  private readonly source: string;
  private readonly lexer: Lexer;
  private token: Token;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
    this.lexer = new Lexer(source);
    this.token = this.lexer.next();
  }

  parse(): Tree {
    const tree = this.value(0);
    if (this.token.type !== 'end') this.unexpected();
    return tree;
  }

  /** A value and all operators after it that bind more tightly than the given strength. */
  private value(strength: number): Tree {
    this.nest();
    const depth = this.depth;
    let tree = this.prefix();
    for (;;) {
      const operator = this.token.type === 'symbol' ? this.token.text : '';
      const binding = BINARY.get(operator);
      if (binding === undefined || binding <= strength) break;
      // A long chain makes a tree as deep as brackets would.
      this.nest();
      this.advance();
      if (operator === '[') {
        tree = { type: 'index', value: tree, args: this.arguments(']') };
      } else {
        const right = this.value(operator === '->' ? binding - 1 : binding);
        tree = { type: 'binary', operator: operator as BinaryOperator, left: tree, right };
      }
    }
    this.depth = depth - 1;
    return tree;
  }

  private prefix(): Tree {
    const token = this.token;
    switch (token.type) {
      case 'variable':
        this.advance();
        return { type: 'variable', name: token.text };
      case 'constant':
        this.advance();
        return { type: 'constant', value: token.value };
      case 'keyword':
        this.advance();
        return { type: 'keyword', name: token.text };
      case 'function':
        this.advance();
        return { type: 'call', name: token.text, args: this.arguments(')') };
      case 'end':
        return this.unexpected();
      case 'symbol':
        return this.symbol(token.text);
    }
  }

  private symbol(text: string): Tree {
    const unary = UNARY.get(text);
    if (unary !== undefined) {
      this.advance();
      return { type: 'unary', operator: text as UnaryOperator, operand: this.value(unary) };
    }
    switch (text) {
      case '(': {
        this.advance();
        const value = this.value(0);
        this.expect(')');
        return { type: 'wrap', value };
      }
      case '[':
        this.advance();
        return { type: 'list', args: this.arguments(']') };
      case '{':
        this.advance();
        return { type: 'map', args: this.arguments('}') };
      default:
        return this.unexpected();
    }
  }

  /**
   * Up to and with the closing bracket. Values come first, with nothing between commas where one is left out, save at
   * the end; then `name => value` pairs, which one comma too many may set apart from values.
   */
  private arguments(close: string): readonly Argument[] {
    const args: Argument[] = [];
    if (this.accept(close)) return args;
    let skipped = 0;
    for (;;) {
      if (this.at(',')) {
        this.advance();
        skipped++;
        args.push({ type: 'skipped' });
        continue;
      }
      const value = this.value(0);
      if (this.at('=>')) {
        if (skipped > 1 || (skipped > 0 && args.length === skipped)) this.unexpected();
        this.mappings(args, value);
        this.expect(close);
        return args;
      }
      args.push(value);
      skipped = 0;
      if (this.accept(close)) return args;
      this.expect(',');
    }
  }

  private mappings(args: Argument[], first: Tree): void {
    let source = first;
    for (;;) {
      this.expect('=>');
      args.push({ type: 'mapping', source, destination: this.value(0) });
      if (!this.at(',')) return;
      this.advance();
      source = this.value(0);
    }
  }

  private at(symbol: string): boolean {
    return this.token.type === 'symbol' && this.token.text === symbol;
  }

  private accept(symbol: string): boolean {
    const found = this.at(symbol);
    if (found) this.advance();
    return found;
  }

  private expect(symbol: string): void {
    if (!this.accept(symbol)) this.unexpected();
  }

  private advance(): void {
    this.token = this.lexer.next();
  }

  private nest(): void {
    if (++this.depth > LIMITS.sourceDepth) {
      throw new ExpressionError('The expression nests too deeply.', { offset: this.token.offset, stage: 'parse' });
    }
  }

  private unexpected(): never {
    const { type, text, offset } = this.token;
    const message =
      type === 'end'
        ? 'Parse error: unexpected end of statement'
        : `Parse error: unexpected '${text}' at position ${offset} of expression '${this.source}'`;
    throw new ExpressionError(message, { offset, stage: 'parse' });
  }
}
