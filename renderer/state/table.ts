/** Rows are kept in pieces of this many, so that a change copies one piece and not everything. */
export const CHUNK = 256;

/**
 * A persistent list of rows with ids, for a hundred thousand rows of which some change many times a second: a version
 * shares what it did not change with the version before. Rows are only added and replaced, never removed.
 */
export interface Table<T extends { readonly id: string }> {
  readonly size: number;
  readonly chunks: readonly (readonly T[])[];
  /** May know rows that were added after this version; those have a slot of `size` or more. */
  readonly slots: Map<string, number>;
}

export function emptyTable<T extends { readonly id: string }>(): Table<T> {
  return { size: 0, chunks: [], slots: new Map() };
}

export function getRow<T extends { readonly id: string }>(table: Table<T>, id: string): T | undefined {
  const slot = table.slots.get(id);
  return slot === undefined || slot >= table.size ? undefined : table.chunks[Math.floor(slot / CHUNK)]?.[slot % CHUNK];
}

/** The table with these rows added, or put in place of those with the same id. The later of two with one id counts. */
export function putRows<T extends { readonly id: string }>(table: Table<T>, rows: Iterable<T>): Table<T> {
  const chunks: (readonly T[])[] = [...table.chunks];
  const own = new Map<number, T[]>();
  let { size, slots } = table;
  // Another version went on from here and added rows of its own: the index cannot be shared with that one.
  if (slots.size !== size) slots = new Map([...slots].filter(([, slot]) => slot < size));

  for (const row of rows) {
    let slot = slots.get(row.id);
    if (slot === undefined) {
      slot = size++;
      slots.set(row.id, slot);
    }
    const at = Math.floor(slot / CHUNK);
    let chunk = own.get(at);
    if (chunk === undefined) {
      chunk = [...(chunks[at] ?? [])];
      own.set(at, chunk);
      chunks[at] = chunk;
    }
    chunk[slot % CHUNK] = row;
  }
  return own.size === 0 ? table : { size, chunks, slots };
}

/** All rows, in the order in which they were first added. */
export function* allRows<T extends { readonly id: string }>(table: Table<T>): Generator<T> {
  for (const chunk of table.chunks) yield* chunk;
}
