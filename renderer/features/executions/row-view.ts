import type { Node } from '../../../engine/api/resources.ts';
import { messageOf } from '../../state/nodes.ts';
import type { Look } from '../../state/state-look.ts';
import { isUnderWay, looks, stateInWords, worstFirst } from '../../state/state-look.ts';
import type { Rollup } from '../../state/tree.ts';
import type { Command } from '../../state/window-state.ts';

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
  readonly command: Command | undefined;
}

export interface StateCount {
  readonly look: Look;
  readonly count: number;
}

/** How many tasks below a row are in which state, the worst first. */
export function countsBelow({ node, rollup }: Pick<RowView, 'node' | 'rollup'>): readonly StateCount[] {
  if (rollup !== null) return inOrder((look) => rollup.tasks[look]);
  if (node.kind !== 'workflow') return [];
  const { taskCounts, state } = node;
  // A workflow that has succeeded in spite of a failed task has handled it.
  if (state !== 'SUCCESS') return inOrder((look) => (look === 'HANDLED' || look === 'PAUSING' ? 0 : taskCounts[look]));
  const handled = (look: Look) =>
    look === 'HANDLED' ? taskCounts.ERROR : look === 'ERROR' ? 0 : look === 'PAUSING' ? 0 : taskCounts[look];
  return inOrder(handled);
}

function inOrder(countOf: (look: Look) => number | undefined): readonly StateCount[] {
  return worstFirst.flatMap((look) => {
    const count = countOf(look) ?? 0;
    return count === 0 ? [] : [{ look, count }];
  });
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

/** `38 succeeded, 1 failed`, for those who do not see the glyphs. */
export function countsInWords(counts: readonly StateCount[]): string {
  return counts.map(({ look, count }) => `${count} ${looks[look].word.toLowerCase()}`).join(', ');
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
