import { enter, leave } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import {
  ASCII,
  anyButNewline,
  anyCode,
  atEnd,
  atLastLineEnd,
  atLineEnd,
  atLineStart,
  atStart,
  type CharacterWorld,
  caseless,
  codeRange,
  either,
  not,
  oneCode,
  UNICODE,
  wordBoundary,
} from './code-tests.ts';
import type { CodeTest, Node, ParsedPattern, RepeatMode } from './syntax.ts';
import { type Width, widthOf } from './width.ts';

export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
  readonly ascii: boolean;
  readonly verbose: boolean;
}

export const NO_FLAGS: Flags = { ignoreCase: false, multiLine: false, dotAll: false, ascii: false, verbose: false };

const LONGEST = 10_000;
const NOTHING: Node = { type: 'sequence', items: [] };

/** @throws ExpressionError in Python's words when the pattern is no regular expression */
export function parsePattern(source: string, flags: Flags): ParsedPattern {
  if (source.length > LONGEST) throw new ExpressionError('The regular expression is too long.');
  return new PatternParser(source, flags).parse();
}

const FLAG_NAMES: Readonly<Record<string, keyof Flags | null>> = {
  i: 'ignoreCase',
  m: 'multiLine',
  s: 'dotAll',
  a: 'ascii',
  x: 'verbose',
  u: null,
  L: null,
};
const CONTROL: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

class PatternParser {
  private readonly characters: readonly string[];
  private position = 0;
  private flags: Flags;
  private groups = 0;
  /** Within a look-behind only groups from outside of it may be referred to. */
  private groupsOutside = Number.POSITIVE_INFINITY;
  private readonly names = new Map<string, number>();
  private readonly openGroups = new Set<number>();
  private readonly groupWidths = new Map<number, Width>();

  constructor(source: string, flags: Flags) {
    this.characters = Array.from(source);
    this.flags = flags;
  }

  parse(): ParsedPattern {
    const node = this.alternatives();
    if (this.peek() !== '') this.fail('unbalanced parenthesis');
    return { node, groups: this.groups, names: this.names };
  }

  private alternatives(): Node {
    enter();
    const items = [this.sequence()];
    while (this.accept('|')) items.push(this.sequence());
    leave();
    return items.length === 1 ? (items[0] as Node) : { type: 'alternatives', items };
  }

  private sequence(): Node {
    const items: Node[] = [];
    for (;;) {
      if (this.flags.verbose) this.skipComments();
      const next = this.peek();
      if (next === '' || next === '|' || next === ')')
        return items.length === 1 ? (items[0] as Node) : { type: 'sequence', items };
      const item = this.item(items.length === 0);
      if (item !== null) items.push(this.repeats(item));
    }
  }

  private skipComments(): void {
    for (;;) {
      const next = this.peek();
      if (next === '#') while (this.peek() !== '' && this.peek() !== '\n') this.position++;
      else if (next !== '' && /\s/.test(next)) this.position++;
      else return;
    }
  }

  /** Null for what matches nothing and repeats nothing: a comment, a setting of flags. */
  private item(first: boolean): Node | null {
    const start = this.position;
    const character = this.take();
    switch (character) {
      case '.':
        return { type: 'set', test: this.flags.dotAll ? anyCode : anyButNewline };
      case '^':
        return { type: 'assertion', test: this.flags.multiLine ? atLineStart : atStart };
      case '$':
        return { type: 'assertion', test: this.flags.multiLine ? atLineEnd : atLastLineEnd };
      case '(':
        return this.group(start, first);
      case '[':
        return { type: 'set', test: this.set() };
      case '\\':
        return this.escaped();
      case '*':
      case '+':
      case '?':
        return this.fail('nothing to repeat', start);
      case '{':
        this.position = start;
        if (this.bounds() !== null) this.fail('nothing to repeat', start);
        this.position = start + 1;
        return this.literal('{');
      default:
        return this.literal(character);
    }
  }

  private literal(character: string): Node {
    return { type: 'set', test: this.cased(oneCode(character.codePointAt(0) ?? 0)) };
  }

  private cased(test: CodeTest): CodeTest {
    return this.flags.ignoreCase ? caseless(test) : test;
  }

  private repeats(item: Node): Node {
    if (this.flags.verbose) this.skipComments();
    const start = this.position;
    const bounds = this.bounds();
    if (bounds === null) return item;
    if (item.type === 'assertion') this.fail('nothing to repeat', start);
    const mode: RepeatMode = this.accept('?') ? 'lazy' : this.accept('+') ? 'possessive' : 'greedy';
    const again = this.position;
    if (this.bounds() !== null) this.fail('multiple repeat', again);
    return { type: 'repeat', node: item, min: bounds[0], max: bounds[1], mode };
  }

