import { endOfString, type JsonIndex } from './json-index.ts';

export type JsonType = 'map' | 'list' | 'string' | 'number' | 'word';

const plainName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** A JSON text and where its values stand. Everything is read out of the text when it is asked for. */
export class JsonDocument {
  readonly text: string;
  readonly index: JsonIndex;

  constructor(text: string, index: JsonIndex) {
    this.text = text;
    this.index = index;
  }

  typeOf(value: number): JsonType {
    switch (this.text[this.startOf(value)]) {
      case '{':
        return 'map';
      case '[':
        return 'list';
      case '"':
        return 'string';
      case 't':
      case 'f':
      case 'n':
        return 'word';
      default:
        return 'number';
    }
  }

  /** How many entries a list or map has. */
  countOf(value: number): number {
    return this.index.counts[value] ?? 0;
  }

  /** How long the value is, in characters of its text. */
  sizeOf(value: number): number {
    return (this.index.ends[value] ?? 0) - this.startOf(value);
  }

  /** As it is written. */
  rawOf(value: number): string {
    return this.text.slice(this.startOf(value), this.index.ends[value]);
  }

  /** The text of a string, or the first characters of it. */
  stringOf(value: number, most = Number.POSITIVE_INFINITY): string {
    const start = this.startOf(value);
    const end = this.index.ends[value] ?? start;
    // An escape has at most six characters.
    if (end - start - 2 <= most * 6) return unquoted(this.text, start, end).slice(0, most);
    let cut = start + 1 + most;
    // Not in the middle of an escape.
    const slash = this.text.lastIndexOf('\\', cut);
    if (slash >= cut - 6 && slash > start) cut = slash;
    while (cut > start + 1 && this.text[cut - 1] === '\\') cut -= 1;
    return unquoted(`${this.text.slice(start, cut)}"`, 0, cut - start + 1);
  }

  /** Null for what is in a list, and for the whole. */
  keyOf(value: number): string | null {
    const start = this.index.keys[value] ?? -1;
    return start === -1 ? null : unquoted(this.text, start, endOfString(this.text, start));
  }

  parentOf(value: number): number {
    return this.index.parents[value] ?? -1;
  }

  /** The entries of a list or map from one place among them to another. */
  entriesOf(value: number, from = 0, to = Number.POSITIVE_INFINITY): readonly number[] {
    const { nexts } = this.index;
    const end = Math.min(to, this.countOf(value));
    const entries: number[] = [];
    let entry = value + 1;
    for (let at = 0; at < end; at++) {
      if (at >= from) entries.push(entry);
      entry = nexts[entry] ?? entry + 1;
    }
    return entries;
  }

  /** Its place among the entries of what it is in, from 0. */
  placeOf(value: number): number {
    const { nexts } = this.index;
    let place = 0;
    for (let entry = this.parentOf(value) + 1; entry < value; entry = nexts[entry] ?? value) place += 1;
    return place;
  }

  /** What it is in, from the whole down, without itself. */
  above(value: number): readonly number[] {
    const above: number[] = [];
    for (let at = this.parentOf(value); at !== -1; at = this.parentOf(at)) above.push(at);
    return above.reverse();
  }

  /** As a YAQL expression that leads to it: `$.servers[3].name`, with what stands for the whole. */
  pathTo(value: number, whole: string): string {
    const steps = [...this.above(value), value].slice(1);
    return steps.reduce((path, step) => {
      const key = this.keyOf(step);
      if (key === null) return `${path}[${this.placeOf(step)}]`;
      return plainName.test(key) ? `${path}.${key}` : `${path}[${quoted(key)}]`;
    }, whole);
  }

  private startOf(value: number): number {
    return this.index.starts[value] ?? 0;
  }
}

function unquoted(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1);
  return raw.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : raw;
}

function quoted(key: string): string {
  return `'${key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
