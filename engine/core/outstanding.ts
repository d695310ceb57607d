import type { Effect } from '../model/effects.ts';
import type { Event } from '../model/events.ts';
import type { ActionExecutionId } from '../model/ids.ts';
import { actionIn, type ExecutionTree } from './execution-tree.ts';

/** All that the world still owes the tree: what a start after a crash has to take up again. */
export function outstanding(tree: ExecutionTree): readonly Effect[] {
  return [
    ...actionsInOrder(tree).map((id) => effectFor(tree, `action:${id}`)),
    ...[...tree.timers.keys()].map((id) => effectFor(tree, `timer:${id}`)),
    effectFor(tree, 'continue'),
  ].filter((effect) => effect !== null);
}

/** Whether anything is owed at all; costs nothing however much it is. */
export function isOwed(tree: ExecutionTree): boolean {
  return !tree.running.isEmpty() || !tree.waiting.isEmpty() || !tree.timers.isEmpty() || !tree.active.members.isEmpty();
}

function actionsInOrder(tree: ExecutionTree): readonly ActionExecutionId[] {
  return [...tree.running, ...tree.waiting].sort((a, b) => actionIn(tree, a).order - actionIn(tree, b).order);
}

/**
 * The keys of the effects that an event may have added or ended; what is owed now says {@link effectFor}.
 *
 * @param before the tree before the decision that the event belongs to
 */
export function touchedEffects(before: ExecutionTree, event: Event): readonly string[] {
  switch (event.type) {
    case 'ActionScheduled':
    case 'ActionBegun':
    case 'ActionRepeated':
    case 'ActionCompleted':
      return [`action:${event.id}`];
    case 'TaskDelayed':
    case 'TimeoutArmed':
      return [`timer:${event.timer.id}`];
    case 'TimerFired':
      return [`timer:${event.id}`];
    case 'TaskCompleted':
      if (before.timers.isEmpty()) return [];
      return [`timer:${event.id}:delay`, `timer:${event.id}:timeout`];
    default:
      return [];
  }
}

/** The effect of this key, or null when it is not owed (any more). */
export function effectFor(tree: ExecutionTree, key: string): Effect | null {
  if (key === 'continue') return tree.active.members.isEmpty() ? null : { type: 'continue', key };
  const id = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('action:')) {
    const actionId = id as ActionExecutionId;
    if (tree.running.has(actionId)) return { type: 'runAction', key, action: actionIn(tree, actionId) };
    return tree.waiting.has(actionId) ? { type: 'beginAction', key, action: actionIn(tree, actionId) } : null;
  }
  const timer = tree.timers.get(id);
  return timer === undefined ? null : { type: 'awaitTimer', key, timer };
}
