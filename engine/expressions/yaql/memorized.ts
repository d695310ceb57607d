import { claimItems } from '../budget.ts';
import { type Value, ValueIterator } from '../python/value.ts';

/** An iterator that can be read again and again: what has been read is kept. */
class Memorized extends ValueIterator {
  private readonly items: Value[] = [];

  override *iterator(): Iterator<Value> {
    const source = super.iterator();
    for (let index = 0; ; index++) {
      if (index === this.items.length) {
        const step = source.next();
        if (step.done === true) return;
        this.items.push(step.value);
        if (this.items.length % 1000 === 0) claimItems(this.items.length);
      }
      yield this.items[index] as Value;
    }
  }
}

/** What can only be iterated once is made to be iterated often; everything else is as it is. */
export function memorize(value: Value): Value {
  if (!(value instanceof ValueIterator) || value instanceof Memorized) return value;
  return new Memorized(value.iterator(), value.typeName);
}
