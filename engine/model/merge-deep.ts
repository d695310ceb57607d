import { fromEntries, isObject, type Json, type JsonObject } from './json.ts';

/** Dictionaries are merged key by key at every depth; elsewhere the value of `over` wins. */
export function mergeDeep(under: JsonObject, over: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key);
    merged.set(key, isObject(below) && isObject(value) ? mergeDeep(below, value) : value);
  }
  return fromEntries(merged);
}
