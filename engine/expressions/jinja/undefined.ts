import { ExpressionError } from '../expression-error.ts';
import { repr } from '../python/text.ts';
import { PythonObject, typeName, type Value } from '../python/value.ts';

/** What stands for something that is not there. It may be handed around and asked for, but not used. */
export class Undefined extends PythonObject {
  readonly typeName = 'Undefined';
  private readonly message: string;
  /** Whether it passes for an empty text and an empty list, as only an `if` without an `else` does. */
  readonly isEmpty: boolean;

  constructor(message: string, isEmpty = false) {
    super();
    this.message = message;
    this.isEmpty = isEmpty;
  }

  override repr(): string {
    return 'Undefined';
  }

  override ownText(): string {
    return this.isEmpty ? '' : this.fail();
  }

  override assertHashable(): void {
    if (!this.isEmpty) this.fail();
  }

  /** Whoever uses it gets the reason why there is nothing. */
  fail(): never {
    throw new ExpressionError(this.message);
  }
}

export function undefinedName(name: string): Undefined {
  return new Undefined(`${repr(name)} is undefined`);
}

/** Of a value that has no such attribute or item. */
export function undefinedPart(of: Value, key: Value): Undefined {
  const kind = of === null ? 'None' : `${typeName(of)} object`;
  if (typeof key === 'string') return new Undefined(`${repr(kind)} has no attribute ${repr(key)}`);
  return new Undefined(`${kind} has no element ${repr(key)}`);
}

/** The value, if there is one. @throws ExpressionError for what is undefined */
export function defined(value: Value): Value {
  return value instanceof Undefined ? value.fail() : value;
}
