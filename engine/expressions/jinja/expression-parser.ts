import type { ArithmeticOperator, OrderOperator } from '../python/operators.ts';
import type { Value } from '../python/value.ts';
import type { TokenStream } from './token-stream.ts';
import {
  type Arguments,
  type CallExpression,
  type Expression,
  type FilterExpression,
  NO_ARGUMENTS,
  type Operand,
  type TestExpression,
} from './tree.ts';

const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** Reads expressions as Jinja2 does: from the loosest binding to the tightest. */
export class ExpressionParser {
  readonly stream: TokenStream;

  constructor(stream: TokenStream) {
    this.stream = stream;
  }

  expression(): Expression {
    return this.stream.nested(() => this.conditional());
  }

  private conditional(): Expression {
    let value = this.or();
    while (this.stream.acceptName('if')) {
      const test = this.or();
      const otherwise = this.stream.acceptName('else') ? this.expression() : null;
      value = { type: 'conditional', test, value, otherwise };
    }
    return value;
  }

  /** An expression where `if` and `else` mean something else. */
  or(): Expression {
    let left = this.and();
    while (this.stream.acceptName('or')) left = { type: 'or', left, right: this.and() };
    return left;
  }

  private and(): Expression {
    let left = this.not();
    while (this.stream.acceptName('and')) left = { type: 'and', left, right: this.not() };
    return left;
  }

  private not(): Expression {
    if (!this.stream.acceptName('not')) return this.compare();
    return this.stream.nested(() => ({ type: 'not', operand: this.not() }));
  }

  private compare(): Expression {
    const first = this.sum();
    const operands: Operand[] = [];
    for (;;) {
      const { stream } = this;
      const token = stream.current;
      if (token.type === 'symbol' && COMPARISONS.has(token.text)) {
        stream.take();
        operands.push({ operator: token.text as OrderOperator | '==' | '!=', value: this.sum() });
      } else if (stream.acceptName('in')) {
        operands.push({ operator: 'in', value: this.sum() });
      } else if (stream.isName('not') && stream.peek().type === 'name' && stream.peek().text === 'in') {
        stream.take();
        stream.take();
        operands.push({ operator: 'not in', value: this.sum() });
      } else {
        return operands.length === 0 ? first : { type: 'compare', first, operands };
      }
    }
  }

  private sum(): Expression {
    return this.arithmetic(['+', '-'], () => this.concat());
  }

  private concat(): Expression {
    const items = [this.product()];
    while (this.stream.acceptSymbol('~')) items.push(this.product());
    return items.length === 1 ? (items[0] as Expression) : { type: 'concat', items };
  }

  private product(): Expression {
    return this.arithmetic(['*', '/', '//', '%'], () => this.arithmetic(['**'], () => this.unary(true)));
  }

