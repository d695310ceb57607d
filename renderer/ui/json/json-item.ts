import type { JsonEntry, JsonValue } from './parse-json.ts';

/** Strings longer than this, or of several lines, can be opened to be read in full. */
const LONG = 72;
/** The text of an opened string is cut into pieces of this many characters. */
const PIECE = 96;

/** One line of a JSON value that is looked at: an entry, or a piece of the text of a long string. */
export class JsonItem {
  readonly id: string;
  /** Null for the value as a whole and for a piece of text. */
  readonly key: string | number | null;
  /** A string is a piece of text. */
  readonly value: JsonValue | string;
  #children: readonly JsonItem[] | null = null;

  constructor(id: string, key: string | number | null, value: JsonValue | string) {
    this.id = id;
    this.key = key;
    this.value = value;
  }

  get expandable(): boolean {
    const { value } = this;
    if (typeof value === 'string') return false;
    if (value.type === 'list' || value.type === 'map') return value.entries.length > 0;
    return value.type === 'string' && (value.value.length > LONG || value.value.includes('\n'));
  }

  /** Made when they are first asked for: most of a large value is never opened. */
  get children(): readonly JsonItem[] {
    this.#children ??= childrenOf(this);
    return this.#children;
  }
}

function childrenOf({ id, value }: JsonItem): readonly JsonItem[] {
  if (typeof value === 'string') return [];
  switch (value.type) {
    case 'list':
    case 'map':
      // By place and not by key, which may be repeated.
      return value.entries.map((entry: JsonEntry, at) => new JsonItem(`${id}/${at}`, entry.key, entry.value));
    case 'string':
      return pieces(value.value).map((piece, at) => new JsonItem(`${id}/${at}`, null, piece));
    default:
      return [];
  }
}

function pieces(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    if (line.length <= PIECE) return [line];
    return Array.from({ length: Math.ceil(line.length / PIECE) }, (_, at) => line.slice(at * PIECE, (at + 1) * PIECE));
  });
}

/** What a closed list or map shows of itself, on one line: `{ name: "web", ports: [2] }`. At most some 80 characters. */
export function preview(value: JsonValue, room = 80): string {
  switch (value.type) {
    case 'number':
    case 'word':
      return value.text;
    case 'string': {
      const text = JSON.stringify(value.value.slice(0, room));
      return value.value.length > room ? `${text.slice(0, -1)}…"` : text;
    }
    case 'list':
      return value.entries.length === 0 ? '[]' : `[${value.entries.length}]`;
    case 'map': {
      if (value.entries.length === 0) return '{}';
      let text = '';
      for (const { key, value: inner } of value.entries) {
        const part = `${key}: ${inner.type === 'map' ? (inner.entries.length === 0 ? '{}' : '{…}') : preview(inner, 24)}`;
        if (text.length + part.length > room) return `{ ${text}${text === '' ? '' : ', '}… }`;
        text += text === '' ? part : `, ${part}`;
      }
      return `{ ${text} }`;
    }
  }
}
