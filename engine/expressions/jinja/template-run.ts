import { ExpressionError } from '../expression-error.ts';
import { asPython } from '../python/data-value.ts';
import type { Value } from '../python/value.ts';
import type { Scope } from '../scope.ts';
import type { CallArguments } from './callable.ts';
import type { Environment } from './environment.ts';
import { FILTERS, TESTS } from './filters.ts';
import { GLOBALS } from './globals.ts';
import { mistralFunction } from './mistral-names.ts';
import { ScopeDict } from './scope-dict.ts';
import { TemplateReference } from './template-reference.ts';
import { noTest } from './tests.ts';

/** One evaluation of a template: what it sees that it has not set itself. */
export class TemplateRun implements Environment {
  readonly scope: Scope;
  /** What `_` is. */
  readonly data: Value;
  /** Whether what is printed is escaped for HTML; only a block of the template can say so. */
  autoescape = false;
  /** What `self` is: the template with its blocks. */
  self: Value = new TemplateReference(new Map());

  constructor(scope: Scope) {
    this.scope = scope;
    this.data = scope.root === undefined ? new ScopeDict(scope) : asPython(scope.root);
  }

  /** What the name means to every template, or undefined. */
  name(name: string): Value | undefined {
    switch (name) {
      case '_':
        return this.data;
      case 'self':
        return this.self;
      case '__env':
        return asPython(this.scope.get(name) ?? this.scope.mistral?.env() ?? null);
      case '__execution':
      case '__task_execution':
        return asPython(this.scope.get(name) ?? null);
      default:
        return mistralFunction(name, this.scope) ?? GLOBALS.get(name);
    }
  }

  filter(name: string, value: Value, args: CallArguments): Value {
    const filter = FILTERS.get(name);
    if (filter === undefined) throw new ExpressionError(`No filter named '${name}'.`);
    return filter(this, value, args);
  }

  test(name: string, value: Value, args: CallArguments): boolean {
    return (TESTS.get(name) ?? noTest(name))(this, value, args);
  }
}
