import { spend } from '../budget.ts';
import type { Key, Value } from './value.ts';

/**
 * The members in the order in which CPython goes through a set of integers: its table is indexed by the integers
 * themselves, so that small ones come out sorted. A set of anything else has no order to speak of, and keeps ours.
 */
export function inPythonOrder(members: Map<Key, Value>): ReadonlyMap<Key, Value> {
  if (members.size < 2) return members;
  for (const key of members.keys()) if (!Number.isSafeInteger(key)) return members;
  spend(members.size * 12);
  const table = new IntegerTable();
  for (const key of members.keys()) table.add(key as number);
  return new Map(table.keys().map((key) => [key, members.get(key) as Value]));
}

const LINEAR_PROBES = 9;

class IntegerTable {
  private slots: (number | undefined)[] = new Array(8);
  private used = 0;

  add(key: number): void {
    this.place(key);
    if (++this.used * 5 < (this.slots.length - 1) * 3) return;
    const wanted = this.used > 50_000 ? this.used * 2 : this.used * 4;
    let size = 8;
    while (size <= wanted) size *= 2;
    const keys = this.keys();
    this.slots = new Array(size);
    for (const each of keys) this.place(each);
  }

  keys(): number[] {
    return this.slots.filter((slot) => slot !== undefined);
  }

  private place(key: number): void {
    const size = this.slots.length;
    // -1 is CPython's sign of an error, so that its hash is another.
    const hash = key === -1 ? -2 : key;
    let index = ((hash % size) + size) % size;
    let rest = BigInt.asUintN(64, BigInt(hash));
    for (;;) {
      const last = index + LINEAR_PROBES < size ? index + LINEAR_PROBES : index;
      for (let slot = index; slot <= last; slot++) {
        if (this.slots[slot] === undefined) {
          this.slots[slot] = key;
          return;
        }
      }
      rest >>= 5n;
      index = Number((BigInt(index) * 5n + 1n + rest) % BigInt(size));
    }
  }
}
