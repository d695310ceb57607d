import { spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { type AnyDict, dictGet, dictGetOr, makeDict } from '../python/dict.ts';
import { equals } from '../python/equality.ts';
import { iterate } from '../python/iterate.ts';
import { toNumber } from '../python/numbers.ts';
import { repr } from '../python/text.ts';
import { isTrue } from '../python/truth.ts';
import { isDict, isInteger, sequenceItems, Tuple, type Value, ValueIterator } from '../python/value.ts';
import type { Evaluate } from './call.ts';
import { Context } from './context.ts';
import { type CallArgument, type CallSite, callSite, makeCallSite } from './dispatch.ts';
import { matches } from './matching.ts';
import {
  divide,
  isGreater,
  isGreaterOrEqual,
  isIn,
  isLess,
  isLessOrEqual,
  minus,
  negative,
  plus,
  positive,
  remainder,
  times,
} from './operators.ts';
import { isIterable } from './parameters.ts';
import { readProperty } from './properties.ts';
import type { Argument, Binary, BinaryOperator, Call, Tree, Unary } from './tree.ts';

/** Turns a tree into a function that evaluates it. */
export function compile(tree: Tree): Evaluate {
  switch (tree.type) {
    case 'constant': {
      const { value } = tree;
      return () => value;
    }
    case 'keyword': {
      const { name } = tree;
      return () => name;
    }
    case 'variable': {
      const name = tree.name === '$' ? '$1' : tree.name;
      return (context) => context.get(name);
    }
    case 'wrap':
      return compile(tree.value);
    case 'list':
      return compileList(tree.args);
    case 'map':
      return compileMap(tree.args);
    case 'index':
      return compileIndex(tree.value, tree.args);
    case 'call':
      return compileCall(tree);
    case 'unary':
      return compileUnary(tree);
    case 'binary':
      return compileBinary(tree);
  }
}

function noMatch(name: string): never {
  throw new ExpressionError(`No function "${name}" matches supplied arguments`);
}

function compileList(args: readonly Argument[]): Evaluate {
  const items: Evaluate[] = [];
  for (const arg of args) {
    if (arg.type === 'mapping' || arg.type === 'skipped') return () => noMatch('#list');
    items.push(compile(arg));
  }
  return (context) => {
    spend(4 + items.length);
    return new Tuple(items.map((item) => item(context)));
  };
}

function compileMap(args: readonly Argument[]): Evaluate {
  const entries: (readonly [Evaluate, Evaluate])[] = [];
  for (const arg of args) {
    if (arg.type !== 'mapping') return () => noMatch('#map');
    entries.push([compile(arg.source), compile(arg.destination)]);
  }
  return (context) =>
    makeDict(
      entries.map(([key, value]) => [key(context), value(context)] as const),
      true,
    );
}

function compileIndex(of: Tree, args: readonly Argument[]): Evaluate {
  const value = compile(of);
  const given: Evaluate[] = [];
  for (const arg of args) {
    if (arg.type === 'mapping' || arg.type === 'skipped') return () => noMatch('#indexer');
    given.push(compile(arg));
  }
  const [index, fallback] = given;
  if (index === undefined || given.length > 2) return () => noMatch('#indexer');
  return (context) => {
    const container = value(context);
    const key = index(context);
    if (fallback !== undefined) {
      const otherwise = fallback(context);
      return isDict(container) ? dictGetOr(container, key, otherwise) : noMatch('#indexer');
    }
    return isDict(container) ? valueAt(container, key) : itemAt(container, key);
  };
}

function valueAt(dict: AnyDict, key: Value): Value {
  const value = dictGet(dict, key);
  if (value === undefined) throw new ExpressionError(`There is no key ${repr(key)}.`);
  return value;
}

function itemAt(container: Value, index: Value): Value {
  const items = sequenceItems(container);
  if (items === null || !(isInteger(index) || typeof index === 'boolean')) return noMatch('#indexer');
  const place = typeof index === 'boolean' ? Number(index) : toNumber(index);
  const item = items[place < 0 ? place + items.length : place];
  if (item === undefined) throw new ExpressionError('tuple index out of range');
  return item;
}

function compileCall(tree: Call): Evaluate {
  const site = lazySite(tree, false);
  return (context) => callSite(site(), context, undefined);
}

/** The site is made at the first call: what is wrong with a call's arguments only matters when it is made. */
function lazySite(tree: Call, isMethod: boolean): () => CallSite {
  const args = tree.args.map(compileArgument);
  let site: CallSite | null = null;
  return () => {
    site ??= makeCallSite(tree.name, args, isMethod);
    return site;
  };
}

function compileArgument(argument: Argument): CallArgument {
  switch (argument.type) {
    case 'skipped':
      return argument;
    case 'mapping':
      return {
        type: 'mapping',
        keyword: argument.source.type === 'keyword' ? argument.source.name : null,
        source: compile(argument.source),
        destination: compile(argument.destination),
      };
    default:
      return { type: 'value', evaluate: compile(argument) };
  }
}

function compileUnary(tree: Unary): Evaluate {
  const operand = compile(tree.operand);
  switch (tree.operator) {
    case 'not':
      return (context) => !isTrue(operand(context));
    case '-':
      return (context) => negative(operand(context));
    case '+':
      return (context) => positive(operand(context));
  }
}

type Operation = (a: Value, b: Value) => Value;

const OPERATIONS: Readonly<Record<Exclude<BinaryOperator, '.' | '?.' | 'and' | 'or' | '->'>, Operation>> = {
  '+': plus,
  '-': minus,
  '*': times,
  '/': divide,
  mod: remainder,
  '=': equals,
  '!=': (a, b) => !equals(a, b),
  '<': isLess,
  '<=': isLessOrEqual,
  '>': isGreater,
  '>=': isGreaterOrEqual,
  in: isIn,
  '=~': matches,
  '!~': (a, b) => !matches(a, b),
};

function compileBinary(tree: Binary): Evaluate {
  const { operator } = tree;
  if (operator === '.' || operator === '?.') return compileAccess(tree, operator === '?.');
  const left = compile(tree.left);
  const right = compile(tree.right);
  switch (operator) {
    case 'and':
      return (context) => {
        const value = left(context);
        return isTrue(value) ? right(context) : value;
      };
    case 'or':
      return (context) => {
        const value = left(context);
        return isTrue(value) ? value : right(context);
      };
    case '->':
      return (context) => {
        const inner = left(context);
        return inner instanceof Context ? right(inner) : noMatch('#operator_->');
      };
    default: {
      const operation = OPERATIONS[operator];
      return (context) => operation(left(context), right(context));
    }
  }
}

/** `value.name` and `value.method()`; with `?.` null has every property and every method, and they are null. */
function compileAccess({ left, right }: Binary, guarded: boolean): Evaluate {
  if (right.type === 'keyword') return compileProperty(left, right.name, guarded);
  if (right.type !== 'call') return () => noMatch('#operator_.');
  const receiver = compile(left);
  const site = lazySite(right, true);
  return (context) => {
    const value = receiver(context);
    return guarded && value === null ? null : callSite(site(), context, value);
  };
}

function compileProperty(of: Tree, name: string, guarded: boolean): Evaluate {
  if (of.type === 'variable' && of.name === '$') {
    return (context) => {
      const value = context.find('$1');
      if (value !== undefined) return guarded && value === null ? null : property(value, name);
      // The scope is asked for the one variable: putting all of them together would cost as much as there are.
      const variable = context.root.scope.get(name);
      if (variable === undefined) throw new ExpressionError(`There is no variable '${name}'.`);
      return variable;
    };
  }
  const container = compile(of);
  return (context) => {
    const value = container(context);
    return guarded && value === null ? null : property(value, name);
  };
}

function property(value: Value, name: string): Value {
  if (isDict(value)) return valueAt(value, name);
  if (isIterable(value)) return new ValueIterator(properties(iterate(value) ?? [], name), 'map');
  return readProperty(value, name);
}

function* properties(items: Iterable<Value>, name: string): Generator<Value> {
  for (const item of items) yield property(item, name);
}
