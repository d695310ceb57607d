import { scalarText } from '../../yaml/scalar-text.ts';
import { claimCharacters, enter, leave, spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { textLength } from './code-points.ts';
import { DateTime } from './date-time.ts';
import { dictEntries } from './dict.ts';
import { equals } from './equality.ts';
import { floatText, numberText } from './number-text.ts';
import { toNumber } from './numbers.ts';
import { compareText } from './order.ts';
import { PlainDate } from './plain-date.ts';
import { repr } from './text.ts';
import { isDict, isFloat, isNumber, PythonSet, sequenceItems, typeName, type Value } from './value.ts';

/**
 * The text that Mistral's `yaml_dump` makes: PyYAML's block style, keys in order.
 * @throws ExpressionError for what YAML has no words for
 */
export function dumpYaml(value: Value): string {
  const writer = new YamlWriter();
  if (isBlock(value)) {
    writer.block(value, 0, '');
    return writer.text();
  }
  const text = writer.inline(value, 2, false, 0);
  // A document that is a bare text is closed, lest more of it follows.
  return `${text}\n${isOpenEnded(value, text) ? '...\n' : ''}`;
}

function isOpenEnded(value: Value, text: string): boolean {
  return !(text.startsWith("'") || text.startsWith('"') || isFlow(value));
}

const isFlow = (value: Value): boolean => isDict(value) || sequenceItems(value) !== null || value instanceof PythonSet;

/** What has something in it is written over several lines. */
function isBlock(value: Value): boolean {
  if (isDict(value)) return dictEntries(value).length > 0;
  if (value instanceof PythonSet) return !value.frozen && value.entries.size > 0;
  return (sequenceItems(value)?.length ?? 0) > 0;
}

/** A key that can stand before its colon; any other is marked as one. */
function isSimpleKey(key: Value): boolean {
  if (isBlock(key)) return false;
  return typeof key !== 'string' || (key !== '' && textLength(key) < 128 && !/[\n\x85\u2028\u2029]/.test(key));
}

class YamlWriter {
  private readonly lines: string[] = [];
  private size = 0;

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  private line(text: string): void {
    this.size += text.length + 1;
    claimCharacters(this.size);
    this.lines.push(text);
  }

  /** @param first what the first line begins with, in place of its indentation */
  block(value: Value, indent: number, first: string): void {
    enter();
    const items = sequenceItems(value);
    if (items !== null) this.sequence(items, indent, first);
    else this.mapping(entriesOf(value), indent, first, value instanceof PythonSet);
    leave();
  }

  private sequence(items: readonly Value[], indent: number, first: string): void {
    let start = first || ' '.repeat(indent);
    for (const item of items) {
      spend(5);
      this.marked(item, indent, `${start}- `);
      start = ' '.repeat(indent);
    }
  }

  private mapping(entries: readonly (readonly [Value, Value])[], indent: number, first: string, isSet: boolean): void {
    let start = first || ' '.repeat(indent);
    if (isSet) {
      this.line(`${start.trimEnd()}${start.trim() === '' ? '' : ' '}!!set`);
      start = ' '.repeat(indent);
    }
    for (const [key, value] of entries) {
      spend(10);
      this.entry(key, value, indent, start);
      start = ' '.repeat(indent);
    }
  }

  private entry(key: Value, value: Value, indent: number, start: string): void {
    if (isSimpleKey(key)) {
      const opening = `${start}${this.inline(key, indent, true)}:`;
      if (!isBlock(value)) {
        this.line(`${opening} ${this.inline(value, indent + 2, false, opening.length + 1)}`);
        return;
      }
      this.line(opening);
      // A list within a dictionary is not indented further.
      this.block(value, sequenceItems(value) === null ? indent + 2 : indent, '');
      return;
    }
    this.marked(key, indent, `${start}? `);
    this.marked(value, indent, `${' '.repeat(indent)}: `);
  }

  /** What stands behind a mark of its own. */
  private marked(value: Value, indent: number, mark: string): void {
    if (isBlock(value)) this.block(value, indent + 2, mark);
    else this.line(mark + this.inline(value, indent + 2, false));
  }

  inline(value: Value, indent: number, isKey: boolean, column = indent): string {
    if (value === null) return 'null';
    if (typeof value === 'boolean') return String(value);
    if (isFloat(value)) return floatYaml(toNumber(value));
    if (isNumber(value)) return numberText(value);
    if (typeof value === 'string') {
      spend((value.length >>> 1) + specialCharacters(value) * 5);
      return scalarText(value, { indent, column, isKey });
    }
    if (value instanceof DateTime) return value.isoText(' ');
    if (value instanceof PlainDate) return value.toString();
    if (isDict(value)) return '{}';
    if (sequenceItems(value) !== null) return '[]';
    if (value instanceof PythonSet && !value.frozen) return '!!set {}';
    throw new ExpressionError(`('cannot represent an object', ${repr(value)}): ${typeName(value)}`);
  }
}

/** How many characters of the text are written as something else. */
function specialCharacters(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) count++;
  }
  return count;
}

function entriesOf(value: Value): readonly (readonly [Value, Value])[] {
  const entries: readonly (readonly [Value, Value])[] =
    value instanceof PythonSet
      ? [...value.entries.values()].map((member) => [member, null] as const)
      : isDict(value)
        ? dictEntries(value)
        : [];
  return sorted(entries);
}

/** In the order of the keys, where they can be put in order. */
function sorted(entries: readonly (readonly [Value, Value])[]): readonly (readonly [Value, Value])[] {
  if (entries.every(([key]) => typeof key === 'string')) {
    return [...entries].sort(([a], [b]) => compareText(String(a), String(b)));
  }
  if (entries.every(([key]) => isNumber(key) || typeof key === 'boolean')) {
    const number = (key: Value): number => (isNumber(key) ? toNumber(key) : Number(key));
    return [...entries].sort(([a], [b]) => (equals(a, b) ? 0 : number(a) - number(b)));
  }
  return entries;
}

function floatYaml(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  // YAML 1.1 wants a point in a float.
  const text = floatText(value);
  return text.includes('.') || !text.includes('e') ? text : text.replace('e', '.0e');
}
