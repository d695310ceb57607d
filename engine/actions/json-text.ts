import { withBudget } from '../expressions/budget.ts';
import { dumpJson } from '../expressions/python/json-dump.ts';
import { parseJson } from '../expressions/python/json-parse.ts';
import type { Json } from '../model/json.ts';

/** What JavaScript's own parser, which is much faster, would read differently: floats, large integers, NaN. */
const PYTHON_ONLY = /\.0+(?!\d)|\d[eE]|\d{16}|NaN|Infinity|-0/;

/**
 * The value of a JSON text as Python reads it: `1.0` is no integer, and large integers stay exact.
 *
 * @throws Error when the text is not JSON
 */
export function readJson(text: string): Json {
  return PYTHON_ONLY.test(text) ? parseJson(text) : (JSON.parse(text) as Json);
}

/**
 * The value as Python's `json.dumps` writes it, with spaces and in ASCII: some services sign or compare the text that
 * they get.
 *
 * @throws Error when the value nests too deeply
 */
export function writeJson(value: Json): string {
  return withBudget('list', (each: Json) => dumpJson(each, { indent: null, sortKeys: false, onlyJson: true }), value);
}
