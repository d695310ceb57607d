import type { Json } from '../model/json.ts';
import { parsePythonJson } from './python-json.ts';

/** `std.echo output="x" delay=1` taken apart. */
export interface Command {
  readonly name: string;
  readonly parameters: readonly InlineParameter[];
}

interface InlineParameter {
  readonly name: string;
  readonly value: Json;
  /** Where the value's text begins, counted from the start of the command. */
  readonly offset: number;
  /** From where to where it stands there, with its name and its quotes. */
  readonly start: number;
  readonly end: number;
}

/** A part of a command that means nothing. */
interface LostText {
  readonly text: string;
  readonly offset: number;
}

const NAME = /^(?:[\p{L}\p{N}_.]+[^=(\s"]*|<%[^\n]*?%>|\{\{[^\n]*\}\}|\{%[^\n]*%\})/u;
const WORD_CHARACTER = /[-\p{L}\p{N}_]/u;
const DOUBLE_QUOTE = /"/g;
const SINGLE_QUOTE = /'/g;
const JINJA_END = /\}\}/g;
const YAQL_END = /%>/g;
const LINE_END = /\n/g;
/** What stands between parameters and is neither space nor a separator, from its first to its last letter. */
const LOST = /[^\s,;()](?:.*[^\s,;()])?/su;
const CONSTANT = /true|false|null|\p{Nd}+/uy;

/**
 * Takes a command apart by Mistral's rules, which know only `".."`, `'..'`, `<% %>`, `{{ }}`, `[..]`, `true`, `false`,
 * `null` and digits as values: anything else that looks like a parameter is passed over in silence. There is no way to
 * write a quote inside of the same quotes. Without a space the whole text is the name. Null when no name begins it.
 */
export function parseCommand(text: string): Command | null {
  if (!text.includes(' ')) return { name: text, parameters: [] };
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return null;
  return { name, parameters: findParameters(text) };
}

/** What Mistral passes over in silence: `output=hello` as a whole, and of `seconds=0.5` the `.5`. */
export function lostText(text: string, { name, parameters }: Command): readonly LostText[] {
  const lost: LostText[] = [];
  let from = text.indexOf(name) + name.length;
  for (const { start, end } of [...parameters, { start: text.length, end: text.length }]) {
    const [word] = LOST.exec(text.slice(from, start)) ?? [];
    if (word !== undefined) lost.push({ text: word, offset: text.indexOf(word, from) });
    from = Math.max(from, end);
  }
  return lost;
}

function findParameters(text: string): readonly InlineParameter[] {
  const parameters: InlineParameter[] = [];
  const closings = new Closings(text);
  let from = 0;
  for (let equals = text.indexOf('=', from); equals >= 0; equals = text.indexOf('=', Math.max(equals + 1, from))) {
    const start = wordStart(text, from, equals);
    if (start === equals) continue;
    const end = closings.endOfValue(equals + 1);
    if (end === null) continue;
    const value = readValue(text.slice(equals + 1, end), equals + 1);
    parameters.push({ name: text.slice(start, equals), ...value, start, end });
    from = end;
  }
  return parameters;
}

/** Where the word that ends before the `=` begins. */
function wordStart(text: string, least: number, end: number): number {
  let start = end;
  while (start > least && WORD_CHARACTER.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function readValue(text: string, offset: number): { value: Json; offset: number } {
  if (text.startsWith('"') || text.startsWith("'")) return { value: text.slice(1, -1), offset: offset + 1 };
  // An expression is never JSON, and finding that out takes long.
  const value = /^[<{]/.test(text) ? undefined : parsePythonJson(text);
  return { value: value === undefined ? text : value, offset };
}

/**
 * Finds where values end. Each search begins where the last one of its kind ended, so that a text full of brackets that
 * never close is read once and not once for every bracket.
 */
class Closings {
  private readonly text: string;
  private readonly known = new Map<RegExp, number>();
  private lastBracket = { lineEnd: -1, offset: -1 };

  constructor(text: string) {
    this.text = text;
  }

  /** Just behind the value that begins at the offset; null when no value does. */
  endOfValue(start: number): number | null {
    const { text } = this;
    const first = text.charAt(start);
    if (first === '"') return this.after(DOUBLE_QUOTE, 1, start + 1, text.length);
    if (first === "'") return this.after(SINGLE_QUOTE, 1, start + 1, text.length);
    if (first === '[') return this.endOfList(start);
    if (text.startsWith('{{', start)) return this.after(JINJA_END, 2, start + 2, this.lineEnd(start));
    if (text.startsWith('<%', start)) return this.after(YAQL_END, 2, start + 2, this.lineEnd(start));
    CONSTANT.lastIndex = start;
    const constant = CONSTANT.exec(text)?.[0];
    return constant === undefined ? null : start + constant.length;
  }

  /** A list goes on to the last bracket of its line, whatever stands between. */
  private endOfList(start: number): number | null {
    const lineEnd = this.lineEnd(start);
    if (this.lastBracket.lineEnd !== lineEnd) {
      this.lastBracket = { lineEnd, offset: this.text.lastIndexOf(']', lineEnd - 1) };
    }
    return this.lastBracket.offset > start ? this.lastBracket.offset + 1 : null;
  }

  private lineEnd(from: number): number {
    return this.next(LINE_END, from) ?? this.text.length;
  }

  private after(closing: RegExp, length: number, from: number, limit: number): number | null {
    const found = this.next(closing, from);
    return found !== null && found + length <= limit ? found + length : null;
  }

  private next(wanted: RegExp, from: number): number | null {
    let found = this.known.get(wanted);
    if (found === undefined || found < from) {
      // Not `indexOf`: V8 takes it for so cheap that it calls it even where its result is not needed.
      wanted.lastIndex = from;
      found = wanted.exec(this.text)?.index ?? Infinity;
      this.known.set(wanted, found);
    }
    return found === Infinity ? null : found;
  }
}
