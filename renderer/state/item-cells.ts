import type { Node } from '../../engine/api/resources.ts';
import { type Look, lookOf, worstFirst } from './state-look.ts';

/** Items beyond this are shown several to a cell. */
const MOST_CELLS = 500;

/** One item of a with-items task, or several that follow each other. */
export interface ItemCell {
  /** Items count from 0; `last` is included. */
  readonly first: number;
  readonly last: number;
  /** The state that most needs a look. */
  readonly look: Look;
  /** The newest node of the first item in that state; null while none of them has been started. */
  readonly id: string | null;
  /** How many of them have failed. */
  readonly failed: number;
}

/** How the items of a task stand, in their order. An item that was tried again stands as its newest attempt does. */
export function itemCells(total: number, children: Iterable<Node>): readonly ItemCell[] {
  const newest: (Node | undefined)[] = [];
  for (const node of children) {
    if (node.kind === 'task' || node.index === null) continue;
    const before = newest[node.index];
    if (before === undefined || before.order < node.order) newest[node.index] = node;
  }
  const size = Math.ceil(total / MOST_CELLS);
  return Array.from({ length: size === 0 ? 0 : Math.ceil(total / size) }, (_, at) => {
    const first = at * size;
    const last = Math.min(total, first + size) - 1;
    let worst: Pick<ItemCell, 'look' | 'id'> | null = null;
    let failed = 0;
    for (let index = first; index <= last; index++) {
      const node = newest[index];
      const look = node === undefined ? 'IDLE' : lookOf(node);
      if (look === 'ERROR') failed += 1;
      if (worst === null || rank(look) < rank(worst.look)) worst = { look, id: node?.id ?? null };
    }
    return { first, last, look: 'IDLE', id: null, ...worst, failed };
  });
}

/** The next cell with a failed item behind a place, going round; -1 when nothing has failed. */
export function nextFailed(cells: readonly ItemCell[], after: number): number {
  for (let step = 1; step <= cells.length; step++) {
    const at = (after + step) % cells.length;
    if ((cells[at]?.failed ?? 0) > 0) return at;
  }
  return -1;
}

function rank(look: Look): number {
  return worstFirst.indexOf(look);
}
