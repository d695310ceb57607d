import { ExpressionError } from '../expression-error.ts';
import type { Value } from '../python/value.ts';
import { AttributeObject } from './attribute-object.ts';
import { NativeFunction } from './callable.ts';

/** What `cycler()` makes: one item after the other, and then from the first again. */
export class Cycler extends AttributeObject {
  readonly typeName = 'Cycler';
  private readonly items: readonly Value[];
  private place = 0;

  constructor(items: readonly Value[]) {
    super();
    if (items.length === 0) throw new ExpressionError('at least one item has to be provided');
    this.items = items;
  }

  attribute(name: string): Value | undefined {
    switch (name) {
      case 'current':
        return this.items[this.place];
      case 'pos':
        return this.place;
      case 'next':
        return new NativeFunction('next', () => {
          const current = this.items[this.place] ?? null;
          this.place = (this.place + 1) % this.items.length;
          return current;
        });
      case 'reset':
        return new NativeFunction('reset', () => {
          this.place = 0;
          return null;
        });
      default:
        return undefined;
    }
  }
}
