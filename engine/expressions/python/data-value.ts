import type { Json, JsonObject } from '../../model/json.ts';
import { spend } from '../budget.ts';
import { keyOf } from './key.ts';
import { type DataArray, Dict, type DictEntries, isDataObject, List, type Value } from './value.ts';

/**
 * Data as Python's own lists and dictionaries, which a program may change: its own copy, made of each part when that
 * part is first looked into.
 */
export function asPython(data: Json): Value {
  if (Array.isArray(data)) return new DataList(data as DataArray);
  return isDataObject(data) ? new DataDict(data) : data;
}

class DataList extends List {
  private readonly data: DataArray;
  private copy: Value[] | null = null;

  constructor(data: DataArray) {
    super([]);
    this.data = data;
  }

  override get items(): Value[] {
    if (this.copy === null) {
      spend(this.data.length);
      this.copy = this.data.map(asPython);
    }
    return this.copy;
  }

  /** The data, as long as nobody has looked into it. */
  untouched(): Json | null {
    return this.copy === null ? this.data : null;
  }
}

class DataDict extends Dict {
  private readonly data: JsonObject;
  private copy: DictEntries | null = null;

  constructor(data: JsonObject) {
    super(new Map(), false);
    this.data = data;
  }

  override get entries(): DictEntries {
    if (this.copy === null) {
      const entries = Object.entries(this.data);
      spend(entries.length);
      this.copy = new Map(entries.map(([key, value]) => [keyOf(key), [key, asPython(value)]]));
    }
    return this.copy;
  }

  /** The data, as long as nobody has looked into it. */
  untouched(): Json | null {
    return this.copy === null ? this.data : null;
  }
}

/** The data that the value is nothing but, or undefined: whatever has been looked into may have been changed. */
export function untouchedData(value: Value): Json | undefined {
  if (value instanceof DataList || value instanceof DataDict) return value.untouched() ?? undefined;
  return undefined;
}
