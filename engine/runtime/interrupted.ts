import type { ExecutionTree } from '../core/execution-tree.ts';
import { whyUnwanted } from '../core/unwanted.ts';
import type { Command } from '../model/commands.ts';
import type { Effect } from '../model/effects.ts';
import type { ActionExecution, Interruption } from '../model/records.ts';

/** Whether an action touches nothing, so that running it again does no harm. */
type IsPure = (action: ActionExecution) => boolean;

/**
 * What is done at a start about an effect that cannot simply be begun: an action that had begun, or that nobody wants any
 * more. Null: it is begun, as are timers, pure actions, and those that had only waited to begin, which have done nothing.
 */
export function insteadOf(tree: ExecutionTree, effect: Effect, isPure: IsPure): Command | null {
  if (effect.type !== 'runAction' && effect.type !== 'beginAction') return null;
  const { id, name } = effect.action;
  const hasBegun = effect.type === 'runAction';
  if (hasBegun && isPure(effect.action)) return null;
  if (hasBegun && !effect.action.safeRerun) {
    return { type: 'CompleteAction', id, result: { state: 'ERROR', value: interrupted(name) } };
  }
  const unwanted = whyUnwanted(tree, effect.action);
  if (unwanted !== null) return { type: 'CompleteAction', id, result: { state: 'CANCELLED', value: unwanted } };
  return hasBegun ? { type: 'RepeatAction', id } : null;
}

/** What an execution says of the stop that it went through, from what was owed when it was taken up. */
export function interruptionOf(owed: readonly Effect[], isPure: IsPure): Omit<Interruption, 'at'> {
  const actions = owed.flatMap((effect) => (effect.type === 'runAction' ? [effect.action] : []));
  const again = actions.filter((action) => action.safeRerun || isPure(action));
  const timers = owed.filter(({ type }) => type === 'awaitTimer').length;
  return { repeated: again.length, failed: actions.length - again.length, timers };
}

function interrupted(action: string): string {
  return (
    `Windrose was stopped while ${action} was running, so nobody knows whether it did its work. ` +
    "It was not run again; set 'safe-rerun: true' on the task if running it twice does no harm."
  );
}
