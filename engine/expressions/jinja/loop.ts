import { ExpressionError } from '../expression-error.ts';
import { equals } from '../python/equality.ts';
import { Tuple, type Value } from '../python/value.ts';
import { AttributeObject } from './attribute-object.ts';
import { type CallArguments, NativeFunction } from './callable.ts';
import { Undefined } from './undefined.ts';

/** The `loop` of a for statement: where it is among its items. */
export class Loop extends AttributeObject {
  readonly typeName = 'LoopContext';
  index0 = -1;
  private readonly items: readonly Value[];
  private readonly depth0: number;
  private readonly recurse: ((items: Value, depth0: number) => Value) | null;
  private changedValue: Tuple | undefined = undefined;

  /** @param recurse renders the loop's body for other items; null when the loop is not recursive */
  constructor(items: readonly Value[], depth0: number, recurse: ((items: Value, depth0: number) => Value) | null) {
    super();
    this.items = items;
    this.depth0 = depth0;
    this.recurse = recurse;
  }

  override repr(): string {
    return `<LoopContext ${this.index0 + 1}/${this.items.length}>`;
  }

  attribute(name: string): Value | undefined {
    const { length } = this.items;
    switch (name) {
      case 'index':
        return this.index0 + 1;
      case 'index0':
        return this.index0;
      case 'revindex':
        return length - this.index0;
      case 'revindex0':
        return length - this.index0 - 1;
      case 'first':
        return this.index0 === 0;
      case 'last':
        return this.index0 === length - 1;
      case 'length':
        return length;
      case 'depth':
        return this.depth0 + 1;
      case 'depth0':
        return this.depth0;
      case 'previtem':
        return this.item(this.index0 - 1, 'there is no previous item');
      case 'nextitem':
        return this.item(this.index0 + 1, 'there is no next item');
      case 'cycle':
        return new NativeFunction('cycle', ({ positional }) => {
          const item = positional[this.index0 % positional.length];
          if (item === undefined) throw new ExpressionError('no items for cycling given');
          return item;
        });
      case 'changed':
        return new NativeFunction('changed', ({ positional }) => this.changed(new Tuple(positional)));
      default:
        return undefined;
    }
  }

  call({ positional }: CallArguments): Value {
    const [items] = positional;
    if (this.recurse === null || items === undefined) {
      throw new ExpressionError("The loop must have the 'recursive' marker to be called recursively.");
    }
    return this.recurse(items, this.depth0 + 1);
  }

  private item(index: number, otherwise: string): Value {
    const item = this.items[index];
    return item === undefined ? new Undefined(otherwise) : item;
  }

  private changed(value: Tuple): boolean {
    const differs = this.changedValue === undefined || !sameArguments(this.changedValue, value);
    if (differs) this.changedValue = value;
    return differs;
  }
}

/** What is undefined cannot even be compared. */
function sameArguments(a: Tuple, b: Tuple): boolean {
  for (const item of [...a.items, ...b.items]) if (item instanceof Undefined && !item.isEmpty) item.fail();
  return equals(a, b);
}
