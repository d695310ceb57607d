/** A mounted row, and the key by which React knows its element. */
export interface Slot {
  readonly id: string;
  readonly key: number;
}

/**
 * Which elements of the page show which rows. A row that stays keeps its element, and one that comes takes that of one that
 * went: to make new elements for each row that is scrolled by costs several times as much, and leaves hundreds of megabytes
 * to be cleared away.
 *
 * @param ids of the rows, from top to bottom
 * @param isMoving the rows are being scrolled: elements stay in the order in which they are in the page, since moving them
 *   there costs as much as making them. Otherwise they follow each other as the rows do, since so they are read out.
 */
export function slotsFor(ids: readonly string[], before: readonly Slot[], isMoving: boolean): readonly Slot[] {
  const wanted = new Set(ids);
  const known = new Set(before.map(({ id }) => id));
  const entering = ids.filter((id) => !known.has(id));
  const slots: Slot[] = [];
  let fresh = 0;
  for (const slot of before) {
    fresh = Math.max(fresh, slot.key + 1);
    const id = wanted.has(slot.id) ? slot.id : entering.shift();
    if (id !== undefined) slots.push(id === slot.id ? slot : { id, key: slot.key });
  }
  for (const id of entering) slots.push({ id, key: fresh++ });
  if (isMoving) return slots;
  const keys = new Map(slots.map(({ id, key }) => [id, key]));
  return ids.map((id) => ({ id, key: keys.get(id) ?? 0 }));
}
