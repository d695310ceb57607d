/** A mounted row, and the key by which React knows its element. */
export interface Slot {
  /** Null: a spare element, that shows no row. */
  readonly id: string | null;
  readonly key: number;
}

interface Need {
  /**
   * Rows are being scrolled, or many have just come: elements stay in the order in which they are in the page, since moving
   * them there costs as much as making them. Otherwise they follow each other as the rows do, since so they are read out.
   */
  readonly isMoving: boolean;
  /** So many elements there are at least: the spare ones come to this number. */
  readonly size: number;
}

/**
 * Which elements of the page show which rows. A row that stays keeps its element, and one that comes takes a spare one or
 * that of one that went: to make new elements for each row that is scrolled by or opened costs several times as much, and
 * leaves hundreds of megabytes to be cleared away.
 *
 * @param ids of the rows, from top to bottom
 */
export function slotsFor(ids: readonly string[], before: readonly Slot[], { isMoving, size }: Need): readonly Slot[] {
  const wanted = new Set(ids);
  const known = new Set(before.map(({ id }) => id));
  const entering = ids.filter((id) => !known.has(id));
  const slots: Slot[] = [];
  let spare = Math.max(0, size - ids.length);
  let fresh = 0;
  for (const slot of before) {
    fresh = Math.max(fresh, slot.key + 1);
    const id = slot.id !== null && wanted.has(slot.id) ? slot.id : (entering.shift() ?? null);
    if (id !== null || spare-- > 0) slots.push(id === slot.id ? slot : { id, key: slot.key });
  }
  for (const id of entering) slots.push({ id, key: fresh++ });
  while (spare-- > 0) slots.push({ id: null, key: fresh++ });
  if (isMoving) return slots;
  const places = new Map(ids.map((id, place) => [id, place]));
  const placeOf = ({ id }: Slot) => (id === null ? undefined : places.get(id)) ?? ids.length;
  return slots.sort((a, b) => placeOf(a) - placeOf(b));
}
