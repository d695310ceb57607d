import { Float, fromEntries, type Json } from '../../model/json.ts';
import { enter, leave, spend, spendText, withBudget } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { readInteger } from './number-text.ts';
import { float } from './numbers.ts';

/**
 * Python's `json.loads`: unlike JavaScript's it tells `1.0` from `1`, keeps large integers and takes `NaN`.
 * @throws ExpressionError in Python's words, with the line, the column and the character counted as Python does
 */
export function parseJson(text: string): Json {
  return withBudget('list', (source: string) => new Reader(source).read(), text);
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const CONSTANTS: readonly (readonly [string, Json])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', new Float(Number.NaN)],
  ['Infinity', new Float(Number.POSITIVE_INFINITY)],
  ['-Infinity', new Float(Number.NEGATIVE_INFINITY)],
];
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

class Reader {
  private readonly text: string;
  private position = 0;

  constructor(text: string) {
    this.text = text;
  }

  read(): Json {
    if (this.text.startsWith('\ufeff')) this.fail('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
    this.skipSpace();
    const value = this.value();
    this.skipSpace();
    if (this.position < this.text.length) this.fail('Extra data', this.position);
    return value;
  }

  private value(): Json {
    spend(3);
    const start = this.position;
    switch (this.text[start]) {
      case '"':
        this.position++;
        return this.string();
      case '{':
        return this.nested(() => this.object());
      case '[':
        return this.nested(() => this.array());
    }
    const code = this.text.charCodeAt(start);
    const isDigit = code >= 0x30 && code <= 0x39;
    for (const [name, value] of isDigit ? [] : CONSTANTS) {
      if (this.text.startsWith(name, start)) {
        this.position += name.length;
        return value;
      }
    }
    NUMBER.lastIndex = start;
    const number = NUMBER.exec(this.text);
    if (number === null) return this.fail('Expecting value', start);
    this.position += number[0].length;
    if (number[1] !== undefined || number[2] !== undefined) return float(Number(number[0]));
    return number[0].length < 16 ? Number(number[0]) + 0 : readInteger(number[0]);
  }

  private nested(read: () => Json): Json {
    this.position++;
    spend(8);
    enter();
    const value = read();
    leave();
    return value;
  }

  private array(): Json {
    const items: Json[] = [];
    this.skipSpace();
    if (this.accept(']')) return items;
    for (;;) {
      this.skipSpace();
      items.push(this.value());
      this.skipSpace();
      if (this.accept(']')) return items;
      if (!this.accept(',')) this.fail("Expecting ',' delimiter", this.position);
    }
  }

  private object(): Json {
    // In a Map a repeated key keeps its first place and gets its last value, as in Python.
    const entries = new Map<string, Json>();
    this.skipSpace();
    if (this.accept('}')) return fromEntries(entries);
    for (;;) {
      this.skipSpace();
      const start = this.position;
      if (!this.accept('"')) this.fail('Expecting property name enclosed in double quotes', start);
      const key = this.string();
      spend(2);
      this.skipSpace();
      if (!this.accept(':')) this.fail("Expecting ':' delimiter", this.position);
      this.skipSpace();
      entries.set(key, this.value());
      this.skipSpace();
      if (this.accept('}')) return fromEntries(entries);
      if (!this.accept(',')) this.fail("Expecting ',' delimiter", this.position);
    }
  }

  /** Behind the opening quote. */
  private string(): string {
    const start = this.position - 1;
    let result = '';
    for (;;) {
      result += this.plain();
      const next = this.text[this.position];
      if (next === undefined) return this.fail('Unterminated string starting at', start);
      this.position++;
      if (next === '"') return result;
      if (next !== '\\') return this.fail('Invalid control character at', this.position - 1);
      result += this.escape(start);
    }
  }

  /** Up to a quote, a backslash or a control character. */
  private plain(): string {
    const start = this.position;
    for (; this.position < this.text.length; this.position++) {
      const code = this.text.charCodeAt(this.position);
      if (code === 0x22 || code === 0x5c || code < 0x20) break;
    }
    spendText(this.position - start);
    return this.text.slice(start, this.position);
  }

  private escape(start: number): string {
    spend(1);
    const kind = this.text[this.position];
    if (kind === undefined) return this.fail('Unterminated string starting at', start);
    if (kind !== 'u') {
      const character = ESCAPES.get(kind);
      if (character === undefined) return this.fail('Invalid \\escape', this.position - 1);
      this.position++;
      return character;
    }
    const digits = this.text.slice(this.position + 1, this.position + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) return this.fail('Invalid \\uXXXX escape', this.position);
    this.position += 5;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private skipSpace(): void {
    for (;;) {
      const character = this.text[this.position];
      if (character !== ' ' && character !== '\n' && character !== '\t' && character !== '\r') return;
      this.position++;
    }
  }

  private accept(character: string): boolean {
    const found = this.text[this.position] === character;
    if (found) this.position++;
    return found;
  }

  private fail(problem: string, position: number): never {
    const before = this.text.slice(0, position);
    const line = before.split('\n').length;
    const column = position - before.lastIndexOf('\n');
    throw new ExpressionError(`${problem}: line ${line} column ${column} (char ${position})`);
  }
}
