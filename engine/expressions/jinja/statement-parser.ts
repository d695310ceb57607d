import { ExpressionParser } from './expression-parser.ts';
import type { TokenStream } from './token-stream.ts';
import type { Branch, Expression, FilterExpression, Parameters, Statement, Target, Template } from './tree.ts';

/** Reads a template's statements as Jinja2 does, with the tags that Mistral has. */
export class StatementParser {
  private readonly stream: TokenStream;
  private readonly expressions: ExpressionParser;
  /** The tags that are open, the innermost last. */
  private readonly open: string[] = [];
  /** The tags that would end what is open, the innermost last. */
  private readonly awaited: (readonly string[])[] = [];
  private readonly blocks = new Map<string, readonly Statement[]>();

  constructor(stream: TokenStream) {
    this.stream = stream;
    this.expressions = new ExpressionParser(stream);
  }

  template(): Template {
    return { statements: this.statements(null), blocks: this.blocks };
  }

  /** Up to one of the tags, which is then the current token; without tags to the end of the template. */
  private statements(until: readonly string[] | null): readonly Statement[] {
    const { stream } = this;
    const statements: Statement[] = [];
    if (until !== null) this.awaited.push(until);
    for (;;) {
      const token = stream.current;
      if (token.type === 'end') {
        if (until !== null) this.endOfTemplate();
        return statements;
      }
      stream.take();
      if (token.type === 'data') {
        statements.push({ type: 'text', text: token.text });
      } else if (token.type === 'print-begin') {
        statements.push({ type: 'print', value: this.expressions.tuple(() => this.expressions.expression()) });
        stream.expect('print-end');
      } else {
        if (until?.some((tag) => stream.isName(tag)) === true) {
          this.awaited.pop();
          return statements;
        }
        statements.push(stream.nested(() => this.statement()));
        stream.expect('block-end');
      }
    }
  }

  /** The body of a tag, behind which the current token is the tag that ends it. */
  private body(until: readonly string[]): readonly Statement[] {
    this.stream.acceptSymbol(':');
    this.stream.expect('block-end');
    return this.statements(until);
  }

  private bodyToEnd(tag: string): readonly Statement[] {
    const body = this.body([tag]);
    this.stream.take();
    return body;
  }

  private statement(): Statement {
    const { stream } = this;
    const token = stream.current;
    if (token.type !== 'name') stream.fail('tag name expected');
    const tag = token.text;
    this.open.push(tag);
    const statement = this.tagged(tag);
    this.open.pop();
    return statement;
  }

  private tagged(tag: string): Statement {
    switch (tag) {
      case 'for':
        return this.for();
      case 'if':
        return this.if();
      case 'set':
        return this.set();
      case 'macro':
        return this.macro();
      case 'call':
        return this.callBlock();
      case 'filter':
        return this.filterBlock();
      case 'with':
        return this.with();
      case 'block':
        return this.block();
      case 'autoescape':
        this.stream.take();
        return { type: 'autoescape', on: this.expressions.expression(), body: this.bodyToEnd('endautoescape') };
      case 'print':
        this.stream.take();
        return this.print();
      case 'include':
      case 'import':
      case 'from':
      case 'extends':
        return this.load(tag);
      default:
        this.open.pop();
        return this.unknownTag(tag);
    }
  }

  private for(): Statement {
    const { stream } = this;
    stream.take();
    const target = this.target((): boolean => stream.isName('in'));
    if (!stream.acceptName('in')) stream.fail(`expected token 'in', got '${stream.current.text}'`);
    const items = this.expressions.tuple(() => this.expressions.or(), 'recursive');
    const test = stream.acceptName('if') ? this.expressions.expression() : null;
    const recursive = stream.acceptName('recursive');
    const body = this.body(['endfor', 'else']);
    const otherwise = stream.take().text === 'else' ? this.bodyToEnd('endfor') : [];
    return { type: 'for', target, items, test, recursive, body, otherwise };
  }

  private if(): Statement {
    const { stream } = this;
    const branches: Branch[] = [];
    for (;;) {
      stream.take();
      const test = this.expressions.tuple(() => this.expressions.or());
      branches.push({ test, body: this.body(['elif', 'else', 'endif']) });
      if (stream.isName('elif')) continue;
      const otherwise = stream.take().text === 'else' ? this.bodyToEnd('endif') : [];
      return { type: 'if', branches, otherwise };
    }
  }

  private set(): Statement {
    const { stream } = this;
    stream.take();
    const target = this.target((): boolean => stream.isSymbol('=') || stream.isSymbol('|'));
    if (stream.acceptSymbol('='))
      return { type: 'set', target, value: this.expressions.tuple(() => this.expressions.expression()) };
    const filter = this.blockFilter();
    return { type: 'set-block', target, filter, body: this.bodyToEnd('endset') };
  }

  private blockFilter(): FilterExpression | null {
    let filter: FilterExpression | null = null;
    while (this.stream.acceptSymbol('|')) filter = this.expressions.filter(filter);
    return filter;
  }

