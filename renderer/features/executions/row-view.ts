import type { Node } from '../../../engine/api/resources.ts';
import { messageOf } from '../../state/nodes.ts';
import { isUnderWay, stateInWords } from '../../state/state-look.ts';
import type { Rollup } from '../../state/tree.ts';

/** What is shown of one row. Its entries are the same objects as long as nothing has changed. */
export interface RowView {
  readonly node: Node;
  readonly collapsed: boolean;
  /** It counts as running, but its workflow is paused and nothing happens. */
  readonly held: boolean;
  /** What is below the node, once its tree is here. */
  readonly rollup: Rollup | null;
  /** Its tree has been asked for, or could not be had. */
  readonly tree: 'here' | 'loading' | { readonly failed: string };
  /** What can be asked of it on its row: NodeCommands, with blanks between them. */
  readonly commands: string;
  /** Something was asked of it, and is not answered yet. */
  readonly pending: boolean;
}

/** What is heard of a row: its name, what it is, its state in words, and why. */
export function nameOfRow({ node, held }: Pick<RowView, 'node' | 'held'>): string {
  const index = node.kind === 'task' ? null : node.index;
  const kind = node.kind === 'workflow' ? 'workflow execution' : node.kind;
  const name = index === null ? `${node.name}, ${kind}` : `item ${index}, ${node.name}, ${kind}`;
  const words = `${name}, ${stateInWords(node)}`;
  const message = messageOf(node, held);
  return message === null ? words : `${words}, ${message}`;
}

/** From when to when it ran; `end` is null while it goes on. Null when it has not started, or stands still. */
export function timeSpan({
  node,
  held,
}: Pick<RowView, 'node' | 'held'>): { readonly start: number; readonly end: number | null } | null {
  if (node.startedAt === null) return null;
  if (node.finishedAt !== null) return { start: node.startedAt, end: node.finishedAt };
  return isUnderWay(node) && !held ? { start: node.startedAt, end: null } : null;
}
