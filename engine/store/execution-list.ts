import type { Page } from './index-page.ts';

/** What the list of executions needs of a summary; the rest is the caller's. */
export interface Listed {
  /** Milliseconds since 1970; never changes. */
  readonly createdAt: number;
}

export interface ListQuery<S> {
  /** The `next` of the page before; null for the first page. */
  readonly cursor: string | null;
  readonly limit: number;
  /** Left out: all of them, and hardly any summary has to be looked at. */
  readonly filter?: (summary: S) => boolean;
}

export interface ListPage<S> {
  readonly summaries: readonly S[];
  /** Of the summaries, in their order. */
  readonly ids: readonly string[];
  /** Null on the last page. */
  readonly next: string | null;
  /** How many there are on all pages. */
  readonly total: number;
}

/** Rows that are to be shown. */
export interface ListedRows<S> extends Pick<ListPage<S>, 'next' | 'total'> {
  readonly rows: readonly Row<S>[];
}

/** All that is held in memory of an execution that nobody looks at. */
export interface Row<S> {
  readonly id: string;
  createdAt: number;
  /** Whether the list shows it. */
  isListed: boolean;
  /** What is shown; null: what the index says. */
  shown: S | null;
  /** Where the index has it; null: not yet. */
  page: Page | null;
  /** Where its newest line in that page begins, in bytes. */
  at: number;
  /** What that line says; null as long as nobody has looked. */
  indexed: S | null;
  /** Up to which commit its files are on disk, as the index says; 0 when it does not say. */
  position: number;
  isGone: boolean;
}

/** All executions in memory, and the list of them: oldest first, those of one instant by id. */
export class ExecutionList<S extends Listed> {
  readonly #rows = new Map<string, Row<S>>();
  /** Put in order when somebody looks, so that a burst of new and deleted executions costs one pass. */
  #ordered: Row<S>[] = [];
  #unsorted = false;
  #gone = 0;

  row(id: string): Row<S> | null {
    return this.#rows.get(id) ?? null;
  }

  rows(): Iterable<Row<S>> {
    return this.#rows.values();
  }

  /** The row of the execution, which is made when there is none; the list does not show it because of that. */
  make(id: string): Row<S> {
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    const row: Row<S> = {
      id,
      createdAt: 0,
      isListed: false,
      shown: null,
      page: null,
      at: 0,
      indexed: null,
      position: 0,
      isGone: false,
    };
    this.#rows.set(id, row);
    return row;
  }

  /** The rows of a list that is empty, in its order. */
  fill(rows: Row<S>[]): void {
    for (const row of rows) this.#rows.set(row.id, row);
    this.#ordered = rows;
  }

  /** Lists what stands in an index page. */
  show(row: Row<S>, createdAt: number): void {
    if (row.isListed) return;
    row.isListed = true;
    row.createdAt = createdAt;
    const last = this.#ordered.at(-1);
    if (last !== undefined && compare(last, row) > 0) this.#unsorted = true;
    this.#ordered.push(row);
  }

  has(id: string): boolean {
    return this.#rows.get(id)?.isListed === true;
  }

  set(id: string, summary: S): void {
    const row = this.make(id);
    row.shown = summary;
    this.show(row, summary.createdAt);
  }

  delete(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    row.isGone = true;
    if (row.isListed) this.#gone += 1;
  }

  /** The rows of the list, oldest first. */
  inOrder(): readonly Row<S>[] {
    if (this.#gone > 0) this.#ordered = this.#ordered.filter((row) => !row.isGone);
    if (this.#unsorted) this.#ordered.sort(compare);
    this.#gone = 0;
    this.#unsorted = false;
    return this.#ordered;
  }

  /** Newest first. With a filter all that are listed must have been looked at. */
  list({ cursor, limit, filter }: ListQuery<S>): ListedRows<S> {
    const rows = this.inOrder();
    const after = cursor === null ? null : readCursor(cursor);
    const found: Row<S>[] = [];
    let total = filter === undefined ? rows.length : 0;
    let more = false;
    for (let at = rows.length - 1; at >= 0; at -= 1) {
      const row = rows[at];
      if (row === undefined) continue;
      if (filter !== undefined) {
        if (!filter(summaryOf(row))) continue;
        total += 1;
      }
      if (after !== null && comparePlaces(row.createdAt, row.id, after.createdAt, after.id) >= 0) continue;
      if (found.length < limit) found.push(row);
      else more = true;
      if (more && filter === undefined) break;
    }
    const last = found.at(-1);
    return { rows: found, next: more && last !== undefined ? `${last.createdAt} ${last.id}` : null, total };
  }
}

/** What the list shows of an execution that has been looked at. */
export function summaryOf<S>(row: Row<S>): S {
  const summary = row.shown ?? row.indexed;
  if (summary === null) throw new Error(`Nobody has looked yet at what the index says of the execution ${row.id}.`);
  return summary;
}

function compare(a: Row<unknown>, b: Row<unknown>): number {
  return comparePlaces(a.createdAt, a.id, b.createdAt, b.id);
}

function comparePlaces(createdAt: number, id: string, otherCreatedAt: number, otherId: string): number {
  if (createdAt !== otherCreatedAt) return createdAt - otherCreatedAt;
  return id < otherId ? -1 : id > otherId ? 1 : 0;
}

function readCursor(cursor: string): { readonly createdAt: number; readonly id: string } {
  const [createdAt = '', id = ''] = cursor.split(' ');
  return { createdAt: Number(createdAt), id };
}
