import { claimItems, spend } from '../budget.ts';
import { toArray } from '../python/iterate.ts';
import { PythonObject, type Value } from '../python/value.ts';
import type { Lambda } from './call.ts';
import { isGreater, isLess } from './operators.ts';

interface Keyed {
  readonly item: Value;
  readonly keys: Value[];
}

/** What `orderBy` makes: sorted when it is first read, so that `thenBy` can still add to it. */
export class Ordering extends PythonObject {
  readonly typeName = 'OrderingIterable';
  private readonly source: Iterable<Value>;
  private readonly fields: { readonly selector: Lambda; readonly ascending: boolean }[] = [];
  private sorted: readonly Value[] | null = null;

  constructor(source: Iterable<Value>) {
    super();
    this.source = source;
  }

  addField(selector: Lambda, ascending: boolean): void {
    this.fields.push({ selector, ascending });
  }

  *iterate(): Generator<Value> {
    this.sorted ??= this.sort();
    yield* this.sorted;
  }

  private sort(): readonly Value[] {
    const items = toArray(this.source);
    claimItems(items.length);
    // Nothing is compared, so nothing is evaluated.
    if (items.length < 2) return items;
    spend(items.length * 6);
    const keyed = items.map((item): Keyed => ({ item, keys: [] }));
    keyed.sort((a, b) => this.compare(a, b));
    return keyed.map(({ item }) => item);
  }

  private compare(left: Keyed, right: Keyed): number {
    for (const [index, { selector, ascending }] of this.fields.entries()) {
      spend(2);
      // The keys of an item are the same for every comparison, and a later one counts only when the others are equal.
      if (left.keys[index] === undefined) left.keys[index] = selector(left.item);
      if (right.keys[index] === undefined) right.keys[index] = selector(right.item);
      const a = left.keys[index] as Value;
      const b = right.keys[index] as Value;
      const order = isLess(a, b) ? -1 : isGreater(a, b) ? 1 : 0;
      if (order !== 0) return ascending ? order : -order;
    }
    return 0;
  }
}
