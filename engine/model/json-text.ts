import { BigInteger, Float, isObject, type Json } from './json.ts';

/** JSON text as everybody writes it, in which 1.0 stays 1.0 and large integers keep all their digits. */
export function toJsonText(value: Json): string {
  // Most values hold no boxed number, and the native writer is many times faster.
  return holdsBoxed(value) ? write(value) : JSON.stringify(value);
}

function holdsBoxed(value: Json): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (value instanceof Float || value instanceof BigInteger) return true;
  return (Array.isArray(value) ? value : Object.values(value)).some(holdsBoxed);
}

function write(value: Json): string {
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof BigInteger) return String(value.value);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}:${write(each)}`)
    .join(',')}}`;
}

/** JSON has no infinities; Python writes them, and what is no number, as words. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return JSON.stringify(String(value));
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
