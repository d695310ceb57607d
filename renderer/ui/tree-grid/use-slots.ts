import { useLayoutEffect, useRef } from 'react';
import { firstOf, mountedRows, OVERSCAN } from './mounted-rows.ts';
import type { Rows, TreeItem } from './rows.ts';
import { type Slot, slotsFor } from './slots.ts';
import { useGrowing } from './use-growing.ts';
import { useMoment } from './use-moment.ts';
import type { RowsInView } from './use-rows-in-view.ts';

/** Up to so many rows that come together are mounted and put in order at once. */
const FEW = 4;
/** So long after many rows have come the others follow, in milliseconds. */
const REST = 150;

interface Mounted {
  /** In the order of the page. */
  readonly slots: readonly Slot[];
  /** The indexes of the rows that are mounted, by their ids. */
  readonly rowOf: ReadonlyMap<string, number>;
}

/**
 * Which rows are mounted, and in which elements.
 *
 * @param cursor the row with the keyboard
 * @param hasSpare whether elements wait for rows to come
 */
export function useSlots<T extends TreeItem<T>>(
  rows: Rows<T>,
  { first, last, page, isMoving }: Pick<RowsInView, 'first' | 'last' | 'page' | 'isMoving'>,
  cursor: number,
  hasSpare: boolean,
): Mounted {
  const before = useRef<{ readonly rows: Rows<T> | null; readonly slots: readonly Slot[] }>({ rows: null, slots: [] });
  const shown = new Set(before.current.slots.flatMap(({ id }) => id ?? []));
  const idOf = (row: number) => rows.at(row)?.item.id ?? '';
  const isShown = (row: number) => shown.has(idOf(row));
  const view = { first, last, count: rows.count, cursor };

  const all = mountedRows(view);
  const manyCome = before.current.rows !== rows && all.filter((row) => !isShown(row)).length > FEW;
  const isOpening = useMoment(manyCome, REST) && !isMoving;
  const mounted = isOpening ? firstOf(all, view, isShown, shown.size) : all;
  const rowOf = new Map(mounted.map((row) => [idOf(row), row]));

  const size = useGrowing(hasSpare ? page + 2 * OVERSCAN : 0, rows);
  const slots = slotsFor([...rowOf.keys()], before.current.slots, { isMoving: isMoving || isOpening, size });
  useLayoutEffect(() => {
    before.current = { rows, slots };
  });
  return { slots, rowOf };
}
