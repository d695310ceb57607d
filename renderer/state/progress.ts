import type { ActionNode, Node } from '../../engine/api/resources.ts';
import { isCompleted } from '../../engine/model/states.ts';

export type Progress = NonNullable<ActionNode['progress']>;

/** Why the action that a task runs has not begun, in a sentence. Null when it has, or when the task runs several. */
export function waitsOf(node: Node, lastChild: Node | null): string | null {
  if (node.kind !== 'task' || node.items !== null || isCompleted(node.state)) return null;
  return lastChild?.kind === 'action' && lastChild.hasBegun === false ? lastChild.message : null;
}

/** How far a node is: an action as it says itself, a task as the only action of it that runs says. Null: nobody knows. */
export function progressOf(node: Node, lastChild: Node | null): Progress | null {
  if (node.kind === 'action') return node.progress ?? null;
  if (node.kind !== 'task' || node.items !== null || isCompleted(node.state)) return null;
  return lastChild?.kind === 'action' ? (lastChild.progress ?? null) : null;
}
