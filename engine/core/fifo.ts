import { IdSet } from './id-set.ts';

/**
 * An immutable queue of distinct ids: first in, first out, and any member may leave at any time. What joins is linked to
 * the end, and the links are turned round when the front has been used up, so that every operation costs the same on
 * average however long the queue is. What has left the middle stays linked until the front reaches it.
 */
export interface Fifo<T extends string> {
  readonly members: IdSet<T>;
  /** From the front on; null only when the queue is empty. */
  readonly first: Link<T> | null;
  /** What joined since the links were last turned round, from the end on. */
  readonly last: Link<T> | null;
}

interface Link<T> {
  readonly id: T;
  readonly next: Link<T> | null;
}

export function fifo<T extends string>(members: Iterable<T> = []): Fifo<T> {
  return [...members].reduce<Fifo<T>>(enqueue, { members: IdSet.of(), first: null, last: null });
}

/** The same queue when the member is in it already. */
export function enqueue<T extends string>(queue: Fifo<T>, member: T): Fifo<T> {
  const { members, first, last } = queue;
  if (members.has(member)) return queue;
  return first === null
    ? { members: members.add(member), first: { id: member, next: null }, last: null }
    : { members: members.add(member), first, last: { id: member, next: last } };
}

export function leave<T extends string>(queue: Fifo<T>, member: T): Fifo<T> {
  if (!queue.members.has(member)) return queue;
  const members = queue.members.delete(member);
  let { first, last } = queue;
  while (first !== null && !members.has(first.id)) {
    first = first.next;
    if (first === null) {
      first = reversed(last);
      last = null;
    }
  }
  return { members, first, last };
}

export function front<T extends string>({ first }: Fifo<T>): T | undefined {
  return first?.id;
}

function reversed<T>(links: Link<T> | null): Link<T> | null {
  let result: Link<T> | null = null;
  for (let link = links; link !== null; link = link.next) result = { id: link.id, next: result };
  return result;
}
