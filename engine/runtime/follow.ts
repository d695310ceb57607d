import { actionIn, type ExecutionTree, taskIn } from '../core/execution-tree.ts';
import { effectFor, touchedEffects } from '../core/outstanding.ts';
import { whyUnwanted } from '../core/unwanted.ts';
import type { Event } from '../model/events.ts';
import type { ActionExecution } from '../model/records.ts';
import { isCompleted } from '../model/states.ts';
import type { EffectRunner } from './effect-runner.ts';

/** A commit that has been made. */
interface Made {
  /** The trees before it and after it. */
  readonly before: ExecutionTree;
  readonly tree: ExecutionTree;
  readonly events: readonly Event[];
  /** Resolves when it is on disk. */
  readonly durable: Promise<void>;
}

/** Does what a commit asks of the world: begins what is owed now, ends what is not owed any more. */
export function follow(effects: EffectRunner, made: Made): void {
  const { before, tree, events, durable } = made;
  for (const event of events) {
    for (const key of touchedEffects(before, event)) followKey(effects, made, key);
    // What an asynchronous action starts is not owed: after a crash nobody knows whether it was started, and whoever
    // it was started with may still complete the action.
    if (beginsNow(event) && !actionIn(tree, event.id).isSync) {
      const action = actionIn(tree, event.id);
      effects.begin(tree.rootId, { type: 'runAction', key: `action:${action.id}`, action }, durable);
    }
  }
  for (const event of events) cancelUnwanted(effects, made, event);
  if (!tree.waiting.isEmpty() && events.some((event) => holdsOrLetsGo(before, event))) {
    effects.waiting.lookAtPauses(tree.waiting);
  }
  followKey(effects, made, 'continue');
}

function followKey(effects: EffectRunner, { tree, durable }: Made, key: string): void {
  const effect = effectFor(tree, key);
  if (effect === null) effects.end(tree.rootId, key);
  else effects.begin(tree.rootId, effect, durable);
}

/**
 * What runs below an execution that was cancelled is stopped, and so is what a task had started that has ended without
 * it (by its timeout) or that begins anew. Mistral lets it run to its end; on a person's own machine it would be in the
 * way.
 */
function cancelUnwanted(effects: EffectRunner, made: Made, event: Event): void {
  const { tree } = made;
  if (event.type === 'WorkflowEnded' && event.state === 'CANCELLED') {
    for (const action of tree.actions.values()) {
      const isBelow = action.taskId !== null && taskIn(tree, action.taskId).workflowId === event.id;
      if (isBelow) cancelIfUnwanted(effects, made, action);
    }
  }
  if (event.type === 'TaskCompleted' || event.type === 'TaskRetried') {
    const { items } = taskIn(tree, event.id);
    // Of a hundred thousand items that have all ended nothing is left to be stopped.
    if (event.type === 'TaskCompleted' && items !== null && items.running === 0) return;
    for (const id of tree.actionsOf.get(event.id) ?? []) cancelIfUnwanted(effects, made, actionIn(tree, id));
  }
}

function cancelIfUnwanted(effects: EffectRunner, { tree }: Made, action: ActionExecution): void {
  const reason = isCompleted(action.state) ? null : whyUnwanted(tree, action);
  if (reason !== null) effects.cancel(tree.rootId, `action:${action.id}`, action.id, reason);
}

/** An action that a pause held may begin, or the other way round. An end lets go as well, without any resume. */
function holdsOrLetsGo(before: ExecutionTree, event: Event): boolean {
  if (event.type === 'WorkflowEnded') return before.workflows.get(event.id)?.state === 'PAUSED';
  return event.type === 'WorkflowPaused' || event.type === 'WorkflowResumed' || event.type === 'ActionStateChanged';
}

function beginsNow(event: Event): event is Extract<Event, { type: 'ActionScheduled' | 'ActionBegun' }> {
  return event.type === 'ActionBegun' || (event.type === 'ActionScheduled' && event.beginsLater !== true);
}
