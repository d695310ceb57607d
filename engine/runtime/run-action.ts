import type { Action, Bounds } from '../actions/action.ts';
import { stoppedAfter } from '../core/rules/stop-late-actions.ts';
import type { ActionResult } from '../model/commands.ts';
import { isObject, type Json, nestsDeeperThan } from '../model/json.ts';

/** How long an action that was told to stop may take to do so, in milliseconds; then it is left to itself. */
const PATIENCE = 5000;

/** How many levels a result may have. Values that are nested thousands of levels deep cannot even be written. */
export const DEEPEST_RESULT = 500;

/** Runs a pure action; one that does not wait is over when this returns. Whatever it throws is its failure. */
export function runPure(
  action: Action,
  run: () => ActionResult | Promise<ActionResult>,
  complete: (result: ActionResult) => void,
): void {
  const finish = (result: ActionResult): void => complete(shallow(action, result));
  const fail = (error: unknown): void => complete(thrownBy(action, error));
  let result: ActionResult | Promise<ActionResult>;
  try {
    result = run();
  } catch (error) {
    fail(error);
    return;
  }
  if (result instanceof Promise) result.then(finish, fail);
  else finish(result);
}

/**
 * Runs an action within its bounds. Never rejects: whatever it throws is its failure. Resolves when nothing of the action
 * is left, also of one that was stopped.
 *
 * @param seconds how long it may run; null: for as long as it wants to
 * @param stop tells the action to stop
 */
export async function runBounded(
  action: Action,
  run: () => ActionResult | Promise<ActionResult>,
  { seconds, resultSize }: Required<Bounds>,
  stop: () => void,
): Promise<ActionResult> {
  let late: NodeJS.Timeout | undefined;
  let isLate = false;
  const leftToItself = new Promise<ActionResult>((resolve) => {
    if (seconds === null) return;
    const tooLong = (): void => {
      isLate = true;
      stop();
      late = setTimeout(() => resolve(failure('')), PATIENCE);
    };
    late = setTimeout(tooLong, Math.min(seconds * 1000, 2 ** 31 - 1));
  });
  const working = Promise.resolve()
    .then(run)
    .catch((error: unknown) => thrownBy(action, error));
  const result = await Promise.race([working, leftToItself]);
  clearTimeout(late);
  if (isLate) return failure(stoppedAfter(action.name, seconds ?? 0));
  if (!isLarger(result.value, resultSize)) return shallow(action, result);
  return failure(`The result of ${action.name} is larger than ${resultSize} characters, which is the limit.`);
}

function shallow(action: Action, result: ActionResult): ActionResult {
  if (!nestsDeeperThan(result.value, DEEPEST_RESULT)) return result;
  return thrownBy(
    action,
    new Error(`what it gave is nested more than ${DEEPEST_RESULT} levels deep, which is the limit.`),
  );
}

function thrownBy(action: Action, error: unknown): ActionResult {
  return failure(`The action ${action.name} failed: ${error instanceof Error ? error.message : String(error)}`);
}

function failure(value: string): ActionResult {
  return { state: 'ERROR', value };
}

/** By about as many characters as its JSON has; counts no further than it must. However deep it is: no recursion. */
function isLarger(value: Json, limit: number): boolean {
  let left = limit;
  const todo: Json[] = [value];
  for (let next = todo.pop(); next !== undefined && left >= 0; next = todo.pop()) {
    left -= typeof next === 'string' ? next.length + 2 : 4;
    if (Array.isArray(next)) {
      left -= next.length;
      if (left >= 0) for (const each of next) todo.push(each);
    } else if (isObject(next)) {
      for (const [key, each] of Object.entries(next)) {
        left -= key.length + 3;
        todo.push(each);
      }
    }
  }
  return left < 0;
}
