import { isObject, type Json, mapValues } from '../model/json.ts';
import { isTrue } from './python/truth.ts';
import type { Scope } from './scope.ts';
import { type SyntaxProblem, template, templateProblems } from './template.ts';

/**
 * The value with every expression in it evaluated: in texts, in lists, in the values of dictionaries (not in their
 * keys). What holds no expression is returned as it is, the same object.
 * @throws ExpressionError at the first expression that cannot be evaluated
 */
export function evaluate(value: Json, scope: Scope): Json {
  if (typeof value === 'string') {
    const found = template(value);
    return found === null ? value : found.evaluate(scope);
  }
  if (typeof value !== 'object' || value === null || !containsExpression(value)) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => evaluate(item, scope));
  return isObject(value) ? mapValues(value, (item) => evaluate(item, scope)) : value;
}

/**
 * Whether the value of the text is true, as Python sees it: a text that is no expression is true unless it is empty.
 * @throws ExpressionError when it cannot be evaluated
 */
export function evaluateCondition(expression: string, scope: Scope): boolean {
  return isTrue(evaluate(expression, scope));
}

/** Whether there is an expression in the text, of either language. */
export function isExpression(text: string): boolean {
  return template(text) !== null;
}

/** Whether there is an expression anywhere in the value where {@link evaluate} looks for one. */
export function containsExpression(value: Json): boolean {
  if (typeof value === 'string') return isExpression(value);
  if (Array.isArray(value)) return (value as readonly Json[]).some(containsExpression);
  return isObject(value) && Object.values(value).some(containsExpression);
}

/** What is wrong with the text's expressions by their syntax alone; nothing is evaluated. */
export function findSyntaxProblems(text: string): readonly SyntaxProblem[] {
  return templateProblems(text);
}
