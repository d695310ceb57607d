import { ExpressionError } from '../expression-error.ts';
import type { Value } from '../python/value.ts';
export function matches(_a: Value, _b: Value): boolean {
  throw new ExpressionError('regex');
}
