import type { Value } from '../python/value.ts';

/** What a YAQL expression means before it is evaluated. Brackets leave no trace but that they cannot be a method. */
export type Tree =
  | Constant
  | Keyword
  | Variable
  | Call
  | Unary
  | Binary
  | { readonly type: 'index'; readonly value: Tree; readonly args: readonly Argument[] }
  | { readonly type: 'list'; readonly args: readonly Argument[] }
  | { readonly type: 'map'; readonly args: readonly Argument[] }
  | { readonly type: 'wrap'; readonly value: Tree };

interface Constant {
  readonly type: 'constant';
  readonly value: Value;
}

/** A bare word: a text, a property's name after a dot, a parameter's name before `=>`. */
interface Keyword {
  readonly type: 'keyword';
  readonly name: string;
}

/** `$` or `$name`, with the dollar. */
interface Variable {
  readonly type: 'variable';
  readonly name: string;
}

export interface Call {
  readonly type: 'call';
  readonly name: string;
  readonly args: readonly Argument[];
}

export interface Unary {
  readonly type: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Tree;
}

export interface Binary {
  readonly type: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Tree;
  readonly right: Tree;
}

export type Argument = Tree | Mapping | Skipped;

/** `source => destination` */
interface Mapping {
  readonly type: 'mapping';
  readonly source: Tree;
  readonly destination: Tree;
}

/** Nothing between two commas: the parameter keeps its default. */
interface Skipped {
  readonly type: 'skipped';
}

export type UnaryOperator = '+' | '-' | 'not';
export type BinaryOperator =
  | '.'
  | '?.'
  | '=~'
  | '!~'
  | '*'
  | '/'
  | 'mod'
  | '+'
  | '-'
  | '>'
  | '<'
  | '>='
  | '<='
  | '!='
  | '='
  | 'in'
  | 'and'
  | 'or'
  | '->';
