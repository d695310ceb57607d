import { spendEntries } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { dictEntries, dictGet, dictGetOr, makeDict, setEntry } from '../../python/dict.ts';
import { keyOf } from '../../python/key.ts';
import { repr } from '../../python/text.ts';
import { Dict, DictView, isDict, Tuple, type Value } from '../../python/value.ts';
import type { CallArguments } from '../callable.ts';
import { Undefined } from '../undefined.ts';
import { items } from '../values.ts';
import { type Method, type Methods, method } from './method.ts';

export const DICT_METHODS: Methods<Dict> = new Map<string, Method<Dict>>([
  method<Dict>('clear', [], (dict) => {
    dict.entries.clear();
    return null;
  }),
  method<Dict>('copy', [], (dict) => {
    spendEntries(dict.entries.size);
    return new Dict(new Map(dict.entries), false);
  }),
  method<Dict>('fromkeys', ['iterable', ['value', null]], (_dict, keys = null, value = null) =>
    makeDict(
      [...items(keys)].map((key) => [key, value] as const),
      false,
    ),
  ),
  method<Dict>('get', ['key', ['default', null]], (dict, key = null, fallback = null) =>
    dictGetOr(dict, key, fallback),
  ),
  method<Dict>('items', [], (dict) => new DictView('items', dict)),
  method<Dict>('keys', [], (dict) => new DictView('keys', dict)),
  method<Dict>('values', [], (dict) => new DictView('values', dict)),
  method<Dict>('pop', ['key', ['default', new Undefined('')]], (dict, key = null, fallback = null) => {
    const value = dictGet(dict, key);
    if (value === undefined && fallback instanceof Undefined) throw new ExpressionError(repr(key));
    dict.entries.delete(keyOf(key));
    return value === undefined ? fallback : value;
  }),
  method<Dict>('popitem', [], (dict) => {
    const last = dictEntries(dict).at(-1);
    if (last === undefined) throw new ExpressionError('popitem(): dictionary is empty');
    dict.entries.delete(keyOf(last[0]));
    return new Tuple(last);
  }),
  method<Dict>('setdefault', ['key', ['default', null]], (dict, key = null, fallback = null) => {
    const value = dictGet(dict, key);
    if (value !== undefined) return value;
    setEntry(dict.entries, key, fallback);
    return fallback;
  }),
  [
    'update',
    (dict: Dict, { positional, named }: CallArguments) => {
      const [source] = positional;
      const more = source === undefined ? [] : pairs(source);
      spendEntries(more.length, dict.entries.size);
      for (const [key, value] of more) setEntry(dict.entries, key, value);
      for (const [key, value] of named) setEntry(dict.entries, key, value);
      return null;
    },
  ],
]);

/** The entries of a dictionary, or of anything that gives pairs. */
export function pairs(source: Value): readonly (readonly [key: Value, value: Value])[] {
  if (isDict(source)) return dictEntries(source);
  return Array.from(items(source), (item, index) => {
    const [key, value, more] = items(item);
    if (key === undefined || value === undefined || more !== undefined) {
      throw new ExpressionError(`dictionary update sequence element #${index} does not have two items; 2 is required`);
    }
    return [key, value] as const;
  });
}
