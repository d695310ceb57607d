/**
 * Where each value of a JSON text stands, as plain numbers: cheap to keep for millions of values, and sent from a worker
 * without being copied. Values are numbered in the order in which they begin; 0 is the whole. Places are offsets into the
 * text.
 */
export interface JsonIndex {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Where the key begins, with its quote; -1 for what has none. */
  readonly keys: Int32Array;
  /** The value that this one is in; -1 for the whole. */
  readonly parents: Int32Array;
  /** The first value behind everything that is in this one. */
  readonly nexts: Int32Array;
  /** How many entries a list or map has. */
  readonly counts: Int32Array;
}

const columns = ['starts', 'ends', 'keys', 'parents', 'nexts', 'counts'] as const;

const scalar = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const space = /[ \t\n\r]*/y;

/** Null when the text is not JSON. Fit for any depth; numbers and repeated keys stay as they were written. */
export function indexJson(text: string): JsonIndex | null {
  const table = new GrowingTable();
  let open = -1;
  let at = skip(text, 0);
  for (;;) {
    let key = -1;
    if (open !== -1 && text[table.starts[open] ?? 0] === '{' && text[at] !== '}') {
      key = at;
      const end = endOfString(text, at);
      if (end === -1 || !isString(text, at, end)) return null;
      at = skip(text, end);
      if (text[at] !== ':') return null;
      at = skip(text, at + 1);
      if (text[at] === '}') return null;
    }

    const first = text[at];
    let value = -1;
    if (first === '{' || first === '[') {
      open = table.add(at, key, open);
      at = skip(text, at + 1);
      if (text[at] !== '}' && text[at] !== ']') continue;
    } else if (first !== '}' && first !== ']') {
      const end = first === '"' ? endOfString(text, at) : endOfScalar(text, at);
      if (end === -1 || (first === '"' && !isString(text, at, end))) return null;
      value = table.add(at, key, open);
      table.close(value, end);
      at = skip(text, end);
    }

    // What is complete counts in what is open, and may complete that in turn.
    for (;;) {
      if (value !== -1) {
        if (open === -1) return at === text.length ? table.done() : null;
        table.counts[open] = (table.counts[open] ?? 0) + 1;
        if (text[at] === ',') {
          at = skip(text, at + 1);
          if (text[at] === '}' || text[at] === ']') return null;
          break;
        }
      }
      if (open === -1 || text[at] !== (text[table.starts[open] ?? 0] === '{' ? '}' : ']')) return null;
      value = open;
      table.close(value, at + 1);
      open = table.parents[value] ?? -1;
      at = skip(text, at + 1);
    }
  }
}

/** The buffers of an index, to be transferred. */
export function buffersOf(index: JsonIndex): ArrayBuffer[] {
  return columns.map((name) => index[name].buffer as ArrayBuffer);
}

class GrowingTable implements JsonIndex {
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  keys = new Int32Array(64);
  parents = new Int32Array(64);
  nexts = new Int32Array(64);
  counts = new Int32Array(64);
  #length = 0;

  add(start: number, key: number, parent: number): number {
    const row = this.#length;
    if (row === this.starts.length) {
      for (const name of columns) {
        const larger = new Int32Array(row * 2);
        larger.set(this[name]);
        this[name] = larger;
      }
    }
    this.starts[row] = start;
    this.keys[row] = key;
    this.parents[row] = parent;
    this.#length += 1;
    return row;
  }

  close(row: number, end: number): void {
    this.ends[row] = end;
    this.nexts[row] = this.#length;
  }

  done(): JsonIndex {
    const of = (name: (typeof columns)[number]) => this[name].slice(0, this.#length);
    return {
      starts: of('starts'),
      ends: of('ends'),
      keys: of('keys'),
      parents: of('parents'),
      nexts: of('nexts'),
      counts: of('counts'),
    };
  }
}

function skip(text: string, at: number): number {
  // Most JSON that a program wrote has no space: the pattern is for the others.
  if (text.charCodeAt(at) > 32) return at;
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}

/** Behind the closing quote, or -1. */
export function endOfString(text: string, start: number): number {
  if (text[start] !== '"') return -1;
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    if (!isEscaped(text, quote)) return quote + 1;
  }
  return -1;
}

/** Whether an odd number of backslashes stands before this place. */
export function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function endOfScalar(text: string, at: number): number {
  scalar.lastIndex = at;
  return scalar.test(text) ? scalar.lastIndex : -1;
}

/** What is between quotes is a string unless an escape in it means nothing. */
function isString(text: string, start: number, end: number): boolean {
  const raw = text.slice(start, end);
  if (!raw.includes('\\')) return true;
  try {
    JSON.parse(raw);
    return true;
  } catch {
    return false;
  }
}
