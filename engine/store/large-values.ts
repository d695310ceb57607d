import { createHash } from 'node:crypto';
import { BigInteger, encodeJson, Float, isObject, mapValues } from '../model/json.ts';

/** Values whose JSON is larger than about so many characters are kept in files of their own. */
export const LARGE = 65_536;

/** Where a value was taken out, and the SHA-256 of its JSON. */
export type Reference = readonly [path: readonly (string | number)[], sha256: string];

export interface LargeValue {
  readonly sha256: string;
  readonly value: unknown;
}

export interface Separated {
  /** With null in the place of what was taken out. */
  readonly rest: unknown;
  readonly references: readonly Reference[];
  readonly values: readonly LargeValue[];
}

/** What is known of values that cannot change any more: one that is used in many places is measured and hashed once. */
const sizes = new WeakMap<object, number>();
const REMEMBERED = 4096;
const hashes = new WeakMap<object, string>();

/**
 * Takes the large values out of a stored object, such as a commit or a document: the fields of the records in its lists
 * are looked into. A dictionary is kept together unless a few large values make it large, so that a result has the same
 * hash wherever it goes: as the output of an action, published under a name, or as somebody's input.
 */
export function separate(stored: unknown): Separated {
  const taken = new Taken();
  if (!isObject(stored)) return { rest: stored, references: [], values: [] };
  const rest = mapValues(stored, (list, key) =>
    Array.isArray(list) ? list.map((record, index) => taken.fromRecord(record, [key, index]) as never) : list,
  );
  return { rest, references: taken.references, values: taken.values };
}

/** The same for one record of such an object. */
export function separateRecord(record: unknown, path: Reference[0]): Separated {
  const taken = new Taken();
  const rest = taken.fromRecord(record, path);
  return { rest, references: taken.references, values: taken.values };
}

/** Puts the values back, in place. */
export function restore(rest: unknown, references: readonly Reference[], find: (sha256: string) => unknown): void {
  for (const [path, sha256] of references) {
    let parent = rest as Record<string, unknown>;
    for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
    // The null that stands there is the object's own, whatever the key is called.
    parent[path.at(-1) as string] = find(sha256);
  }
}

/** Says that the value with this hash was read, so that it need not be hashed when it is written again. */
export function isHashed(value: unknown, sha256: string): void {
  if (typeof value === 'object' && value !== null) hashes.set(value, sha256);
}

/** Of a text, that of its UTF-8. */
export function hashOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

class Taken {
  readonly references: Reference[] = [];
  readonly values: LargeValue[] = [];

  fromRecord(record: unknown, path: Reference[0]): unknown {
    if (!isObject(record) || sizeOf(record) <= LARGE) return record;
    return mapValues(record, (field, key) => this.#from(field, [...path, key]) as never);
  }

  #from(value: unknown, path: Reference[0]): unknown {
    if (sizeOf(value) <= LARGE) return value;
    if (isObject(value)) {
      const rest = Object.values(value).reduce<number>((sum, each) => sum + smallSize(each), 0);
      if (rest <= LARGE) return mapValues(value, (each, key) => this.#from(each, [...path, key]) as never);
    }
    const sha256 = hashOfValue(value);
    this.references.push([path, sha256]);
    this.values.push({ sha256, value });
    return null;
  }
}

function smallSize(value: unknown): number {
  const size = sizeOf(value);
  return size > LARGE ? 0 : size;
}

function hashOfValue(value: unknown): string {
  const known = typeof value === 'object' && value !== null ? hashes.get(value) : undefined;
  if (known !== undefined) return known;
  const sha256 = hashOf(encodeJson(value));
  isHashed(value, sha256);
  return sha256;
}

/** About how many characters its JSON has. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 6;
  if (value instanceof Float || value instanceof BigInteger) return 30;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  let size = 2;
  if (Array.isArray(value)) for (const each of value) size += sizeOf(each) + 1;
  // Of plain objects, of which this makes nothing: it looks at everything that is committed.
  else for (const key in value) size += key.length + 4 + sizeOf((value as Readonly<Record<string, unknown>>)[key]);
  // The small ones are measured faster than found again.
  if (size > REMEMBERED) sizes.set(value, size);
  return size;
}