  private filterBlock(): Statement {
    this.stream.take();
    let filter = this.expressions.filter(null);
    while (this.stream.acceptSymbol('|')) filter = this.expressions.filter(filter);
    return { type: 'filter-block', filter, body: this.bodyToEnd('endfilter') };
  }

  private macro(): Statement {
    this.stream.take();
    const name = this.assignableName();
    const parameters = this.parameters();
    return { type: 'macro', name, parameters, body: this.bodyToEnd('endmacro') };
  }

  private callBlock(): Statement {
    const { stream } = this;
    stream.take();
    const parameters = stream.isSymbol('(') ? this.parameters() : { names: [], defaults: [] };
    const call = this.expressions.expression();
    if (call.type !== 'call') return stream.fail('expected call');
    return { type: 'call-block', call, parameters, body: this.bodyToEnd('endcall') };
  }

  private parameters(): Parameters {
    const { stream } = this;
    const names: string[] = [];
    const defaults: Expression[] = [];
    stream.expectSymbol('(');
    while (!stream.isSymbol(')')) {
      if (names.length > 0) stream.expectSymbol(',');
      names.push(this.assignableName());
      if (stream.acceptSymbol('=')) defaults.push(this.expressions.expression());
      else if (defaults.length > 0) stream.fail('non-default argument follows default argument');
    }
    stream.expectSymbol(')');
    return { names, defaults };
  }

  private with(): Statement {
    const { stream } = this;
    stream.take();
    const variables: (readonly [Target, Expression])[] = [];
    while (stream.current.type !== 'block-end') {
      if (variables.length > 0) stream.expectSymbol(',');
      const target = this.target((): boolean => stream.isSymbol('='));
      stream.expectSymbol('=');
      variables.push([target, this.expressions.expression()]);
    }
    return { type: 'with', variables, body: this.bodyToEnd('endwith') };
  }

  private block(): Statement {
    const { stream } = this;
    stream.take();
    const name = stream.expectName();
    if (this.blocks.has(name)) stream.fail(`block '${name}' defined twice`);
    this.blocks.set(name, []);
    if (stream.isSymbol('-')) {
      stream.fail(
        'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
      );
    }
    const isScoped = stream.acceptName('scoped');
    // That it is required matters to templates that extend this one, and there are none.
    stream.acceptName('required');
    const body = this.body(['endblock']);
    stream.take();
    stream.acceptName(name);
    this.blocks.set(name, body);
    return { type: 'block', isScoped, body };
  }

  private print(): Statement {
    const items: Expression[] = [];
    while (this.stream.current.type !== 'block-end') {
      if (items.length > 0) this.stream.expectSymbol(',');
      items.push(this.expressions.expression());
    }
    return { type: 'print', value: { type: 'concat', items } };
  }

  /** What it would load is read, for the errors that may be in it, and then forgotten. */
  private load(tag: string): Statement {
    const { stream } = this;
    stream.take();
    this.expressions.expression();
    while (stream.current.type !== 'block-end' && stream.current.type !== 'end') stream.take();
    return { type: 'load', tag };
  }

  private target(isEnd: () => boolean): Target {
    const first = this.singleTarget();
    if (!this.stream.isSymbol(',')) return first;
    const items = [first];
    while (this.stream.acceptSymbol(',')) {
      if (isEnd()) break;
      items.push(this.singleTarget());
    }
    return { type: 'targets', items };
  }

  private singleTarget(): Target {
    const { stream } = this;
    if (stream.acceptSymbol('(')) {
      const inner = stream.nested(() => this.target((): boolean => stream.isSymbol(')')));
      stream.expectSymbol(')');
      return inner;
    }
    const name = this.assignableName();
    if (!stream.acceptSymbol('.')) return { type: 'name', name };
    return { type: 'namespace-item', namespace: name, name: stream.expectName() };
  }

  private assignableName(): string {
    const { offset } = this.stream.current;
    const name = this.stream.expectName();
    if (['true', 'True', 'false', 'False', 'none', 'None'].includes(name)) {
      this.stream.fail(`can't assign to 'const'`, offset);
    }
    return name;
  }

  private unknownTag(tag: string): never {
    this.stream.fail(`Encountered unknown tag '${tag}'.${this.awaitedText(tag)}`);
  }

  private endOfTemplate(): never {
    this.stream.fail(`Unexpected end of template.${this.awaitedText(null)}`);
  }

  private awaitedText(tag: string | null): string {
    const innermost = this.awaited.at(-1);
    const looking = innermost?.map((each) => `'${each}'`).join(' or ');
    const parts: string[] = [];
    if (looking !== undefined) {
      const isMistake = tag !== null && this.awaited.some((tags) => tags.includes(tag));
      parts.push(
        isMistake
          ? ` You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${looking}.`
          : ` Jinja was looking for the following tags: ${looking}.`,
      );
    }
    const open = this.open.at(-1);
    if (open !== undefined) parts.push(` The innermost block that needs to be closed is '${open}'.`);
    return parts.join('');
  }
}
