import { endOfString, isEscaped, type JsonIndex } from './json-index.ts';

/**
 * The values whose key, or whose own text where they are no list or map, contains the words, whatever their case; in
 * their order, each once.
 */
export function findInJson(text: string, index: JsonIndex, words: string): Int32Array {
  const found: number[] = [];
  const wanted = JSON.stringify(words).slice(1, -1).toLowerCase();
  if (wanted === '') return new Int32Array(0);
  const lower = text.toLowerCase();
  // A few letters get longer, and every place behind them would be wrong.
  const searched = lower.length === text.length ? lower : text;
  for (let at = searched.indexOf(wanted); at !== -1; ) {
    const value = valueAt(index, at);
    const end = endOfPart(text, index, value, at);
    const within = at + wanted.length <= end && !isEscaped(text, at);
    if (within && found.at(-1) !== value) found.push(value);
    at = searched.indexOf(wanted, within ? end : at + 1);
  }
  return Int32Array.from(found);
}

/** The last value that begins, with its key, at or before a place. */
function valueAt({ starts, keys }: JsonIndex, place: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const key = keys[middle] ?? -1;
    if ((key === -1 ? (starts[middle] ?? 0) : key) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the key or the text of a value ends in which a place is; -1 when it is in neither. */
function endOfPart(text: string, { starts, ends, keys }: JsonIndex, value: number, place: number): number {
  const start = starts[value] ?? 0;
  if (place < start) return endOfString(text, keys[value] ?? 0) - 1;
  return text[start] === '{' || text[start] === '[' ? -1 : (ends[value] ?? 0);
}
