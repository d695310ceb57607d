import { claimCharacters, spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { dictEntries, makeDict } from '../python/dict.ts';
import { equals } from '../python/equality.ts';
import { toNumber } from '../python/numbers.ts';
import { asNumber, calculate, isContained, isOrdered, negateValue, plusValue } from '../python/operators.ts';
import { isDict, List, Tuple, typeName, type Value } from '../python/value.ts';
import { getAttribute, getItem } from './access.ts';
import { callValue } from './call-value.ts';
import { type CallArguments, NO_NAMED } from './callable.ts';
import { constantOf } from './constant.ts';
import { FILTERS, TESTS } from './filters.ts';
import type { Frame } from './frame.ts';
import { DICT_METHODS } from './methods/dict-methods.ts';
import { ScopeDict } from './scope-dict.ts';
import { SliceValue } from './slice-value.ts';
import type { Arguments, Conditional, Expression, FilterExpression, Operand, TestExpression } from './tree.ts';
import { defined, Undefined, undefinedPart } from './undefined.ts';
import { items, str, truth } from './values.ts';

export type Evaluate = (frame: Frame) => Value;

/**
 * Turns an expression into a function that evaluates it.
 * @param soft whether it may never be evaluated, so that a filter that does not exist is only an error when it is used
 * @throws ExpressionError for a filter or test that does not exist
 */
export function compileExpression(tree: Expression, soft: boolean): Evaluate {
  const compile = (each: Expression): Evaluate => compileExpression(each, soft);
  switch (tree.type) {
    case 'constant': {
      const { value } = tree;
      return () => value;
    }
    case 'name': {
      const { name } = tree;
      return (frame) => frame.get(name);
    }
    case 'tuple': {
      const parts = tree.items.map(compile);
      return (frame) => {
        spend(3 + parts.length);
        return new Tuple(parts.map((part) => part(frame)));
      };
    }
    case 'list': {
      const parts = tree.items.map(compile);
      return (frame) => {
        spend(3 + parts.length);
        return new List(parts.map((part) => part(frame)));
      };
    }
    case 'dict': {
      const entries = tree.entries.map(([key, value]) => [compile(key), compile(value)] as const);
      return (frame) =>
        makeDict(
          entries.map(([key, value]) => [defined(key(frame)), value(frame)] as const),
          false,
        );
    }
    case 'attribute':
      return compileAttribute(tree.of, tree.name, soft);
    case 'item': {
      const of = compile(tree.of);
      const key = compile(tree.key);
      return (frame) => getItem(of(frame), key(frame));
    }
    case 'slice': {
      const [start, stop, step] = [tree.start, tree.stop, tree.step].map((part) =>
        part === null ? null : compile(part),
      );
      return (frame) => new SliceValue(start?.(frame) ?? null, stop?.(frame) ?? null, step?.(frame) ?? null);
    }
    case 'call': {
      const callee = compile(tree.callee);
      const args = compileArguments(tree.args, soft);
      return (frame) => callValue(callee(frame), args(frame));
    }
    case 'filter':
      return compileFilter(tree, soft);
    case 'test':
      return compileTest(tree, soft);
    case 'arithmetic': {
      const { operator } = tree;
      const left = compile(tree.left);
      const right = compile(tree.right);
      const negative = operator === '**' ? negativeBase(tree.left, tree.right) : null;
      if (negative !== null) return (frame) => negateValue(calculate('**', negative, defined(right(frame))));
      return (frame) => calculate(operator, defined(left(frame)), defined(right(frame)));
    }
    case 'sign': {
      const operand = compile(tree.operand);
      return tree.operator === '-'
        ? (frame) => negateValue(defined(operand(frame)))
        : (frame) => plusValue(defined(operand(frame)));
    }
    case 'not': {
      const operand = compile(tree.operand);
      return (frame) => !truth(operand(frame));
    }
    case 'and':
    case 'or': {
      const left = compile(tree.left);
      const right = compile(tree.right);
      const goesOn = tree.type === 'and';
      return (frame) => {
        const value = left(frame);
        return truth(value) === goesOn ? right(frame) : value;
      };
    }
    case 'concat': {
      const parts = tree.items.map(compile);
      return (frame) => {
        const text = parts.map((part) => str(part(frame))).join('');
        claimCharacters(text.length);
        return text;
      };
    }
    case 'compare':
      return compileComparison(tree.first, tree.operands, soft);
    case 'conditional':
      return compileConditional(tree);
  }
}

/**
 * What Jinja2 writes as `-2 ** x` into the Python that it makes of a template, where Python reads `-(2 ** x)`. Of two
 * constants it computes the power itself, and rightly.
 */
function negativeBase(left: Expression, right: Expression): Value | null {
  if (left.type === 'constant' || constantOf(right) !== undefined) return null;
  const value = asNumber(constantOf(left) ?? null);
  return value !== null && toNumber(value) < 0 ? negateValue(value) : null;
}

function compileAttribute(of: Expression, name: string, soft: boolean): Evaluate {
  const value = compileExpression(of, soft);
  if (of.type !== 'name' || of.name !== '_' || DICT_METHODS.has(name) || name.startsWith('__')) {
    return (frame) => getAttribute(value(frame), name);
  }
  return (frame) => {
    const own = frame.find('_');
    if (own !== undefined) return getAttribute(own, name);
    const { data } = frame.run;
    if (!(data instanceof ScopeDict)) return getAttribute(data, name);
    // The scope is asked for the one variable.
    const variable = data.getText(name);
    return variable === undefined ? undefinedPart(data, name) : variable;
  };
}

function compileConditional({ test, value, otherwise }: Conditional): Evaluate {
  const condition = compileExpression(test, true);
  const then = compileExpression(value, true);
  const other = otherwise === null ? null : compileExpression(otherwise, true);
  return (frame) => {
    if (truth(condition(frame))) return then(frame);
    if (other !== null) return other(frame);
    return new Undefined('the inline if-expression evaluated to false and no else section was defined.', true);
  };
}

function compileComparison(first: Expression, operands: readonly Operand[], soft: boolean): Evaluate {
  const start = compileExpression(first, soft);
  const rest = operands.map(({ operator, value }) => ({ operator, value: compileExpression(value, soft) }));
  return (frame) => {
    let left = start(frame);
    for (const { operator, value } of rest) {
      const right = value(frame);
      if (!compare(operator, comparable(left), comparable(right))) return false;
      left = right;
    }
    return true;
  };
}

/** What is undefined can be compared only where it passes for something empty. */
function comparable(value: Value): Value {
  return value instanceof Undefined && value.isEmpty ? value : defined(value);
}

function compare(operator: Operand['operator'], left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
      return equals(left, right);
    case '!=':
      return !equals(left, right);
    case 'in':
      return right instanceof Undefined ? false : isContained(left, right);
    case 'not in':
      return right instanceof Undefined ? true : !isContained(left, right);
    default:
      return isOrdered(operator, defined(left), defined(right));
  }
}

