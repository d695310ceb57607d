import { claimCharacters, claimItems, spend } from '../../budget.ts';
import { hasSurrogates } from '../code-points.ts';
import { PythonObject } from '../value.ts';
import { Matcher, type Slots } from './matcher.ts';
import { type Flags, NO_FLAGS, parsePattern } from './parse-pattern.ts';
import { compilePattern, type Program } from './program.ts';
import { parseReplacement } from './replacement.ts';

/** What a pattern has found in a text. Places are counted in code points. */
export class Match {
  private readonly text: Uint32Array;
  private readonly slots: Slots;

  constructor(text: Uint32Array, slots: Slots) {
    this.text = text;
    this.slots = slots;
  }

  start(group = 0): number {
    return this.slots[group * 2] ?? -1;
  }

  end(group = 0): number {
    return this.slots[group * 2 + 1] ?? -1;
  }

  /** The group's text; null when it took no part. */
  group(group = 0): string | null {
    return this.end(group) === -1 ? null : textOf(this.text, this.start(group), this.end(group));
  }

  /** What every group but the whole has caught. */
  groups(): readonly (string | null)[] {
    return Array.from({ length: this.slots.length / 2 - 1 }, (_, index) => this.group(index + 1));
  }
}

/** A compiled regular expression with Python's meaning. */
export class Pattern extends PythonObject {
  readonly typeName = 're.Pattern';
  readonly names: ReadonlyMap<string, number>;
  private readonly program: Program;
  private readonly source: string;
  private readonly flags: Flags;

  /** @throws ExpressionError when the text is no regular expression */
  constructor(source: string, flags: Flags = NO_FLAGS) {
    super();
    spend(20 + source.length * 16);
    this.source = source;
    this.flags = flags;
    const parsed = parsePattern(source, flags);
    this.names = parsed.names;
    this.program = compilePattern(parsed);
  }

  /** What it was made of, for those who print it. */
  origin(): { readonly source: string; readonly flags: Flags } {
    return { source: this.source, flags: this.flags };
  }

  search(text: string): Match | null {
    for (const match of this.matches(codes(text))) return match;
    return null;
  }

  /** All matches from left to right, none overlapping another. */
  findAll(text: string): Iterable<Match> {
    return this.matches(codes(text));
  }

  private *matches(text: Uint32Array): Generator<Match> {
    const matcher = new Matcher(this.program, text);
    let from = 0;
    let mustAdvance = false;
    while (from <= text.length) {
      const slots = matcher.search(from, mustAdvance);
      if (slots === null) return;
      spend(3);
      const match = new Match(text, slots);
      yield match;
      from = match.end();
      mustAdvance = match.start() === match.end();
    }
  }

  /** The text between the matches, and what their groups caught. @param limit how many cuts; 0: any number */
  split(source: string, limit: number): (string | null)[] {
    const text = codes(source);
    const parts: (string | null)[] = [];
    let from = 0;
    let cuts = 0;
    for (const match of limit < 0 ? [] : this.matches(text)) {
      parts.push(textOf(text, from, match.start()), ...match.groups());
      from = match.end();
      if (++cuts === limit) break;
    }
    parts.push(textOf(text, from, text.length));
    claimItems(parts.length);
    return parts;
  }

  /** @param limit how many replacements; 0: any number */
  replaceBy(source: string, replacement: (match: Match) => string, limit: number): string {
    const text = codes(source);
    let result = '';
    let from = 0;
    let done = 0;
    if (limit < 0) return source;
    for (const match of this.matches(text)) {
      result += textOf(text, from, match.start()) + replacement(match);
      claimCharacters(result.length);
      from = match.end();
      if (++done === limit) break;
    }
    return result + textOf(text, from, text.length);
  }

  /** @param template with `\1`, `\g<name>` and the like for what the groups caught */
  replace(source: string, template: string, limit: number): string {
    const parts = parseReplacement(template, this.names, this.program.groups);
    return this.replaceBy(
      source,
      (match) => parts.map((part) => (typeof part === 'string' ? part : (match.group(part) ?? ''))).join(''),
      limit,
    );
  }
}

function codes(text: string): Uint32Array {
  spend(text.length >>> 3);
  const result = new Uint32Array(text.length);
  if (!hasSurrogates(text)) {
    for (let index = 0; index < text.length; index++) result[index] = text.charCodeAt(index);
    return result;
  }
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) as number;
    if (code > 0xffff) index++;
    result[length++] = code;
  }
  return result.subarray(0, length);
}

function textOf(codes: Uint32Array, start: number, end: number): string {
  spend((end - start) >>> 4);
  let text = '';
  // String.fromCodePoint takes its arguments from the stack, which is small.
  for (let from = start; from < end; from += 4096) {
    text += String.fromCodePoint(...codes.subarray(from, Math.min(end, from + 4096)));
  }
  return text;
}

/** Patterns in a text that comes back again and again are read once. */
const cache = new Map<string, Pattern>();

/** The pattern of a text without flags. */
export function patternOf(source: string): Pattern {
  const cached = cache.get(source);
  if (cached !== undefined) return cached;
  const pattern = new Pattern(source);
  if (cache.size >= 500) cache.clear();
  cache.set(source, pattern);
  return pattern;
}

/** The text with everything escaped that a pattern would take for more than itself. */
export function escapePattern(text: string): string {
  claimCharacters(text.length * 2);
  return text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, (character) => `\\${character}`);
}
