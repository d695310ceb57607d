interface Span {
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** A JSON text taken apart without loss: numbers stay as they were written, keys in their order, also when repeated. */
export type JsonValue =
  | (Span & { readonly type: 'string'; readonly value: string })
  | (Span & { readonly type: 'number'; readonly text: string })
  | (Span & { readonly type: 'word'; readonly text: 'true' | 'false' | 'null' })
  | (Span & { readonly type: 'list'; readonly entries: readonly JsonEntry[] })
  | (Span & { readonly type: 'map'; readonly entries: readonly JsonEntry[] });

export interface JsonEntry {
  /** The key in a map, the index in a list. */
  readonly key: string | number;
  readonly value: JsonValue;
}

interface Open {
  readonly type: 'list' | 'map';
  readonly start: number;
  readonly entries: JsonEntry[];
  key: string | number;
}

const scalar = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const space = /[ \t\n\r]*/y;

/** Null when the text is not JSON. Fit for any depth. */
export function parseJson(text: string): JsonValue | null {
  const open: Open[] = [];
  let at = skip(text, 0);
  for (;;) {
    const here = open.at(-1);
    if (here?.type === 'map' && text[at] !== '}') {
      const end = endOfString(text, at);
      if (end === -1) return null;
      const key = stringOf(text, at, end);
      at = skip(text, end);
      if (key === null || text[at] !== ':') return null;
      here.key = key;
      at = skip(text, at + 1);
      if (text[at] === '}') return null;
    }

    const first = text[at];
    let value: JsonValue | null = null;
    if (first === '{' || first === '[') {
      open.push({ type: first === '{' ? 'map' : 'list', start: at, entries: [], key: 0 });
      at = skip(text, at + 1);
      if (text[at] !== '}' && text[at] !== ']') continue;
    } else if (first === '"') {
      const end = endOfString(text, at);
      const content = end === -1 ? null : stringOf(text, at, end);
      if (content === null) return null;
      value = { type: 'string', value: content, start: at, end };
      at = skip(text, end);
    } else if (first !== '}' && first !== ']') {
      scalar.lastIndex = at;
      const word = scalar.exec(text)?.[0];
      if (word === undefined) return null;
      const end = at + word.length;
      value =
        word === 'true' || word === 'false' || word === 'null'
          ? { type: 'word', text: word, start: at, end }
          : { type: 'number', text: word, start: at, end };
      at = skip(text, end);
    }

    // What is complete goes into what is open, and may complete that in turn.
    for (;;) {
      const parent = open.at(-1);
      if (value !== null) {
        if (parent === undefined) return at === text.length ? value : null;
        parent.entries.push({ key: parent.type === 'list' ? parent.entries.length : parent.key, value });
        if (text[at] === ',') {
          at = skip(text, at + 1);
          if (text[at] === '}' || text[at] === ']') return null;
          break;
        }
      }
      if (parent === undefined || text[at] !== (parent.type === 'map' ? '}' : ']')) return null;
      open.pop();
      value = { type: parent.type, entries: parent.entries, start: parent.start, end: at + 1 };
      at = skip(text, at + 1);
    }
  }
}

function skip(text: string, at: number): number {
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}

/** Behind the closing quote, or -1. */
function endOfString(text: string, start: number): number {
  if (text[start] !== '"') return -1;
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return -1;
}

function stringOf(text: string, start: number, end: number): string | null {
  const raw = text.slice(start + 1, end - 1);
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(text.slice(start, end)) as string;
  } catch {
    return null;
  }
}
