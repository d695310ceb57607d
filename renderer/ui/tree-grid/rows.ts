/** What a tree grid shows in a row. */
export interface TreeItem<T> {
  /** Unique in the whole grid. */
  readonly id: string;
  readonly children: readonly T[];
  /** May be true before the children are there. */
  readonly expandable: boolean;
}

export interface Row<T> {
  readonly item: T;
  /** From 1. */
  readonly level: number;
  /** Index of the row above which this one was opened; -1 for a root. */
  readonly parent: number;
  /** Place among the siblings, from 1, and how many siblings there are. */
  readonly position: number;
  readonly setSize: number;
  readonly expanded: boolean;
}

/** Siblings with many rows among them and below them: how many, and how many of these stand before each {@link STRIDE}th of them. */
interface Group {
  readonly size: number;
  readonly marks: readonly number[];
}

/** From one noted sibling to the next. Of groups with fewer rows nothing is noted: they are counted again when it is needed. */
const STRIDE = 16;

/**
 * The visible rows of a forest, from top to bottom: counted at once, made when they are asked for, and kept then. Fit for any
 * number and any depth.
 *
 * What it is given must not change: it is asked again for each row.
 */
export class Rows<T extends TreeItem<T>> {
  readonly count: number;
  readonly #roots: readonly T[];
  readonly #isExpanded: (item: T, level: number) => boolean;
  readonly #below: (item: T) => readonly T[];
  /** By the item that they are below; null: the roots. */
  readonly #groups = new Map<T | null, Group>();
  readonly #made = new Map<number, Row<T>>();
  readonly #places = new Map<string, number>();

  /** @param below what is shown below an item, where that is not its children */
  constructor(
    roots: readonly T[],
    isExpanded: (item: T, level: number) => boolean,
    below: (item: T) => readonly T[] = ({ children }) => children,
  ) {
    this.#roots = roots;
    this.#isExpanded = isExpanded;
    this.#below = below;
    this.count = this.#measure();
  }

  /** Undefined where there is no row. */
  at(index: number): Row<T> | undefined {
    if (index < 0 || index >= this.count) return undefined;
    const known = this.#made.get(index);
    if (known !== undefined) return known;
    const row = this.#make(index);
    this.#made.set(index, row);
    return row;
  }

  /**
   * The index of an item's row, or -1. Looks first where it was the last time, then through all of them, and remembers what
   * it found: it is asked with each row that is scrolled by.
   */
  indexOf(id: string | null, hint: number): number {
    if (id === null) return -1;
    if (this.at(hint)?.item.id === id) return hint;
    const index = this.#places.get(id) ?? this.#find(id);
    this.#places.set(id, index);
    return index;
  }

  #find(id: string): number {
    let index = 0;
    for (const item of this) {
      if (item.id === id) return index;
      index += 1;
    }
    return -1;
  }

  /** The items of all rows. */
  *[Symbol.iterator](): Generator<T> {
    const above: { readonly siblings: readonly T[]; next: number }[] = [{ siblings: this.#roots, next: 0 }];
    for (let group = above.at(-1); group !== undefined; group = above.at(-1)) {
      const item = group.siblings[group.next++];
      if (item === undefined) above.pop();
      else {
        yield item;
        if (this.#isOpen(item, above.length)) above.push({ siblings: this.#below(item), next: 0 });
      }
    }
  }

  /** How many rows there are. Notes the groups. */
  #measure(): number {
    const above: Counting<T>[] = [];
    let group = counting<T>(null, this.#roots);
    for (;;) {
      const item = group.siblings[group.next];
      if (item === undefined) {
        const { owner, size, marks } = group;
        if (size >= STRIDE) this.#groups.set(owner, { size, marks });
        const outer = above.pop();
        if (outer === undefined) return size;
        outer.size += size;
        group = outer;
        continue;
      }
      if (group.next % STRIDE === 0) group.marks.push(group.size);
      group.next += 1;
      group.size += 1;
      const level = above.length + 1;
      if (!this.#isOpen(item, level)) continue;
      const inner = this.#below(item);
      // Most open items have a few below them that are closed: they need no counting of their own.
      if (inner.length < STRIDE && !inner.some((child) => this.#isOpen(child, level + 1))) {
        group.size += inner.length;
        continue;
      }
      above.push(group);
      group = counting(item, inner);
    }
  }

  #make(index: number): Row<T> {
    let owner: T | null = null;
    let siblings = this.#roots;
    let level = 1;
    let parent = -1;
    /** The index of the sibling that is looked at, and its place among them. */
    let row = 0;
    let place = 0;
    for (;;) {
      if (place === 0) {
        const marks: readonly number[] = this.#groups.get(owner)?.marks ?? [0];
        const mark = lastUpTo(marks, index - row);
        place = mark * STRIDE;
        row += marks[mark] ?? 0;
      }
      const item = siblings[place];
      // The count says that there is one.
      if (item === undefined) throw new RangeError(`There is no row ${index}.`);
      if (row === index) {
        const expanded = this.#isOpen(item, level);
        return { item, level, parent, position: place + 1, setSize: siblings.length, expanded };
      }
      const size = this.#sizeBelow(item, level);
      if (index <= row + size) {
        owner = item;
        siblings = this.#below(item);
        level += 1;
        parent = row;
        row += 1;
        place = 0;
      } else {
        row += 1 + size;
        place += 1;
      }
    }
  }

  #sizeBelow(item: T, level: number): number {
    if (!this.#isOpen(item, level)) return 0;
    const known = this.#groups.get(item);
    if (known !== undefined) return known.size;
    let size = 0;
    for (const child of this.#below(item)) size += 1 + this.#sizeBelow(child, level + 1);
    return size;
  }

  #isOpen(item: T, level: number): boolean {
    return item.expandable && this.#isExpanded(item, level);
  }
}

interface Counting<T> {
  readonly owner: T | null;
  readonly siblings: readonly T[];
  readonly marks: number[];
  next: number;
  size: number;
}

function counting<T>(owner: T | null, siblings: readonly T[]): Counting<T> {
  return { owner, siblings, marks: [], next: 0, size: 0 };
}

/** The index of the last of these ascending numbers that is not above the limit; the first is 0. */
function lastUpTo(numbers: readonly number[], limit: number): number {
  let from = 0;
  let to = numbers.length - 1;
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if ((numbers[middle] ?? 0) <= limit) from = middle;
    else to = middle - 1;
  }
  return from;
}
