import { BigInteger, Float, fromEntries, isObject, type Json } from '../../../engine/model/json.ts';
import { toJsonText } from '../../../engine/model/json-text.ts';

/** What is wrong with a JSON text: a sentence, and where, counted from 1. */
interface JsonProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export type JsonReading =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: JsonProblem };

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$.-]*/uy;
const CHARACTER = /[^"\\\p{Cc}]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/uy;
/** What people write in Python or YAML, and how JSON says it. */
const MEANT = new Map([
  ['true', 'true'],
  ['yes', 'true'],
  ['false', 'false'],
  ['no', 'false'],
  ['null', 'null'],
  ['none', 'null'],
]);
/** Deeper than anything that a person types, and far from where the stack ends. */
const MAX_DEPTH = 500;

/**
 * Reads JSON that a person typed. JSON.parse does not always say where a mistake is, and turns 1.0 into 1 and large
 * integers into others; this does neither.
 */
export function readJson(text: string): JsonReading {
  const reader = new JsonReader(text);
  try {
    return { ok: true, value: reader.readAll() };
  } catch (error) {
    if (error instanceof Mistake)
      return { ok: false, problem: { message: error.message, ...place(text, error.offset) } };
    throw error;
  }
}

/** A number as it is written: `1` is an integer, `1.0` and `1e3` are floats. Null when the whole text is no number. */
export function readNumber(text: string): Json | null {
  NUMBER.lastIndex = 0;
  const match = NUMBER.exec(text);
  if (match === null || match[0].length !== text.length) return null;
  const value = Number(text);
  if (match[1] !== undefined || match[2] !== undefined) {
    return Number.isInteger(value) || !Number.isFinite(value) ? new Float(value) : value;
  }
  return Number.isSafeInteger(value) ? value : new BigInteger(BigInt(text));
}

/** What fits into this many characters stands on one line. */
const ONE_LINE = 60;

/** JSON text for a person to read. Floats keep their point, large integers all their digits. */
export function writeJson(value: Json, indent = ''): string {
  if (!Array.isArray(value) && !isObject(value)) return toJsonText(value);
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => writeJson(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${writeJson(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const line = parts.join(', ');
  if (line.length <= ONE_LINE && !line.includes('\n')) return `${open}${line}${close}`;
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

class Mistake extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

class JsonReader {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  readAll(): Json {
    this.skipSpace();
    if (this.atEnd()) throw this.mistake('There is nothing here. Write a value, for example [] or {}.');
    const value = this.value();
    this.skipSpace();
    if (!this.atEnd()) throw this.mistake('The value ends before this. Only one value can be given.');
    return value;
  }

  private value(): Json {
    const next = this.text[this.at];
    if (next === '{') return this.nested(() => this.object());
    if (next === '[') return this.nested(() => this.list());
    if (next === '"') return this.string();
    const number = this.match(NUMBER);
    // The pattern matches, so it is a number.
    if (number !== null) return this.endOfWord(readNumber(number) as Json);
    return this.word();
  }

  private object(): Json {
    const entries: [string, Json][] = [];
    this.at += 1;
    this.skipSpace();
    while (!this.take('}')) {
      this.betweenEntries(entries.length, '}');
      if (this.text[this.at] !== '"') throw this.mistake(this.noKey());
      const key = this.string();
      this.skipSpace();
      if (!this.take(':')) throw this.mistake(`A colon is missing after ${JSON.stringify(key)}.`);
      this.skipSpace();
      entries.push([key, this.value()]);
      this.skipSpace();
    }
    return fromEntries(entries);
  }

  private list(): Json {
    const items: Json[] = [];
    this.at += 1;
    this.skipSpace();
    while (!this.take(']')) {
      this.betweenEntries(items.length, ']');
      items.push(this.value());
      this.skipSpace();
    }
    return items;
  }

  private string(): string {
    const start = this.at;
    this.at += 1;
    while (this.match(CHARACTER) !== null);
    if (this.take('"')) return JSON.parse(this.text.slice(start, this.at)) as string;
    if (this.atEnd() || this.text[this.at] === '\n') {
      throw new Mistake('This text has no closing double quote on its line.', start);
    }
    if (this.text[this.at] === '\\') throw this.mistake('A backslash must be doubled in JSON: \\\\.');
    throw this.mistake('A tab or another control character must be written as \\t, \\n and so on.');
  }

  private word(): Json {
    const start = this.at;
    if (this.atEnd()) throw this.mistake('A value is missing at the end.');
    if (this.text[start] === "'") throw this.mistake('JSON wants double quotes around text: "…".');
    const word = this.match(WORD);
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    if (word === null) throw this.mistake(`A value is expected here, not ${this.shown()}.`);
    const meant = MEANT.get(word.toLowerCase());
    if (meant !== undefined) throw new Mistake(`${word} is not JSON. Did you mean ${meant}?`, start);
    throw new Mistake(`JSON wants double quotes around text: ${JSON.stringify(word)}.`, start);
  }

  private nested(read: () => Json): Json {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw this.mistake(`This is nested more than ${MAX_DEPTH} levels deep.`);
    const value = read();
    this.depth -= 1;
    return value;
  }

  /** Leaves off before the next entry. */
  private betweenEntries(sofar: number, close: string): void {
    if (this.atEnd()) throw this.mistake(`The closing ${close} is missing.`);
    if (sofar === 0) return;
    if (!this.take(',')) throw this.mistake(`A comma or the closing ${close} is missing before ${this.shown()}.`);
    this.skipSpace();
    if (this.text[this.at] === close) throw this.mistake(`There is a comma too many before this ${close}.`);
  }

  private noKey(): string {
    if (this.text[this.at] === "'") return 'JSON wants double quotes around a name: "…".';
    const word = this.match(WORD);
    if (word === null) return `A name in double quotes is expected here, not ${this.shown()}.`;
    this.at -= word.length;
    return `JSON wants double quotes around a name: ${JSON.stringify(word)}.`;
  }

  /** `007`, `1.`, `5km`: what follows a number must not touch it. */
  private endOfWord(value: Json): Json {
    const next = this.text[this.at];
    if (next === undefined || /[\s,\]}:]/.test(next)) return value;
    throw this.mistake(`This is not a number: unexpected ${this.shown()} in it.`);
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return null;
    this.at += match[0].length;
    return match[0];
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private skipSpace(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private atEnd(): boolean {
    return this.at >= this.text.length;
  }

  private shown(): string {
    if (this.atEnd()) return 'the end';
    return String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
  }

  private mistake(message: string): Mistake {
    return new Mistake(message, this.at);
  }
}

function place(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
