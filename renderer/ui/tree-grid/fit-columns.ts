interface FittingColumn {
  readonly id: string;
  readonly width: number;
  readonly leaves?: number;
}

/** What the rows need beside their columns, in pixels. */
const MARGIN = 12;

/**
 * The columns that have room in this width (in pixels), in their order. Where there is too little, those that may leave
 * do, the lowest `leaves` first.
 */
export function fitColumns<C extends FittingColumn>(columns: readonly C[], width: number): readonly C[] {
  let needed = columns.reduce((sum, column) => sum + column.width, MARGIN);
  const leaving = new Set<C>();
  const candidates = columns.filter(({ leaves }) => leaves !== undefined);
  for (const column of candidates.sort((a, b) => (a.leaves ?? 0) - (b.leaves ?? 0))) {
    if (needed <= width) break;
    leaving.add(column);
    needed -= column.width;
  }
  return leaving.size === 0 ? columns : columns.filter((column) => !leaving.has(column));
}
