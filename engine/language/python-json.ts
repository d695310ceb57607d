import { BigInteger, decodeJson, encodeJson, Float, type Json } from '../model/json.ts';

/** Text in quotes (passed over), or a number. */
const TEXT_OR_NUMBER = /"(?:[^"\\]+|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

/** Python's reader gives up on values that are nested deeper than some hundreds of levels, too. */
const MOST_LEVELS = 200;

/** Reads JSON as Python does, which tells `1.0` from `1` and knows integers of any size; undefined when it is not JSON. */
export function parsePythonJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    if (!isShallow(value, MOST_LEVELS)) return undefined;
    if (!/\d[.eE]|\d{16}/.test(text)) return value;
    return decodeJson(text.replace(TEXT_OR_NUMBER, boxed)) as Json;
  } catch {
    return undefined;
  }
}

function isShallow(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each: Json) => isShallow(each, levels - 1));
}

/** A number that JavaScript would blur becomes a string that stands for a boxed number. */
function boxed(token: string): string {
  if (token.startsWith('"')) return token;
  const number = Number(token);
  if (/[.eE]/.test(token))
    return Number.isInteger(number) || !Number.isFinite(number) ? encodeJson(new Float(number)) : token;
  return Number.isSafeInteger(number) ? token : encodeJson(new BigInteger(BigInt(token)));
}
