/**
 * One key or one list item of a YAML text, found by its indentation alone: right for what people write in blocks, and not
 * put off by a text that is just being written. What stands in one line (`{a: b}`) is not taken apart.
 */
export interface Entry {
  /** From 1. */
  readonly line: number;
  /** Where the key or the item's text begins, from 0. */
  readonly column: number;
  /** The keys that it stands under, the outermost first. */
  readonly path: readonly string[];
  /** Null for an item of a list that is no dictionary. */
  readonly key: string | null;
  /** What follows in the same line. */
  readonly value: string;
}

interface Open {
  readonly column: number;
  readonly key: string;
}

const KEY = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s"'#[\]{}][^#]*?))\s*:(?:[ \t]+(.*))?$/;

/** Reads a text line by line, and knows at each what is open there. */
export class OutlineReader {
  #open: Open[] = [];
  /** The column of the key that a block of plain text belongs to. */
  #scalar: number | null = null;
  #line = 0;

  /** The entry of the next line; null for an empty line, a comment, or a line of a longer text. */
  read(line: string): Entry | null {
    this.#line += 1;
    const content = line.trimStart();
    if (content === '' || content.startsWith('#')) return null;
    const indent = line.length - content.length;
    if (this.#scalar !== null && indent > this.#scalar) return null;
    this.#scalar = null;
    const dashes = /^(?:-[ \t]+)*/.exec(content)?.[0] ?? '';
    const column = indent + dashes.length;
    this.#closeFor(indent, dashes !== '' || content === '-');
    const path = this.#open.map(({ key }) => key);
    const rest = content.slice(dashes.length);
    const found = KEY.exec(rest);
    if (found === null) return { line: this.#line, column, path, key: null, value: rest.trim() };
    const key = found[1] ?? found[2] ?? found[3] ?? '';
    const value = (found[4] ?? '').trim();
    this.#open.push({ column, key });
    if (/^[|>][+-]?\d?[+-]?(?:\s+#.*)?$/.test(value)) this.#scalar = column;
    return { line: this.#line, column, path, key, value };
  }

  /** The keys under which something stands that begins at this column; with a dash it may stand right below its key. */
  pathAt(column: number, isItem: boolean): readonly string[] {
    return this.#open
      .filter((open) => open.column < column || (isItem && open.column === column))
      .map(({ key }) => key);
  }

  #closeFor(column: number, isItem: boolean): void {
    // A dash in the column of a key belongs to this key, unless the key began behind a dash itself.
    this.#open = this.#open.filter((open) => open.column < column || (isItem && open.column === column));
  }
}

export function outline(text: string): readonly Entry[] {
  const reader = new OutlineReader();
  return text.split(/\r?\n/).flatMap((line) => reader.read(line) ?? []);
}
