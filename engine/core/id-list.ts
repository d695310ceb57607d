/** An immutable list of ids that grows at its end, at the same cost however long it is. */
export class IdList<K extends string> implements Iterable<K> {
  readonly size: number;
  private readonly end: Link<K> | null;

  private static readonly empty: IdList<never> = new IdList(0, null);

  private constructor(size: number, end: Link<K> | null) {
    this.size = size;
    this.end = end;
  }

  static of<K extends string>(ids: Iterable<K> = []): IdList<K> {
    let size = 0;
    let end: Link<K> | null = null;
    for (const id of ids) {
      end = { id, before: end };
      size++;
    }
    return size === 0 ? IdList.empty : new IdList(size, end);
  }

  push(id: K): IdList<K> {
    return new IdList(this.size + 1, { id, before: this.end });
  }

  /** From the first to the last. */
  [Symbol.iterator](): Iterator<K> {
    const ids: K[] = [];
    for (let link = this.end; link !== null; link = link.before) ids.push(link.id);
    return ids.reverse().values();
  }
}

interface Link<K> {
  readonly id: K;
  readonly before: Link<K> | null;
}
