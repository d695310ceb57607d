import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { spend, spendEntries } from '../budget.ts';
import { type DataArray, Dict, type DictEntries, type Key, List, textKey, type Value } from './value.ts';

/**
 * Data as Python's own lists and dictionaries, which a program may change: its own copy, made of each part when that
 * part is first looked into.
 */
export function asPython(data: Json): Value {
  if (Array.isArray(data)) return new DataList(data as DataArray);
  return isObject(data) ? new DataDict(data) : data;
}

/** What stands in their place as long as they have not been looked into. */
const NO_ITEMS: Value[] = [];
const NO_ENTRIES: DictEntries = new Map<Key, readonly [Value, Value]>();

class DataList extends List {
  private readonly data: DataArray;
  private copy: Value[] | null = null;

  constructor(data: DataArray) {
    super(NO_ITEMS);
    this.data = data;
  }

  override get items(): Value[] {
    if (this.copy === null) {
      spend(this.data.length * 2);
      this.copy = this.data.map(asPython);
    }
    return this.copy;
  }

  /** The data, as long as nobody has looked into it. */
  untouched(): Json | undefined {
    return this.copy === null ? this.data : undefined;
  }
}

class DataDict extends Dict {
  private readonly data: JsonObject;
  private copy: DictEntries | null = null;
  /** The parts that have been looked up before the rest. */
  private parts: Map<string, Value> | null = null;

  constructor(data: JsonObject) {
    super(NO_ENTRIES, false);
    this.data = data;
  }

  override get entries(): DictEntries {
    if (this.copy === null) {
      const names = Object.keys(this.data);
      spend(names.length * 2);
      spendEntries(names.length);
      this.copy = new Map(names.map((name) => [textKey(name), [name, this.getText(name) as Value]]));
    }
    return this.copy;
  }

  override getText(key: string): Value | undefined {
    if (this.copy !== null) return super.getText(key);
    if (!Object.hasOwn(this.data, key)) return undefined;
    const data = this.data[key] as Json;
    if (typeof data !== 'object' || data === null) return data;
    // Who looks it up again gets the same, with all that has been changed in it.
    this.parts ??= new Map();
    const known = this.parts.get(key);
    if (known !== undefined) return known;
    spend(3);
    const part = asPython(data);
    this.parts.set(key, part);
    return part;
  }

  /** The data, as long as nobody has looked into it. */
  untouched(): Json | undefined {
    return this.copy === null && this.parts === null ? this.data : undefined;
  }
}

/** The data that the value is nothing but, or undefined: whatever has been looked into may have been changed. */
export function untouchedData(value: Value): Json | undefined {
  return value instanceof DataList || value instanceof DataDict ? value.untouched() : undefined;
}
