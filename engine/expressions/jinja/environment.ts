import type { Value } from '../python/value.ts';
import type { Scope } from '../scope.ts';
import type { CallArguments } from './callable.ts';

/** What filters and functions may ask of the template that uses them. */
export interface Environment {
  readonly scope: Scope;
  /** Applies another filter. @throws ExpressionError when there is none of that name */
  filter(name: string, value: Value, args: CallArguments): Value;
  /** @throws ExpressionError when there is no test of that name */
  test(name: string, value: Value, args: CallArguments): boolean;
}
