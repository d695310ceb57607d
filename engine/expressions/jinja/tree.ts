import type { ArithmeticOperator, OrderOperator } from '../python/operators.ts';
import type { Value } from '../python/value.ts';

/** An expression of Jinja2. */
export type Expression =
  | { readonly type: 'constant'; readonly value: Value }
  | Name
  | { readonly type: 'tuple'; readonly items: readonly Expression[] }
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | { readonly type: 'dict'; readonly entries: readonly (readonly [key: Expression, value: Expression])[] }
  | { readonly type: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly type: 'item'; readonly of: Expression; readonly key: Expression }
  | SliceExpression
  | CallExpression
  | FilterExpression
  | TestExpression
  | {
      readonly type: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: 'sign'; readonly operator: '-' | '+'; readonly operand: Expression }
  | { readonly type: 'not'; readonly operand: Expression }
  | { readonly type: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'concat'; readonly items: readonly Expression[] }
  | { readonly type: 'compare'; readonly first: Expression; readonly operands: readonly Operand[] }
  | Conditional;

interface Name {
  readonly type: 'name';
  readonly name: string;
}

interface SliceExpression {
  readonly type: 'slice';
  readonly start: Expression | null;
  readonly stop: Expression | null;
  readonly step: Expression | null;
}

export interface CallExpression {
  readonly type: 'call';
  readonly callee: Expression;
  readonly args: Arguments;
}

export interface FilterExpression {
  readonly type: 'filter';
  /** Null in a block that filters what is in it. */
  readonly value: Expression | null;
  readonly name: string;
  readonly args: Arguments;
  readonly offset: number;
}

export interface TestExpression {
  readonly type: 'test';
  readonly value: Expression;
  readonly name: string;
  readonly args: Arguments;
  readonly offset: number;
}

export interface Conditional {
  readonly type: 'conditional';
  readonly test: Expression;
  readonly value: Expression;
  readonly otherwise: Expression | null;
}

/** `a < b <= c`: each operand with what it is compared by. */
export interface Operand {
  readonly operator: OrderOperator | '==' | '!=' | 'in' | 'not in';
  readonly value: Expression;
}

export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly (readonly [name: string, value: Expression])[];
  /** `*args` */
  readonly spread: Expression | null;
  /** `**kwargs` */
  readonly spreadNamed: Expression | null;
}

export const NO_ARGUMENTS: Arguments = { positional: [], named: [], spread: null, spreadNamed: null };

/** What can be assigned to. */
export type Target =
  | Name
  | { readonly type: 'targets'; readonly items: readonly Target[] }
  | { readonly type: 'namespace-item'; readonly namespace: string; readonly name: string };

export type Statement =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'print'; readonly value: Expression }
  | { readonly type: 'if'; readonly branches: readonly Branch[]; readonly otherwise: readonly Statement[] }
  | ForStatement
  | { readonly type: 'set'; readonly target: Target; readonly value: Expression }
  | {
      readonly type: 'set-block';
      readonly target: Target;
      readonly filter: FilterExpression | null;
      readonly body: readonly Statement[];
    }
  | MacroStatement
  | CallStatement
  | { readonly type: 'filter-block'; readonly filter: FilterExpression; readonly body: readonly Statement[] }
  | {
      readonly type: 'with';
      readonly variables: readonly (readonly [Target, Expression])[];
      readonly body: readonly Statement[];
    }
  | { readonly type: 'block'; readonly isScoped: boolean; readonly body: readonly Statement[] }
  | { readonly type: 'autoescape'; readonly on: Expression; readonly body: readonly Statement[] }
  /** Another template, which Mistral has no way to find. */
  | { readonly type: 'load'; readonly tag: string };

export interface Branch {
  readonly test: Expression;
  readonly body: readonly Statement[];
}

export interface ForStatement {
  readonly type: 'for';
  readonly target: Target;
  readonly items: Expression;
  readonly test: Expression | null;
  readonly recursive: boolean;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface Parameters {
  readonly names: readonly string[];
  /** Of the last ones. */
  readonly defaults: readonly Expression[];
}

interface MacroStatement {
  readonly type: 'macro';
  readonly name: string;
  readonly parameters: Parameters;
  readonly body: readonly Statement[];
}

export interface CallStatement {
  readonly type: 'call-block';
  readonly call: CallExpression;
  readonly parameters: Parameters;
  readonly body: readonly Statement[];
}

/** What a template's text says. */
export interface Template {
  readonly statements: readonly Statement[];
  /** What stands in its blocks, by their names. */
  readonly blocks: ReadonlyMap<string, readonly Statement[]>;
}