export function compileArguments(args: Arguments, soft: boolean): (frame: Frame) => CallArguments {
  const positional = args.positional.map((each) => compileExpression(each, soft));
  const named = args.named.map(([name, value]) => [name, compileExpression(value, soft)] as const);
  const spread = args.spread === null ? null : compileExpression(args.spread, soft);
  const spreadNamed = args.spreadNamed === null ? null : compileExpression(args.spreadNamed, soft);
  if (named.length === 0 && spread === null && spreadNamed === null) {
    return (frame) => ({ positional: positional.map((each) => each(frame)), named: NO_NAMED });
  }
  return (frame) => {
    const values = positional.map((each) => each(frame));
    for (const item of spread === null ? [] : items(spread(frame))) {
      spend(1);
      values.push(item);
    }
    const byName = new Map(named.map(([name, value]) => [name, value(frame)] as const));
    if (spreadNamed !== null) addNamed(byName, defined(spreadNamed(frame)));
    return { positional: values, named: byName };
  };
}

function addNamed(named: Map<string, Value>, more: Value): void {
  if (!isDict(more)) throw new ExpressionError(`argument after ** must be a mapping, not ${typeName(more)}`);
  for (const [key, value] of dictEntries(more)) {
    if (typeof key !== 'string') throw new ExpressionError('keywords must be strings');
    if (named.has(key)) throw new ExpressionError(`got multiple values for keyword argument '${key}'`);
    named.set(key, value);
  }
}

function compileFilter(tree: FilterExpression, soft: boolean): Evaluate {
  const { name, value } = tree;
  const of = value === null ? null : compileExpression(value, soft);
  const apply = compileFilterCall(tree, soft);
  return (frame) => apply(frame, of === null ? '' : of(frame), name);
}

/** The filter without the value before it: a block gives what it has rendered. */
function compileFilterCall(tree: FilterExpression, soft: boolean): (frame: Frame, value: Value, name: string) => Value {
  const filter = FILTERS.get(tree.name);
  if (filter === undefined && !soft)
    throw new ExpressionError(`No filter named '${tree.name}'.`, { offset: tree.offset });
  const args = compileArguments(tree.args, soft);
  return (frame, value, name) => {
    if (filter === undefined) throw new ExpressionError(`No filter named '${name}' found.`);
    return filter(frame.run, value, args(frame));
  };
}

/** Several filters in a row, applied to what a block has rendered. */
export function compileBlockFilter(tree: FilterExpression): (frame: Frame, value: Value) => Value {
  const inner = tree.value?.type === 'filter' ? compileBlockFilter(tree.value) : null;
  const apply = compileFilterCall(tree, false);
  return (frame, value) => apply(frame, inner === null ? value : inner(frame, value), tree.name);
}

function compileTest(tree: TestExpression, soft: boolean): Evaluate {
  const test = TESTS.get(tree.name);
  if (test === undefined && !soft) throw new ExpressionError(`No test named '${tree.name}'.`, { offset: tree.offset });
  const value = compileExpression(tree.value, soft);
  const args = compileArguments(tree.args, soft);
  return (frame) => {
    if (test === undefined) throw new ExpressionError(`No test named '${tree.name}' found.`);
    return test(frame.run, value(frame), args(frame));
  };
}
