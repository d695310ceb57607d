interface View {
  /** Indexes of the first and the last row in view. */
  readonly first: number;
  readonly last: number;
  /** How many rows there are. */
  readonly count: number;
  /** The row with the keyboard; -1 when there is none. It is always mounted: else the keyboard would be nowhere. */
  readonly cursor: number;
}

/** So many rows above what is in view are mounted, and as many below. */
export const OVERSCAN = 8;

/**
 * The rows that are mounted, from top to bottom: what is in view, and what is around it.
 *
 * @param isShown whether a row has an element already
 * @param most while many rows come at once, as when one is opened: no more than so many are mounted, apart from those in
 *   view. What is looked at is there sooner then; the others follow.
 */
export function mountedRows(
  { first, last, count, cursor }: View,
  isShown: (row: number) => boolean,
  most: number,
): readonly number[] {
  const from = Math.max(0, first - OVERSCAN);
  const to = Math.min(count - 1, last + OVERSCAN);
  const isFirst = (row: number) => (row >= first && row <= last) || row === cursor;
  const all: number[] = cursor >= 0 && cursor < from ? [cursor] : [];
  for (let row = from; row <= to; row++) all.push(row);
  if (cursor > to && cursor < count) all.push(cursor);
  if (all.length <= most) return all;
  let left = most - all.filter((row) => isFirst(row) || isShown(row)).length;
  return all.filter((row) => isFirst(row) || isShown(row) || left-- > 0);
}
