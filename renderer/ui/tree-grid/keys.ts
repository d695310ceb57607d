import type { Rows, TreeItem } from './rows.ts';

/** Where the keyboard is: on a row as a whole, or on one of its cells. */
export interface Cursor {
  readonly row: number;
  readonly cell: number | null;
}

export type Step =
  | { readonly type: 'move'; readonly to: Cursor }
  | { readonly type: 'expand'; readonly row: number }
  | { readonly type: 'collapse'; readonly row: number };

export interface Extent {
  readonly cells: number;
  /** How many rows are in view. */
  readonly page: number;
}

/**
 * What a key does in a tree grid whose rows come first, after the WAI-ARIA practices: Right opens, then enters the
 * cells; Left closes, then goes to the parent. Null when the key means nothing here.
 */
export function stepOf<T extends TreeItem<T>>(
  rows: Pick<Rows<T>, 'count' | 'at'>,
  cursor: Cursor,
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  { cells, page }: Extent,
): Step | null {
  const last = rows.count - 1;
  const current = rows.at(cursor.row);
  if (current === undefined) return null;
  const { row, cell } = cursor;
  const toRow = (target: number): Step => ({ type: 'move', to: { row: Math.min(last, Math.max(0, target)), cell } });
  const toCell = (target: number | null): Step => ({ type: 'move', to: { row, cell: target } });

  switch (key) {
    case 'ArrowDown':
      return toRow(row + 1);
    case 'ArrowUp':
      return toRow(row - 1);
    case 'PageDown':
      return toRow(row + page);
    case 'PageUp':
      return toRow(row - page);
    case 'Home':
      return cell === null || ctrlKey ? toRow(0) : toCell(0);
    case 'End':
      return cell === null || ctrlKey ? toRow(last) : toCell(cells - 1);
    case 'ArrowRight':
      if (cell !== null) return toCell(Math.min(cells - 1, cell + 1));
      return current.item.expandable && !current.expanded ? { type: 'expand', row } : toCell(0);
    case 'ArrowLeft': {
      if (cell !== null) return toCell(cell === 0 ? null : cell - 1);
      if (current.expanded) return { type: 'collapse', row };
      return current.parent === -1 ? null : toRow(current.parent);
    }
    default:
      return null;
  }
}