  private arithmetic(operators: readonly ArithmeticOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = operators.find((each) => this.stream.isSymbol(each));
      if (operator === undefined) return left;
      this.stream.take();
      left = { type: 'arithmetic', operator, left, right: operand() };
    }
  }

  /** @param filtered whether filters and tests may follow */
  private unary(filtered: boolean): Expression {
    const { stream } = this;
    const operator = stream.isSymbol('-') ? '-' : stream.isSymbol('+') ? '+' : null;
    let value: Expression;
    if (operator === null) {
      value = this.primary();
    } else {
      stream.take();
      value = stream.nested(() => ({ type: 'sign', operator, operand: this.unary(false) }));
    }
    value = this.postfix(value);
    return filtered ? this.filtersAndTests(value) : value;
  }

  private primary(): Expression {
    const { stream } = this;
    const token = stream.current;
    switch (token.type) {
      case 'name': {
        stream.take();
        const constant = CONSTANTS.get(token.text);
        return constant === undefined ? { type: 'name', name: token.text } : { type: 'constant', value: constant };
      }
      case 'string':
        return { type: 'constant', value: this.strings() };
      case 'number':
        stream.take();
        return { type: 'constant', value: token.value };
      case 'symbol':
        if (stream.acceptSymbol('(')) return stream.nested(() => this.inBrackets());
        if (stream.acceptSymbol('[')) return stream.nested(() => this.list());
        if (stream.acceptSymbol('{')) return stream.nested(() => this.dict());
        return stream.unexpected();
      default:
        return stream.unexpected();
    }
  }

  /** Strings next to each other are one. */
  private strings(): string {
    let text = '';
    for (let token = this.stream.current; token.type === 'string'; token = this.stream.current) {
      text += token.value;
      this.stream.take();
    }
    return text;
  }

  private inBrackets(): Expression {
    if (this.stream.acceptSymbol(')')) return { type: 'tuple', items: [] };
    const value = this.tuple(() => this.expression());
    this.stream.expectSymbol(')');
    return value;
  }

  /** One expression, or a tuple when a comma follows. @param end a word that may follow the last comma */
  tuple(item: () => Expression, end: string | null = null): Expression {
    const { stream } = this;
    const isEnd = (): boolean =>
      stream.current.type === 'block-end' ||
      stream.current.type === 'print-end' ||
      stream.isSymbol(')') ||
      (end !== null && stream.isName(end));
    if (isEnd()) stream.fail(`Expected an expression, got '${stream.describeCurrent()}'`);
    const first = item();
    if (!stream.isSymbol(',')) return first;
    const items = [first];
    while (stream.acceptSymbol(',')) {
      if (isEnd()) break;
      items.push(item());
    }
    return { type: 'tuple', items };
  }

  private list(): Expression {
    const items: Expression[] = [];
    while (!this.stream.isSymbol(']')) {
      if (items.length > 0) this.stream.expectSymbol(',');
      if (this.stream.isSymbol(']')) break;
      items.push(this.expression());
    }
    this.stream.expectSymbol(']');
    return { type: 'list', items };
  }

  private dict(): Expression {
    const entries: (readonly [Expression, Expression])[] = [];
    while (!this.stream.isSymbol('}')) {
      if (entries.length > 0) this.stream.expectSymbol(',');
      if (this.stream.isSymbol('}')) break;
      const key = this.expression();
      this.stream.expectSymbol(':');
      entries.push([key, this.expression()]);
    }
    this.stream.expectSymbol('}');
    return { type: 'dict', entries };
  }

  private postfix(start: Expression): Expression {
    let value = start;
    for (;;) {
      if (this.stream.acceptSymbol('.')) value = this.attribute(value);
      else if (this.stream.acceptSymbol('[')) value = this.subscript(value);
      else if (this.stream.isSymbol('(')) value = this.call(value);
      else return value;
    }
  }

  private filtersAndTests(start: Expression): Expression {
    let value = start;
    for (;;) {
      if (this.stream.isSymbol('|')) value = this.filters(value);
      else if (this.stream.isName('is')) value = this.test(value);
      else if (this.stream.isSymbol('(')) value = this.call(value);
      else return value;
    }
  }

  private attribute(of: Expression): Expression {
    const token = this.stream.current;
    if (token.type === 'name') {
      this.stream.take();
      return { type: 'attribute', of, name: token.text };
    }
    if (token.type !== 'number' || !/^\d+$/.test(token.text)) this.stream.fail('expected name or number');
    this.stream.take();
    return { type: 'item', of, key: { type: 'constant', value: token.value } };
  }

  private subscript(of: Expression): Expression {
    const keys: Expression[] = [];
    while (!this.stream.isSymbol(']')) {
      if (keys.length > 0) this.stream.expectSymbol(',');
      keys.push(this.subscriptKey());
    }
    this.stream.expectSymbol(']');
    const [only] = keys;
    if (only === undefined) return { type: 'item', of, key: { type: 'tuple', items: [] } };
    return { type: 'item', of, key: keys.length === 1 ? only : { type: 'tuple', items: keys } };
  }

  private subscriptKey(): Expression {
    const { stream } = this;
    let start: Expression | null = null;
    if (!stream.isSymbol(':')) {
      start = this.expression();
      if (!stream.isSymbol(':')) return start;
    }
    stream.expectSymbol(':');
    const atEnd = (): boolean => stream.isSymbol(']') || stream.isSymbol(',');
    const stop = stream.isSymbol(':') || atEnd() ? null : this.expression();
    const step = stream.acceptSymbol(':') && !atEnd() ? this.expression() : null;
    return { type: 'slice', start, stop, step };
  }

  call(callee: Expression): CallExpression {
    return this.stream.nested(() => ({ type: 'call', callee, args: this.arguments() }));
  }

  private arguments(): Arguments {
    const { stream } = this;
    stream.expectSymbol('(');
    const positional: Expression[] = [];
    const named: (readonly [string, Expression])[] = [];
    let spread: Expression | null = null;
    let spreadNamed: Expression | null = null;
    const check = (fine: boolean): void => {
      if (!fine) stream.fail('invalid syntax for function call expression');
    };
    for (let first = true; !stream.isSymbol(')'); first = false) {
      if (!first) {
        stream.expectSymbol(',');
        if (stream.isSymbol(')')) break;
      }
      const token = stream.current;
      const next = stream.peek();
      if (stream.acceptSymbol('*')) {
        check(spread === null && spreadNamed === null);
        spread = this.expression();
      } else if (stream.acceptSymbol('**')) {
        check(spreadNamed === null);
        spreadNamed = this.expression();
      } else if (token.type === 'name' && next.type === 'symbol' && next.text === '=') {
        check(spreadNamed === null);
        stream.take();
        stream.take();
        named.push([token.text, this.expression()]);
      } else {
        check(spread === null && spreadNamed === null && named.length === 0);
        positional.push(this.expression());
      }
    }
    stream.expectSymbol(')');
    return { positional, named, spread, spreadNamed };
  }

  private filters(start: Expression): Expression {
    let value = start;
    while (this.stream.acceptSymbol('|')) value = this.filter(value);
    return value;
  }

  /** Behind the bar, or at the beginning of a block that filters. */
  filter(value: Expression | null): FilterExpression {
    const { offset } = this.stream.current;
    const name = this.dottedName();
    const args = this.stream.isSymbol('(') ? this.arguments() : NO_ARGUMENTS;
    return { type: 'filter', value, name, args, offset };
  }

  private dottedName(): string {
    let name = this.stream.expectName();
    while (this.stream.acceptSymbol('.')) name += `.${this.stream.expectName()}`;
    return name;
  }

  private test(value: Expression): Expression {
    const { stream } = this;
    stream.take();
    const negative = stream.acceptName('not');
    const { offset } = stream.current;
    const name = this.dottedName();
    const test: TestExpression = { type: 'test', value, name, args: this.testArguments(), offset };
    return negative ? { type: 'not', operand: test } : test;
  }

  /** In brackets, or one value right behind the test's name. */
  private testArguments(): Arguments {
    const { stream } = this;
    if (stream.isSymbol('(')) return this.arguments();
    const token = stream.current;
    const opens = token.type === 'symbol' && (token.text === '[' || token.text === '{');
    const isWord = token.type === 'name' && !['else', 'or', 'and'].includes(token.text);
    if (!opens && !isWord && token.type !== 'string' && token.type !== 'number') return NO_ARGUMENTS;
    if (stream.isName('is')) stream.fail('You cannot chain multiple tests with is');
    return { ...NO_ARGUMENTS, positional: [this.postfix(this.primary())] };
  }
}
