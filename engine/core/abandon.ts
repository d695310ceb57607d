import type { Event } from '../model/events.ts';
import { isCompleted } from '../model/states.ts';
import { applyAll } from './apply.ts';
import type { Verdict } from './decide.ts';
import type { ExecutionTree } from './execution-tree.ts';

/**
 * Ends everything in the tree that has not ended, with one message for all of it. For an execution that cannot
 * be decided because of a mistake of ours: no rule is asked and no expression evaluated, since one of them may be what
 * went wrong. Nothing is owed afterwards, and failed tasks can be rerun.
 */
export function abandon(
  tree: ExecutionTree,
  message: string,
  at: number,
  state: 'ERROR' | 'CANCELLED' = 'ERROR',
): Extract<Verdict, { type: 'decided' }> {
  const output = { result: message };
  const nothing = { next: [], errorHandled: false, held: false, dropResult: false };
  const open = <T extends { readonly state: Parameters<typeof isCompleted>[0] }>(records: Iterable<T>): readonly T[] =>
    [...records].filter((each) => !isCompleted(each.state));
  const events: readonly Event[] = [
    ...open(tree.actions.values()).map(({ id }): Event => ({ type: 'ActionCompleted', id, state, output })),
    ...open(tree.tasks.values()).map(
      ({ id }): Event => ({ type: 'TaskCompleted', id, state, stateInfo: message, ...nothing }),
    ),
    ...open(tree.workflows.values()).map(
      ({ id }): Event => ({ type: 'WorkflowEnded', id, state, stateInfo: message, output }),
    ),
  ];
  return { type: 'decided', events, tree: applyAll(tree, events, at) };
}
