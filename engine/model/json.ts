/**
 * The values that flow through a workflow.
 *
 * Mistral is written in Python, which tells `1.0` from `1` and has integers of any size. A JavaScript number cannot
 * say either, so the two kinds of number that it would blur are kept in a box; every other number is a plain `number`.
 * A plain number is therefore an integer exactly when `Number.isInteger` says so.
 */
export type Json = null | boolean | number | string | Float | BigInteger | readonly Json[] | JsonObject;

/** Keys keep their order of insertion, as far as JavaScript keeps it. Made without a prototype where the keys come from a user. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Marks a boxed number in JSON text. A private-use character: no text that a person types begins with it. */
const MARK = '\uf8ff';

/** A float that a plain number would turn into an integer: 1.0, -0.0, infinities and not-a-number. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  toJSON(): string {
    return `${MARK}float:${Object.is(this.value, -0) ? '-0' : this.value}`;
  }
}

/** An integer beyond ±2^53. */
export class BigInteger {
  readonly value: bigint;

  constructor(value: bigint) {
    this.value = value;
  }

  toJSON(): string {
    return `${MARK}int:${this.value}`;
  }
}

/** JSON text that {@link decodeJson} turns back into the same values, boxed numbers included; on one line unless indented. */
export function encodeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent);
}

/** @throws SyntaxError when the text is not JSON */
export function decodeJson(text: string): unknown {
  // The reviver is slow and hardly ever needed: most texts hold no boxed number.
  return text.includes(MARK) ? JSON.parse(text, revive) : JSON.parse(text);
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(MARK)) return value;
  if (value.startsWith('float:', 1)) return new Float(Number(value.slice(7)));
  if (value.startsWith('int:', 1)) return new BigInteger(BigInt(value.slice(5)));
  return value;
}

/** The value as other programs write it in JSON: a boxed number becomes the nearest plain number. */
export function toPlain(value: Json): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Float) return value.value;
  if (value instanceof BigInteger) return Number(value.value);
  if (Array.isArray(value)) return value.map(toPlain);
  return mapValues(value as JsonObject, (each) => toPlain(each) as Json);
}

/** Whether lists and dictionaries stand in one another deeper than so many levels. */
export function nestsDeeperThan(value: Json, levels: number): boolean {
  if (value === null || typeof value !== 'object' || value instanceof Float || value instanceof BigInteger)
    return false;
  if (levels === 0) return true;
  const children: readonly Json[] = Array.isArray(value) ? value : Object.values(value);
  return children.some((child) => nestsDeeperThan(child, levels - 1));
}

/** Whether the value is a dictionary: not a list, not a boxed number. */
export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Float) &&
    !(value instanceof BigInteger)
  );
}

/** The same keys with other values. A key named `__proto__` stays a plain key. */
export function mapValues(object: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  const result: { [key: string]: Json } = {};
  for (const key of Object.keys(object)) {
    const value = change(object[key] as Json, key);
    // The one key that an assignment would take for something else.
    if (key === '__proto__')
      Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
    else result[key] = value;
  }
  return result;
}

/** Like `Object.fromEntries`, typed. It defines properties, so a key named `__proto__` is only a key. */
export function fromEntries(entries: Iterable<readonly [string, Json]>): JsonObject {
  return Object.fromEntries(entries);
}
