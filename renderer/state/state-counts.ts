import type { Node } from '../../engine/api/resources.ts';
import { type Look, lookOf, looks, worstFirst } from './state-look.ts';
import type { Rollup } from './tree.ts';

export interface StateCount {
  readonly look: Look;
  readonly count: number;
}

/** How many tasks below a node are in which state, the worst first. */
export function countsBelow(node: Node, rollup: Rollup | null): readonly StateCount[] {
  if (rollup !== null) return inOrder((look) => rollup.tasks[look]);
  if (node.kind !== 'workflow') return [];
  const { taskCounts, state } = node;
  const failed = taskCounts.ERROR ?? 0;
  // A workflow that has succeeded in spite of a failed task has handled it: older stores do not say so.
  const handled = state === 'SUCCESS' ? failed : (node.handledErrors ?? 0);
  return inOrder((look) => {
    if (look === 'PAUSING') return 0;
    if (look === 'HANDLED') return handled;
    return look === 'ERROR' ? failed - handled : taskCounts[look];
  });
}

function inOrder(countOf: (look: Look) => number | undefined): readonly StateCount[] {
  return worstFirst.flatMap((look) => {
    const count = countOf(look) ?? 0;
    return count === 0 ? [] : [{ look, count }];
  });
}

/** `38 succeeded, 1 failed`, for those who do not see the glyphs. */
export function countsInWords(counts: readonly StateCount[]): string {
  return counts.map(({ look, count }) => `${count} ${looks[look].word.toLowerCase()}`).join(', ');
}

/** How these nodes stand, as one text: two that say the same are equal. `SUCCESS:198 ERROR:2`, the worst first. */
export function countsAsText(nodes: Iterable<Node>): string {
  const counts = new Map<Look, number>();
  for (const node of nodes) {
    const look = lookOf(node);
    counts.set(look, (counts.get(look) ?? 0) + 1);
  }
  return inOrder((look) => counts.get(look))
    .map(({ look, count }) => `${look}:${count}`)
    .join(' ');
}

export function countsOfText(text: string): readonly StateCount[] {
  if (text === '') return [];
  return text.split(' ').map((part) => {
    const [look = '', count = ''] = part.split(':');
    return { look: look as Look, count: Number(count) };
  });
}
