import { attempt } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { calculate, negateValue, plusValue } from '../python/operators.ts';
import type { Value } from '../python/value.ts';
import type { Expression } from './tree.ts';

/** The value of an expression that Jinja2 computes when it reads the template; undefined for any other. */
export function constantOf(tree: Expression): Value | undefined {
  switch (tree.type) {
    case 'constant':
      return tree.value;
    case 'sign':
    case 'arithmetic': {
      const value = attempt(() => computed(tree));
      return value instanceof ExpressionError ? undefined : value;
    }
    default:
      return undefined;
  }
}

function computed(tree: Extract<Expression, { type: 'sign' | 'arithmetic' }>): Value | undefined {
  if (tree.type === 'sign') {
    const operand = constantOf(tree.operand);
    if (operand === undefined) return undefined;
    return tree.operator === '-' ? negateValue(operand) : plusValue(operand);
  }
  const left = constantOf(tree.left);
  const right = constantOf(tree.right);
  return left === undefined || right === undefined ? undefined : calculate(tree.operator, left, right);
}
