import { ExpressionError } from '../expression-error.ts';
import type { Value } from './value.ts';
/** str.format */
export function formatText(_template: string, _args: readonly Value[], _named: ReadonlyMap<string, Value>): string {
  throw new ExpressionError('format');
}
