/** What a tree grid shows in a row. */
export interface TreeItem<T> {
  /** Unique in the whole grid. */
  readonly id: string;
  readonly children: readonly T[];
  /** May be true before the children are there. */
  readonly expandable: boolean;
}

/** The rows that are visible, from top to bottom, as columns: the entries at one index belong to one row. */
export interface FlatRows<T> {
  readonly items: readonly T[];
  /** From 1. */
  readonly levels: readonly number[];
  /** Index of the row above which this one was opened; -1 for a root. */
  readonly parents: readonly number[];
  /** Place among the siblings, from 1, and how many siblings there are. */
  readonly positions: readonly number[];
  readonly setSizes: readonly number[];
  readonly expanded: readonly boolean[];
}

/**
 * Lays a forest out into rows. Linear in what is visible, and fit for any depth.
 *
 * @param below what is shown below an item, where that is not its children
 */
export function flatten<T extends TreeItem<T>>(
  roots: readonly T[],
  isExpanded: (item: T, level: number) => boolean,
  below: (item: T) => readonly T[] = ({ children }) => children,
): FlatRows<T> {
  const items: T[] = [];
  const levels: number[] = [];
  const parents: number[] = [];
  const positions: number[] = [];
  const setSizes: number[] = [];
  const expanded: boolean[] = [];

  const open = [{ siblings: roots, next: 0, parent: -1 }];
  for (let group = open.at(-1); group !== undefined; group = open.at(-1)) {
    const item = group.siblings[group.next];
    if (item === undefined) {
      open.pop();
      continue;
    }
    group.next += 1;
    const level = open.length;
    const isOpen = item.expandable && isExpanded(item, level);
    items.push(item);
    levels.push(level);
    parents.push(group.parent);
    positions.push(group.next);
    setSizes.push(group.siblings.length);
    expanded.push(isOpen);
    if (isOpen && item.children.length > 0) open.push({ siblings: below(item), next: 0, parent: items.length - 1 });
  }
  return { items, levels, parents, positions, setSizes, expanded };
}

/** The index of an item's row, or -1. Looks first where it was the last time. */
export function rowOf<T extends TreeItem<T>>(rows: FlatRows<T>, id: string | null, hint: number): number {
  if (id === null) return -1;
  return rows.items[hint]?.id === id ? hint : rows.items.findIndex((item) => item.id === id);
}
