import { enter, leave, spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { typeName, type Value } from '../python/value.ts';
import { type CallArguments, Callable } from './callable.ts';
import { Loop } from './loop.ts';
import { defined } from './undefined.ts';

/** @throws ExpressionError when the value is nothing that can be called */
export function callValue(callee: Value, args: CallArguments): Value {
  const known = defined(callee);
  if (!(known instanceof Callable || known instanceof Loop)) {
    throw new ExpressionError(`'${typeName(known)}' object is not callable`);
  }
  spend(3);
  enter();
  const result = known.call(args);
  leave();
  return result;
}
