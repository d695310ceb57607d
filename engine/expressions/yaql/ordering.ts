import { claimItems, spend } from '../budget.ts';
import { toArray } from '../python/iterate.ts';
import { PythonObject, type Value } from '../python/value.ts';
import type { Lambda } from './call.ts';
import { isGreater, isLess } from './operators.ts';

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

  iterate(): readonly Value[] {
    this.sorted ??= this.sort();
    return this.sorted;
  }

  private sort(): readonly Value[] {
    const items = toArray(this.source);
    claimItems(items.length);
    // Nothing is compared, so nothing is evaluated.
    if (items.length < 2) return items;
    // The keys of an item are the same for every comparison.
    const keyed = items.map((item) => ({ item, keys: this.fields.map(({ selector }) => selector(item)) }));
    keyed.sort((a, b) => this.compare(a.keys, b.keys));
    return keyed.map(({ item }) => item);
  }

  private compare(left: readonly Value[], right: readonly Value[]): number {
    for (const [index, { ascending }] of this.fields.entries()) {
      spend(1);
      const a = left[index] as Value;
      const b = right[index] as Value;
      const order = isLess(a, b) ? -1 : isGreater(a, b) ? 1 : 0;
      if (order !== 0) return ascending ? order : -order;
    }
    return 0;
  }
}
