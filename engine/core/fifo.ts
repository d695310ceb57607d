import { List } from 'immutable';
import { IdSet } from './id-set.ts';

/**
 * An immutable queue of distinct ids: first in, first out, and any member may leave at any time. Every operation
 * costs the same however long the queue is; what has left the middle stays in `order` until the front reaches it.
 */
export interface Fifo<T extends string> {
  readonly members: IdSet<T>;
  readonly order: List<T>;
}

export function fifo<T extends string>(members: Iterable<T> = []): Fifo<T> {
  const order = List(members);
  return { members: IdSet.of(order), order };
}

/** The same queue when the member is in it already. */
export function enqueue<T extends string>({ members, order }: Fifo<T>, member: T): Fifo<T> {
  return members.has(member) ? { members, order } : { members: members.add(member), order: order.push(member) };
}

export function leave<T extends string>({ members, order }: Fifo<T>, member: T): Fifo<T> {
  if (!members.has(member)) return { members, order };
  const left = members.delete(member);
  let remaining = order;
  for (let first = remaining.first(); first !== undefined && !left.has(first); first = remaining.first()) {
    remaining = remaining.shift();
  }
  return { members: left, order: remaining };
}

export function front<T extends string>({ order }: Fifo<T>): T | undefined {
  return order.first();
}
