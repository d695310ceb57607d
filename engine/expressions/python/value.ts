import { BigInteger, Float, type Json, type JsonObject } from '../../model/json.ts';
import { dataArrayType } from '../budget.ts';

/**
 * What an expression computes with. Plain arrays and plain objects are always data from outside: deeply {@link Json},
 * never changed. Whatever an expression makes itself is a {@link PythonObject}, so that data can be handed through
 * whole, however large, without looking inside.
 */
export type Value = Json | PythonObject;

/** What stands for a value in a map: two values have the same key when Python finds them equal. See `keyOf`. */
export type Key = null | number | string | bigint | PythonObject;

/** A value that only exists while an expression is evaluated. */
export abstract class PythonObject {
  /** The name of its type in Python, as error messages say it. */
  abstract readonly typeName: string;

  /** What Python prints for it within a list; most have no better text than that they are there. */
  repr(): string {
    return `<${this.typeName} object>`;
  }

  /** What Python's `str` gives where that is not the `repr`. @throws ExpressionError for the few that have no text */
  ownText(): string | null {
    return null;
  }

  /** Whether Python finds the two equal, though they are not the same object. */
  isEqual(_other: Value): boolean {
    return false;
  }

  /** @throws ExpressionError for the few that cannot be a key at all */
  assertHashable(): void {}
}

export class Tuple extends PythonObject {
  readonly typeName = 'tuple';
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }
}

export class List extends PythonObject {
  readonly typeName = 'list';
  private readonly own: Value[];

  constructor(items: Value[]) {
    super();
    this.own = items;
  }

  /** Read by everybody, changed only by what stands for Python's own methods. */
  get items(): Value[] {
    return this.own;
  }
}

/** A dictionary that an expression made; keys in order of insertion, equal as Python finds them equal. */
export class Dict extends PythonObject {
  readonly typeName = 'dict';
  /** Whether it can be a key itself: YAQL's own dictionaries can, Python's cannot. */
  readonly frozen: boolean;
  private readonly own: DictEntries;

  constructor(entries: DictEntries, frozen: boolean) {
    super();
    this.own = entries;
    this.frozen = frozen;
  }

  /** Read by everybody, changed only by what stands for Python's own methods. */
  get entries(): DictEntries {
    return this.own;
  }

  /** The value under a text: the one look-up that matters for speed. */
  getText(key: string): Value | undefined {
    return this.entries.get(textKey(key))?.[1];
  }
}

/** Keys of composite values begin with a zero character: a text that does too is set apart from them. */
export function textKey(text: string): string {
  return text.startsWith('\0') ? `\0s${text}` : text;
}

export type DictEntries = Map<Key, readonly [key: Value, value: Value]>;

/** A set, in order of insertion. */
export class PythonSet extends PythonObject {
  readonly typeName: string;
  readonly entries: ReadonlyMap<Key, Value>;
  readonly frozen: boolean;

  constructor(entries: ReadonlyMap<Key, Value>, frozen: boolean) {
    super();
    this.entries = entries;
    this.frozen = frozen;
    this.typeName = frozen ? 'frozenset' : 'set';
  }
}

/** `keys()`, `values()` and `items()` of a dictionary. Python counts the first and the last among the sets. */
export class DictView extends PythonObject {
  readonly typeName: string;
  readonly kind: 'keys' | 'values' | 'items';
  readonly dict: Dict | JsonObject;

  constructor(kind: 'keys' | 'values' | 'items', dict: Dict | JsonObject) {
    super();
    this.kind = kind;
    this.dict = dict;
    // YAQL's own dictionaries are not Python's, and neither are their views.
    const isOwn = dict instanceof Dict ? dict.frozen : dataArrayType() === 'tuple';
    this.typeName = isOwn ? `${kind[0]?.toUpperCase()}${kind.slice(1)}View` : `dict_${kind}`;
  }
}

/** Can be iterated once. */
export class ValueIterator extends PythonObject {
  readonly typeName: string;
  private readonly source: Iterator<Value>;
  private readonly shown: (() => string) | null;

  /** @param shown what Python prints for it, where that is more than an address */
  constructor(source: Iterator<Value>, typeName = 'generator', shown: (() => string) | null = null) {
    super();
    this.source = source;
    this.typeName = typeName;
    this.shown = shown;
  }

  override repr(): string {
    return this.shown?.() ?? super.repr();
  }

  /** What is left to iterate. */
  iterator(): Iterator<Value> {
    return this.source;
  }
}

/** A text that Jinja2 has marked as safe HTML. It is a text to everybody else. */
export class Markup extends PythonObject {
  readonly typeName = 'Markup';
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }
}

/** A tuple in YAQL, a list in Jinja2: that is what the two turn data into. */
export type DataArray = readonly Json[];

export function isDataObject(value: Value): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof PythonObject) &&
    !(value instanceof Float) &&
    !(value instanceof BigInteger)
  );
}

export function isDict(value: Value): value is Dict | JsonObject {
  return value instanceof Dict || isDataObject(value);
}

/** Whether the value is a tuple and not a list; both are sequences. */
export function isTuple(value: Value): boolean {
  return value instanceof Tuple || (Array.isArray(value) && dataArrayType() === 'tuple');
}

/** The items of a list or tuple, or null when the value is neither. Not to be changed. */
export function sequenceItems(value: Value): readonly Value[] | null {
  if (Array.isArray(value)) return value as DataArray;
  if (value instanceof Tuple || value instanceof List) return value.items;
  return null;
}

export function isNumber(value: Value): value is number | Float | BigInteger {
  return typeof value === 'number' || value instanceof Float || value instanceof BigInteger;
}

export function isInteger(value: Value): value is number | BigInteger {
  return typeof value === 'number' ? Number.isInteger(value) : value instanceof BigInteger;
}

export function isFloat(value: Value): value is number | Float {
  return typeof value === 'number' ? !Number.isInteger(value) : value instanceof Float;
}

/** What kind of thing a value is, as Python's messages name it. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'str';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    default:
      if (value instanceof PythonObject) return value.typeName;
      if (value instanceof Float) return 'float';
      if (value instanceof BigInteger) return 'int';
      return Array.isArray(value) ? dataArrayType() : 'dict';
  }
}
