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

/** The rows that are mounted, from top to bottom: what is in view, and what is around it. */
export function mountedRows({ first, last, count, cursor }: View): readonly number[] {
  const from = Math.max(0, first - OVERSCAN);
  const to = Math.min(count - 1, last + OVERSCAN);
  const rows: number[] = cursor >= 0 && cursor < from ? [cursor] : [];
  for (let row = from; row <= to; row++) rows.push(row);
  if (cursor > to && cursor < count) rows.push(cursor);
  return rows;
}

/**
 * Those of them that are mounted at once while many come together, as when one is opened: what is looked at is there sooner
 * then, and the others follow.
 *
 * @param isShown whether a row has an element already
 * @param most no more than so many, apart from those in view and those that are shown
 */
export function firstOf(
  rows: readonly number[],
  { first, last, cursor }: Pick<View, 'first' | 'last' | 'cursor'>,
  isShown: (row: number) => boolean,
  most: number,
): readonly number[] {
  const isWanted = (row: number) => (row >= first && row <= last) || row === cursor || isShown(row);
  let left = most - rows.filter(isWanted).length;
  return rows.filter((row) => isWanted(row) || left-- > 0);
}
