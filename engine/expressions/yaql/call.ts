import { enter, leave, spend } from '../budget.ts';
import type { Value } from '../python/value.ts';
import type { Context } from './context.ts';

/** Computes an expression's value in a context. */
export type Evaluate = (context: Context) => Value;

/** What a lazy parameter receives: evaluates its expression with `$`, `$2`, ... set to the arguments. */
export type Lambda = (...args: readonly Value[]) => Value;

/** A lambda that is given the context to evaluate in, where its function has set the variables itself. */
export type ContextLambda = (context: Context) => Value;

/** Calls a function by its name, as `call()` does. */
export type CallByName = (
  context: Context,
  name: string,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
  receiver: Value | undefined,
) => Value;

/** One call of a function. Its own context is made when something needs it: few functions do. */
export class Call {
  readonly caller: Context;
  readonly callByName: CallByName;
  private own: Context | null = null;

  constructor(caller: Context, callByName: CallByName) {
    this.caller = caller;
    this.callByName = callByName;
  }

  /** The function's own context, a child of the caller's. */
  get context(): Context {
    this.own ??= this.caller.child();
    return this.own;
  }

  lambda(evaluate: Evaluate): Lambda {
    return (...args) => within(evaluate, publish(this.context, args));
  }

  contextLambda(evaluate: Evaluate): ContextLambda {
    return (context) => within(evaluate, context);
  }
}

function within(evaluate: Evaluate, context: Context): Value {
  spend(2);
  enter();
  const value = evaluate(context);
  leave();
  return value;
}

/** A context in which the arguments are `$1` (which is `$`), `$2`, ... */
function publish(context: Context, args: readonly Value[]): Context {
  if (args.length === 0) return context;
  const inner = context.child();
  for (let index = 0; index < args.length; index++) inner.set(`$${index + 1}`, args[index] as Value);
  return inner;
}
