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
  oneCode,
  UNICODE,
  wordBoundary,
} from './code-tests.ts';
import { classEscape, codeEscape, parseSet } from './parse-set.ts';
import { PatternReader } from './pattern-reader.ts';
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

class PatternParser {
  private readonly reader: PatternReader;
  private flags: Flags;
  private groups = 0;
  /** Within a look-behind only groups from outside of it may be referred to. */
  private groupsOutside = Number.POSITIVE_INFINITY;
  private readonly names = new Map<string, number>();
  private readonly openGroups = new Set<number>();
  private readonly groupWidths = new Map<number, Width>();

  constructor(source: string, flags: Flags) {
    this.reader = new PatternReader(source);
    this.flags = flags;
  }

  parse(): ParsedPattern {
    const node = this.alternatives();
    if (this.reader.peek() !== '') this.reader.fail('unbalanced parenthesis');
    return { node, groups: this.groups, names: this.names };
  }

  private alternatives(): Node {
    enter();
    const items = [this.sequence()];
    while (this.reader.accept('|')) items.push(this.sequence());
    leave();
    return items.length === 1 ? (items[0] as Node) : { type: 'alternatives', items };
  }

  private sequence(): Node {
    const items: Node[] = [];
    for (;;) {
      if (this.flags.verbose) this.skipComments();
      const next = this.reader.peek();
      if (next === '' || next === '|' || next === ')')
        return items.length === 1 ? (items[0] as Node) : { type: 'sequence', items };
      const item = this.item(items.length === 0);
      if (item !== null) items.push(this.repeats(item));
    }
  }

  private skipComments(): void {
    for (;;) {
      const next = this.reader.peek();
      if (next === '#') while (this.reader.peek() !== '' && this.reader.peek() !== '\n') this.reader.position++;
      else if (next !== '' && /\s/.test(next)) this.reader.position++;
      else return;
    }
  }

  /** Null for what matches nothing and repeats nothing: a comment, a setting of flags. */
  private item(first: boolean): Node | null {
    const start = this.reader.position;
    const character = this.reader.take();
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
        return { type: 'set', test: parseSet(this.reader, this.world, (test) => this.cased(test)) };
      case '\\':
        return this.escaped();
      case '*':
      case '+':
      case '?':
        return this.reader.fail('nothing to repeat', start);
      case '{':
        this.reader.position = start;
        if (this.bounds() !== null) this.reader.fail('nothing to repeat', start);
        this.reader.position = start + 1;
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
    const start = this.reader.position;
    const bounds = this.bounds();
    if (bounds === null) return item;
    if (item.type === 'assertion') this.reader.fail('nothing to repeat', start);
    const mode: RepeatMode = this.reader.accept('?') ? 'lazy' : this.reader.accept('+') ? 'possessive' : 'greedy';
    const again = this.reader.position;
    if (this.bounds() !== null) this.reader.fail('multiple repeat', again);
    return { type: 'repeat', node: item, min: bounds[0], max: bounds[1], mode };
  }

  /** How often, when that is what comes next. */
  private bounds(): readonly [min: number, max: number] | null {
    if (this.reader.accept('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.reader.accept('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.reader.accept('?')) return [0, 1];
    const start = this.reader.position;
    if (!this.reader.accept('{')) return null;
    const low = this.reader.digits();
    const comma = this.reader.accept(',');
    const high = comma ? this.reader.digits() : low;
    if (!this.reader.accept('}') || (low === '' && !comma)) {
      this.reader.position = start;
      return null;
    }
    const min = Number(low === '' ? 0 : low);
    const max = high === '' ? Number.POSITIVE_INFINITY : Number(high);
    if (max < min) this.reader.fail('min repeat greater than max repeat', start);
    return [min, max];
  }

  private group(start: number, first: boolean): Node | null {
    if (!this.reader.accept('?')) return this.capture(start, null);
    const kind = this.reader.take();
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
        while (this.reader.peek() !== ')')
          if (this.reader.take() === '') this.reader.fail('missing ), unterminated comment', start);
        this.reader.position++;
        return null;
      case '':
        return this.reader.fail('unexpected end of pattern');
      default:
        this.reader.position--;
        return this.flagGroup(start, first);
    }
  }

  private inner(start: number): Node {
    const flags = this.flags;
    const node = this.alternatives();
    if (!this.reader.accept(')')) this.reader.fail('missing ), unterminated subpattern', start);
    this.flags = flags;
    return node;
  }

  private capture(start: number, name: string | null): Node {
    const index = ++this.groups;
    if (index > 1000) this.reader.fail('too many groups', start);
    if (name !== null) {
      if (this.names.has(name)) this.reader.fail(`redefinition of group name '${name}'`, start);
      this.names.set(name, index);
    }
    this.openGroups.add(index);
    const node = this.inner(start);
    this.openGroups.delete(index);
    this.groupWidths.set(index, widthOf(node, this.groupWidths));
    return { type: 'group', index, node };
  }

