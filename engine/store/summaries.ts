/** What the list of executions needs of a summary; the rest is the caller's. */
export interface Listed {
  /** Milliseconds since 1970; never changes. */
  readonly createdAt: number;
}

export interface ListQuery<S> {
  /** The `next` of the page before; null for the first page. */
  readonly cursor: string | null;
  readonly limit: number;
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

interface Row<S> {
  readonly id: string;
  summary: S;
  gone: boolean;
}

/** The summaries of all executions, in memory, in the order of the list: oldest first, those of one instant by id. */
export class Summaries<S extends Listed> {
  readonly #rows = new Map<string, Row<S>>();
  /** Put in order when somebody looks, so that a burst of new and deleted executions costs one pass. */
  #ordered: Row<S>[] = [];
  #unsorted = false;
  #someGone = false;

  get(id: string): S | null {
    return this.#rows.get(id)?.summary ?? null;
  }

  set(id: string, summary: S): void {
    const known = this.#rows.get(id);
    if (known !== undefined) {
      known.summary = summary;
      return;
    }
    const row = { id, summary, gone: false };
    this.#rows.set(id, row);
    const last = this.#ordered.at(-1);
    if (last !== undefined && compare(last, row) > 0) this.#unsorted = true;
    this.#ordered.push(row);
  }

  delete(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    row.gone = true;
    this.#someGone = true;
  }

  /** Newest first. */
  list({ cursor, limit, filter }: ListQuery<S>): ListPage<S> {
    this.#sort();
    const after = cursor === null ? null : readCursor(cursor);
    const page: Row<S>[] = [];
    let total = 0;
    let more = false;
    for (let at = this.#ordered.length - 1; at >= 0; at -= 1) {
      const row = this.#ordered[at];
      if (row === undefined || filter?.(row.summary) === false) continue;
      total += 1;
      if (after !== null && comparePlaces(row.summary.createdAt, row.id, after.createdAt, after.id) >= 0) continue;
      if (page.length < limit) page.push(row);
      else more = true;
    }
    const last = page.at(-1);
    return {
      summaries: page.map((row) => row.summary),
      ids: page.map((row) => row.id),
      next: more && last !== undefined ? `${last.summary.createdAt} ${last.id}` : null,
      total,
    };
  }

  #sort(): void {
    if (this.#someGone) this.#ordered = this.#ordered.filter((row) => !row.gone);
    if (this.#unsorted) this.#ordered.sort(compare);
    this.#someGone = false;
    this.#unsorted = false;
  }
}

function compare<S extends Listed>(a: Row<S>, b: Row<S>): number {
  return comparePlaces(a.summary.createdAt, a.id, b.summary.createdAt, b.id);
}

function comparePlaces(createdAt: number, id: string, otherCreatedAt: number, otherId: string): number {
  if (createdAt !== otherCreatedAt) return createdAt - otherCreatedAt;
  return id < otherId ? -1 : id > otherId ? 1 : 0;
}

function readCursor(cursor: string): { readonly createdAt: number; readonly id: string } {
  const [createdAt = '', id = ''] = cursor.split(' ');
  return { createdAt: Number(createdAt), id };
}
