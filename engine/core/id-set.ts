import { type IdMap, IdMapBuilder } from './id-map.ts';

/** An immutable set of ids; its order means nothing. See {@link IdMap}. */
export class IdSet<K extends string> implements Iterable<K> {
  private readonly members: IdMap<K, true>;

  private constructor(members: IdMap<K, true>) {
    this.members = members;
  }

  static of<K extends string>(ids: Iterable<K> = []): IdSet<K> {
    const members = new IdMapBuilder<K, true>();
    for (const id of ids) members.set(id, true);
    return new IdSet(members.finish());
  }

  get size(): number {
    return this.members.size;
  }

  isEmpty(): boolean {
    return this.members.isEmpty();
  }

  has(id: K): boolean {
    return this.members.has(id);
  }

  /** The same set when the id is in it already. */
  add(id: K): IdSet<K> {
    return this.with(this.members.set(id, true));
  }

  /** The same set when the id is not in it. */
  delete(id: K): IdSet<K> {
    return this.with(this.members.delete(id));
  }

  [Symbol.iterator](): Iterator<K> {
    return this.members.keys();
  }

  private with(members: IdMap<K, true>): IdSet<K> {
    return members === this.members ? this : new IdSet(members);
  }
}
