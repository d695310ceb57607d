import type { JsonDocument } from './json-document.ts';

/** Strings longer than this, or of several lines, can be opened to be read in full. */
const LONG = 72;
/** The text of an opened string is cut into pieces of this many characters. */
const PIECE = 96;
/** More entries than this are shown in ranges. */
const RANGE = 1000;

/** What a line shows: a value, a range of the entries of a value, or a piece of the text of a long string. */
type Shown =
  | { readonly type: 'value' }
  | { readonly type: 'range'; readonly from: number; readonly to: number }
  | { readonly type: 'piece'; readonly at: number; readonly text: string };

/** One line of a JSON value that is looked at. */
export class JsonItem {
  readonly id: string;
  readonly document: JsonDocument;
  /** The value that is shown, or that the range or piece is of. */
  readonly value: number;
  /** The key in a map, the index in a list; null for the whole, a range or a piece. */
  readonly key: string | number | null;
  readonly shown: Shown;
  #children: readonly JsonItem[] | null = null;

  constructor(document: JsonDocument, value: number, key: string | number | null, shown: Shown = { type: 'value' }) {
    this.document = document;
    this.value = value;
    this.key = key;
    this.shown = shown;
    this.id = idOf(value, shown);
  }

  get expandable(): boolean {
    if (this.shown.type !== 'value') return this.shown.type === 'range';
    const { document, value } = this;
    if (document.typeOf(value) !== 'string') return document.countOf(value) > 0;
    return document.sizeOf(value) > LONG * 6 || isLong(document.stringOf(value));
  }

  /** Made when they are first asked for: most of a large value is never opened. */
  get children(): readonly JsonItem[] {
    this.#children ??= childrenOf(this);
    return this.#children;
  }
}

function isLong(text: string): boolean {
  return text.length > LONG || text.includes('\n');
}

function childrenOf({ document, value, shown }: JsonItem): readonly JsonItem[] {
  if (shown.type === 'piece') return [];
  if (shown.type === 'range') return below(document, value, shown.from, shown.to);
  switch (document.typeOf(value)) {
    case 'list':
    case 'map':
      return below(document, value, 0, document.countOf(value));
    case 'string':
      return pieces(document.stringOf(value)).map(
        (text, at) => new JsonItem(document, value, null, { type: 'piece', at, text }),
      );
    default:
      return [];
  }
}

/** The entries from one to another, or ranges of them: never more than a thousand lines. */
function below(document: JsonDocument, value: number, from: number, to: number): readonly JsonItem[] {
  const step = stepFor(to - from);
  if (step > 1) {
    return Array.from({ length: Math.ceil((to - from) / step) }, (_, at) => {
      const first = from + at * step;
      return new JsonItem(document, value, null, { type: 'range', from: first, to: Math.min(to, first + step) });
    });
  }
  const isMap = document.typeOf(value) === 'map';
  return document
    .entriesOf(value, from, to)
    .map((entry, at) => new JsonItem(document, entry, isMap ? document.keyOf(entry) : from + at));
}

/** How many entries a range has, where so many are shown. */
function stepFor(count: number): number {
  let step = 1;
  while (count / step > RANGE) step *= RANGE;
  return step;
}

function idOf(value: number, shown: Shown): string {
  switch (shown.type) {
    case 'value':
      return String(value);
    case 'range':
      return `${value}:${shown.from}-${shown.to}`;
    case 'piece':
      return `${value}#${shown.at}`;
  }
}

/** The ids of the lines that have to be open for a value to be seen. */
export function linesAbove(document: JsonDocument, value: number): readonly string[] {
  const path = [...document.above(value), value];
  return path.slice(0, -1).flatMap((container, level) => {
    const ids = [String(container)];
    let from = 0;
    let to = document.countOf(container);
    if (to <= RANGE) return ids;
    const place = document.placeOf(path[level + 1] ?? value);
    for (let step = stepFor(to - from); step > 1; step = stepFor(to - from)) {
      from += Math.floor((place - from) / step) * step;
      to = Math.min(to, from + step);
      ids.push(idOf(container, { type: 'range', from, to }));
    }
    return ids;
  });
}

function pieces(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    if (line.length <= PIECE) return [line];
    return Array.from({ length: Math.ceil(line.length / PIECE) }, (_, at) => line.slice(at * PIECE, (at + 1) * PIECE));
  });
}

/** What a closed list or map shows of itself, on one line: `{ name: "web", ports: [2] }`. At most some 80 characters. */
export function preview(document: JsonDocument, value: number, room = 80): string {
  switch (document.typeOf(value)) {
    case 'number':
    case 'word':
      return document.rawOf(value);
    case 'string': {
      const start = document.stringOf(value, room + 1);
      const text = JSON.stringify(start.slice(0, room));
      return start.length > room || document.sizeOf(value) > room * 6 + 2 ? `${text.slice(0, -1)}…"` : text;
    }
    case 'list':
      return document.countOf(value) === 0 ? '[]' : `[${document.countOf(value)}]`;
    case 'map': {
      if (document.countOf(value) === 0) return '{}';
      let text = '';
      // Each entry takes four characters at least.
      for (const inner of document.entriesOf(value, 0, room / 4)) {
        const shown = document.typeOf(inner) === 'map' ? (document.countOf(inner) === 0 ? '{}' : '{…}') : null;
        const part = `${document.keyOf(inner)}: ${shown ?? preview(document, inner, 24)}`;
        if (text.length + part.length > room) return `{ ${text}${text === '' ? '' : ', '}… }`;
        text += text === '' ? part : `, ${part}`;
      }
      return document.countOf(value) > room / 4 ? `{ ${text}, … }` : `{ ${text} }`;
    }
  }
}