  /** How often, when that is what comes next. */
  private bounds(): readonly [min: number, max: number] | null {
    if (this.accept('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.accept('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.accept('?')) return [0, 1];
    const start = this.position;
    if (!this.accept('{')) return null;
    const low = this.digits();
    const comma = this.accept(',');
    const high = comma ? this.digits() : low;
    if (!this.accept('}') || (low === '' && !comma)) {
      this.position = start;
      return null;
    }
    const min = Number(low === '' ? 0 : low);
    const max = high === '' ? Number.POSITIVE_INFINITY : Number(high);
    if (max < min) this.fail('min repeat greater than max repeat', start);
    return [min, max];
  }

  private digits(): string {
    let digits = '';
    while (/^[0-9]$/.test(this.peek())) digits += this.take();
    return digits;
  }

  private group(start: number, first: boolean): Node | null {
    if (!this.accept('?')) return this.capture(start, null);
    const kind = this.take();
    switch (kind) {
      case ':':
        // Set apart, so that an assertion in it may be repeated.
        return { type: 'sequence', items: [this.inner(start)] };
      case '>':
        return { type: 'atomic', node: this.inner(start) };
      case '=':
      case '!':
        return { type: 'look', back: 0, negative: kind === '!', node: this.inner(start) };
      case '<':
        return this.lookBehind(start);
      case 'P':
        return this.named(start);
      case '(':
        return this.condition(start);
      case '#':
        while (this.peek() !== ')') if (this.take() === '') this.fail('missing ), unterminated comment', start);
        this.position++;
        return null;
      case '':
        return this.fail('unexpected end of pattern');
      default:
        this.position--;
        return this.flagGroup(start, first);
    }
  }

  private inner(start: number): Node {
    const flags = this.flags;
    const node = this.alternatives();
    if (!this.accept(')')) this.fail('missing ), unterminated subpattern', start);
    this.flags = flags;
    return node;
  }

  private capture(start: number, name: string | null): Node {
    const index = ++this.groups;
    if (index > 1000) this.fail('too many groups', start);
    if (name !== null) {
      if (this.names.has(name)) this.fail(`redefinition of group name '${name}'`, start);
      this.names.set(name, index);
    }
    this.openGroups.add(index);
    const node = this.inner(start);
    this.openGroups.delete(index);
    this.groupWidths.set(index, widthOf(node, this.groupWidths));
    return { type: 'group', index, node };
  }

  private lookBehind(start: number): Node {
    const kind = this.take();
    if (kind !== '=' && kind !== '!') this.fail(`unknown extension ?<${kind}`, start + 1);
    const outside = this.groupsOutside;
    this.groupsOutside = Math.min(outside, this.groups);
    const node = this.inner(start);
    this.groupsOutside = outside;
    const [least, most] = widthOf(node, this.groupWidths);
    if (least !== most) this.fail('look-behind requires fixed-width pattern');
    return { type: 'look', back: least, negative: kind === '!', node };
  }

  private named(start: number): Node {
    const kind = this.take();
    if (kind === '<') return this.capture(start, this.name('>'));
    if (kind !== '=') this.fail(`unknown extension ?P${kind}`, start + 1);
    return this.reference(this.groupIndex(this.name(')'), start), start);
  }

  private name(end: string): string {
    const start = this.position;
    let name = '';
    while (this.peek() !== end) {
      const character = this.take();
      if (character === '') this.fail(`missing ${end}, unterminated name`, start);
      name += character;
    }
    this.position++;
    if (name === '') this.fail('missing group name', start);
    if (!/^(?:[\p{L}_][\p{L}\p{N}_]*|[0-9]+)$/u.test(name)) this.fail(`bad character in group name '${name}'`, start);
    return name;
  }

  private groupIndex(name: string, start: number): number {
    const index = this.names.get(name);
    if (index === undefined) this.fail(`unknown group name '${name}'`, start);
    return index;
  }

  private reference(index: number, start: number): Node {
    if (index > this.groupsOutside) {
      this.fail('cannot refer to group defined in the same lookbehind subpattern', start);
    }
    if (index > this.groups) this.fail(`invalid group reference ${index}`, start);
    if (this.openGroups.has(index)) this.fail('cannot refer to an open group', start);
    return { type: 'backreference', index, ignoreCase: this.flags.ignoreCase };
  }

  private condition(start: number): Node {
    const name = this.name(')');
    const group = /^[0-9]+$/.test(name) ? Number(name) : this.groupIndex(name, start);
    if (group === 0) this.fail('bad group number', start);
    const flags = this.flags;
    const yes = this.sequence();
    const no = this.accept('|') ? this.sequence() : NOTHING;
    if (this.peek() === '|') this.fail('conditional backref with more than two branches');
    if (!this.accept(')')) this.fail('missing ), unterminated subpattern', start);
    this.flags = flags;
    if (group > this.groups) this.fail(`invalid group reference ${group}`, start);
    return { type: 'condition', group, yes, no };
  }

  /** `(?i)` at the very beginning, or `(?i-s:...)`. */
  private flagGroup(start: number, first: boolean): Node | null {
    const changed: Partial<Record<keyof Flags, boolean>> = {};
    let value = true;
    for (;;) {
      const character = this.take();
      if (character === '-' && value) {
        value = false;
      } else if (character === ')' && value) {
        if (!first || start !== 0) this.fail('global flags not at the start of the expression', start);
        this.flags = { ...this.flags, ...changed };
        return null;
      } else if (character === ':') {
        const flags = this.flags;
        this.flags = { ...flags, ...changed };
        const node = this.inner(start);
        this.flags = flags;
        return node;
      } else {
        if (!Object.hasOwn(FLAG_NAMES, character))
          this.fail(character === '' ? 'missing -, : or )' : `unknown extension ?${character}`, start + 1);
        const flag = FLAG_NAMES[character];
        if (flag !== null && flag !== undefined) changed[flag] = value;
      }
    }
  }

  private get world(): CharacterWorld {
    return this.flags.ascii ? ASCII : UNICODE;
  }

  private escaped(): Node {
    const start = this.position - 1;
    const next = this.peek();
    const test = this.classEscape(next);
    if (test !== null) {
      this.position++;
      return { type: 'set', test };
    }
    switch (next) {
      case 'A':
        this.position++;
        return { type: 'assertion', test: atStart };
      case 'Z':
        this.position++;
        return { type: 'assertion', test: atEnd };
      case 'b':
      case 'B': {
        this.position++;
        const boundary = wordBoundary(this.world.isWord);
        return {
          type: 'assertion',
          test: next === 'b' ? boundary : (text, place) => text.length > 0 && !boundary(text, place),
        };
      }
    }
    if (/^[1-9]$/.test(next)) {
      const octal = this.characters.slice(this.position, this.position + 3).join('');
      if (!/^[0-3][0-7]{2}$/.test(octal)) {
        let digits = this.take();
        if (/^[0-9]$/.test(this.peek())) digits += this.take();
        return this.reference(Number(digits), start);
      }
    }
    return { type: 'set', test: this.cased(oneCode(this.codeEscape(start, false))) };
  }

  private classEscape(letter: string): CodeTest | null {
    const { isDigit, isSpace, isWord } = this.world;
    switch (letter) {
      case 'd':
        return isDigit;
      case 'D':
        return not(isDigit);
      case 's':
        return isSpace;
      case 'S':
        return not(isSpace);
      case 'w':
        return isWord;
      case 'W':
        return not(isWord);
      default:
        return null;
    }
  }

  /** Behind the backslash: what stands for one character. */
  private codeEscape(start: number, inSet: boolean): number {
    const character = this.take();
    if (character === '') this.fail('bad escape (end of pattern)', start);
    if (/^[0-7]$/.test(character)) {
      const more = /^[0-7]{0,2}/.exec(this.characters.slice(this.position, this.position + 2).join(''))?.[0] ?? '';
      this.position += more.length;
      const code = Number.parseInt(character + more, 8);
      if (code > 0o377) this.fail(`octal escape value \\${character}${more} outside of range 0-0o377`, start);
      return code;
    }
    const control = Object.hasOwn(CONTROL, character) && (character !== 'b' || inSet) ? CONTROL[character] : undefined;
    if (control !== undefined) return control;
    const width = { x: 2, u: 4, U: 8 }[character];
    if (width !== undefined) {
      const digits = this.characters.slice(this.position, this.position + width).join('');
      if (!new RegExp(`^[0-9a-fA-F]{${width}}$`).test(digits))
        this.fail(`incomplete escape \\${character}${digits}`, start);
      this.position += width;
      return Number.parseInt(digits, 16);
    }
    if (/^[A-Za-z0-9]$/.test(character)) this.fail(`bad escape \\${character}`, start);
    return character.codePointAt(0) ?? 0;
  }

  /** Behind the opening bracket. */
  private set(): CodeTest {
    const start = this.position - 1;
    const negative = this.accept('^');
    const tests: CodeTest[] = [];
    const first = this.position;
    for (;;) {
      if (this.peek() === '') this.fail('unterminated character set', start);
      if (this.peek() === ']' && this.position > first) break;
      const place = this.position;
      const from = this.setItem();
      if (
        this.peek() !== '-' ||
        this.characters[this.position + 1] === ']' ||
        this.characters[this.position + 1] === undefined
      ) {
        tests.push(typeof from === 'number' ? oneCode(from) : from);
        continue;
      }
      this.position++;
      const to = this.setItem();
      const text = this.characters.slice(place, this.position).join('');
      if (typeof from !== 'number' || typeof to !== 'number' || to < from)
        this.fail(`bad character range ${text}`, place);
      tests.push(codeRange(from, to));
    }
    this.position++;
    const test = this.cased(tests.length === 1 ? (tests[0] as CodeTest) : either(tests));
    return negative ? not(test) : test;
  }

  private setItem(): number | CodeTest {
    const start = this.position;
    const character = this.take();
    if (character === '') this.fail('unterminated character set', start);
    if (character !== '\\') return character.codePointAt(0) ?? 0;
    const test = this.classEscape(this.peek());
    if (test === null) return this.codeEscape(start, true);
    this.position++;
    return test;
  }

  private peek(): string {
    return this.characters[this.position] ?? '';
  }

  private take(): string {
    return this.characters[this.position++] ?? '';
  }

  private accept(character: string): boolean {
    const found = this.peek() === character;
    if (found) this.position++;
    return found;
  }

  private fail(problem: string, position = this.position): never {
    throw new ExpressionError(`${problem} at position ${position}`);
  }
}