  private lookBehind(start: number): Node {
    const kind = this.reader.take();
    if (kind !== '=' && kind !== '!') this.reader.fail(`unknown extension ?<${kind}`, start + 1);
    const outside = this.groupsOutside;
    this.groupsOutside = Math.min(outside, this.groups);
    const node = this.inner(start);
    this.groupsOutside = outside;
    const [least, most] = widthOf(node, this.groupWidths);
    if (least !== most) this.reader.fail('look-behind requires fixed-width pattern');
    return { type: 'look', back: least, negative: kind === '!', node };
  }

  private named(start: number): Node {
    const kind = this.reader.take();
    if (kind === '<') return this.capture(start, this.reader.name('>'));
    if (kind !== '=') this.reader.fail(`unknown extension ?P${kind}`, start + 1);
    return this.reference(this.groupIndex(this.reader.name(')'), start), start);
  }

  private groupIndex(name: string, start: number): number {
    const index = this.names.get(name);
    if (index === undefined) this.reader.fail(`unknown group name '${name}'`, start);
    return index;
  }

  private reference(index: number, start: number): Node {
    if (index > this.groupsOutside) {
      this.reader.fail('cannot refer to group defined in the same lookbehind subpattern', start);
    }
    if (index > this.groups) this.reader.fail(`invalid group reference ${index}`, start);
    if (this.openGroups.has(index)) this.reader.fail('cannot refer to an open group', start);
    return { type: 'backreference', index, ignoreCase: this.flags.ignoreCase };
  }

  private condition(start: number): Node {
    const name = this.reader.name(')');
    const group = /^[0-9]+$/.test(name) ? Number(name) : this.groupIndex(name, start);
    if (group === 0) this.reader.fail('bad group number', start);
    const flags = this.flags;
    const yes = this.sequence();
    const no = this.reader.accept('|') ? this.sequence() : NOTHING;
    if (this.reader.peek() === '|') this.reader.fail('conditional backref with more than two branches');
    if (!this.reader.accept(')')) this.reader.fail('missing ), unterminated subpattern', start);
    this.flags = flags;
    if (group > this.groups) this.reader.fail(`invalid group reference ${group}`, start);
    return { type: 'condition', group, yes, no };
  }

  /** `(?i)` at the very beginning, or `(?i-s:...)`. */
  private flagGroup(start: number, first: boolean): Node | null {
    const changed: Partial<Record<keyof Flags, boolean>> = {};
    let value = true;
    for (;;) {
      const character = this.reader.take();
      if (character === '-' && value) {
        value = false;
      } else if (character === ')' && value) {
        if (!first || start !== 0) this.reader.fail('global flags not at the start of the expression', start);
        this.flags = { ...this.flags, ...changed };
        return null;
      } else if (character === ':') {
        const flags = this.flags;
        this.flags = { ...flags, ...changed };
        const node = this.inner(start);
        this.flags = flags;
        return { type: 'sequence', items: [node] };
      } else {
        if (!Object.hasOwn(FLAG_NAMES, character))
          this.reader.fail(character === '' ? 'missing -, : or )' : `unknown extension ?${character}`, start + 1);
        const flag = FLAG_NAMES[character];
        if (flag !== null && flag !== undefined) changed[flag] = value;
      }
    }
  }

  private get world(): CharacterWorld {
    return this.flags.ascii ? ASCII : UNICODE;
  }

  private escaped(): Node {
    const start = this.reader.position - 1;
    const next = this.reader.peek();
    const test = classEscape(next, this.world);
    if (test !== null) {
      this.reader.position++;
      return { type: 'set', test };
    }
    switch (next) {
      case 'A':
        this.reader.position++;
        return { type: 'assertion', test: atStart };
      case 'Z':
        this.reader.position++;
        return { type: 'assertion', test: atEnd };
      case 'b':
      case 'B': {
        this.reader.position++;
        const boundary = wordBoundary(this.world.isWord);
        return {
          type: 'assertion',
          test: next === 'b' ? boundary : (text, place) => text.length > 0 && !boundary(text, place),
        };
      }
    }
    if (/^[1-9]$/.test(next)) {
      const octal = this.reader.lookAhead(3);
      if (!/^[0-3][0-7]{2}$/.test(octal)) {
        let digits = this.reader.take();
        if (/^[0-9]$/.test(this.reader.peek())) digits += this.reader.take();
        return this.reference(Number(digits), start);
      }
    }
    return { type: 'set', test: this.cased(oneCode(codeEscape(this.reader, start, false))) };
  }
}
