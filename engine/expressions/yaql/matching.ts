import { ExpressionError } from '../expression-error.ts';
import { Pattern, patternOf } from '../python/regex/pattern.ts';
import type { Value } from '../python/value.ts';

/** The operator `=~`: whether the text has the pattern somewhere in it. */
export function matches(text: Value, pattern: Value): boolean {
  if (typeof text === 'string') {
    if (typeof pattern === 'string') return patternOf(pattern).search(text) !== null;
    if (pattern instanceof Pattern) return pattern.search(text) !== null;
  }
  throw new ExpressionError('No function "#operator_=~" matches supplied arguments');
}
