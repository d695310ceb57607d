import { isObject, type Json, type JsonObject } from '../../engine/model/json.ts';
import { toJsonText } from '../../engine/model/json-text.ts';

/** What merging `after` into `before` does to one value. `kept`: it was left out, but merging takes nothing away. */
export interface Difference {
  readonly type: 'added' | 'changed' | 'kept';
  /** `servers.region` */
  readonly path: string;
  /** As JSON; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** The differences, key by key at every depth, as the engine merges dictionaries; everywhere else a value is replaced. */
export function differencesOf(before: JsonObject, after: JsonObject, path = ''): readonly Difference[] {
  const under = new Map(Object.entries(before));
  const over = new Map(Object.entries(after));
  const pathOf = (key: string) => (path === '' ? key : `${path}.${key}`);
  const found: Difference[] = [];
  for (const [key, value] of over) {
    const old = under.get(key);
    if (old === undefined) found.push({ type: 'added', path: pathOf(key), before: null, after: toJsonText(value) });
    else if (isObject(old) && isObject(value)) found.push(...differencesOf(old, value, pathOf(key)));
    else if (!isSame(old, value)) {
      found.push({ type: 'changed', path: pathOf(key), before: toJsonText(old), after: toJsonText(value) });
    }
  }
  for (const [key, value] of under) {
    if (!over.has(key)) found.push({ type: 'kept', path: pathOf(key), before: toJsonText(value), after: null });
  }
  return found;
}

/** 1 and 1.0 are not the same here: the types are kept. */
function isSame(a: Json, b: Json): boolean {
  return toJsonText(a) === toJsonText(b);
}
