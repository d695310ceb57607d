interface FittingColumn {
  readonly id: string;
  readonly width: number;
  /** Where it is less than this, a column that leaves earlier leaves. */
  readonly wanted?: number;
  readonly leaves?: number;
}

/** What the rows need beside their columns, in pixels. */
const MARGIN = 12;

/**
 * The columns that have room in this width (in pixels), in their order. Where there is too little, those that may leave
 * do, the lowest `leaves` first, until each of the others has the width that it wants, or at last the one that it needs.
 */
export function fitColumns<C extends FittingColumn>(columns: readonly C[], width: number): readonly C[] {
  const leaving = new Set<C>();
  const candidates = columns.filter(({ leaves }) => leaves !== undefined);
  for (const last of candidates.sort((a, b) => (a.leaves ?? 0) - (b.leaves ?? 0))) {
    const needed = (column: C) => (column === last ? column.width : (column.wanted ?? column.width));
    const staying = columns.filter((column) => !leaving.has(column));
    if (staying.reduce((sum, column) => sum + needed(column), MARGIN) <= width) break;
    leaving.add(last);
  }
  return leaving.size === 0 ? columns : columns.filter((column) => !leaving.has(column));
}
