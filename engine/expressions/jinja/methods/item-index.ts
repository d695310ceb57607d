import { spend } from '../../budget.ts';
import { equals } from '../../python/equality.ts';
import { clampRange } from '../../python/strings.ts';
import type { Value } from '../../python/value.ts';
import { count } from '../values.ts';

/** Where the value is first found between two places, or -1. */
export function indexIn(items: readonly Value[], value: Value, start: Value, stop: Value): number {
  const [from, to] = clampRange(count(start), stop === null ? null : count(stop), items.length);
  for (let place = from; place < to; place++) {
    spend(1);
    if (equals(items[place] as Value, value)) return place;
  }
  return -1;
}
