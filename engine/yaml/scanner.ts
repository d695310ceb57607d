import { scanBlockScalar } from './block-scalar.ts';
import { Cursor, END, isBlank, isBreakOrEnd, TAB } from './cursor.ts';
import type { ScalarStyle } from './node.ts';
import { scanPlainScalar } from './plain-scalar.ts';
import { MissingColon, type PossibleKey, PossibleKeys } from './possible-keys.ts';
import { scanQuotedScalar } from './quoted-scalar.ts';
import { scanDirective, scanTag } from './tag.ts';
import type { Token, TokenType } from './token.ts';
import { tooDeep, YamlError } from './yaml-error.ts';

export interface ScanOptions {
  /** False: `&`, `*` and `@` may begin plain text, and there are no anchors. */
  readonly anchors: boolean;
  readonly maxDepth: number;
}

/**
 * Cuts a text into tokens, as PyYAML's scanner does: the structure that indentation means is put into tokens of its own.
 * Where the text cannot be read the last token says why, so that what comes before it is still judged first.
 */
export function scanTokens(text: string, options: ScanOptions): readonly Token[] {
  return new Scanner(text, options).scan();
}

class Scanner {
  private readonly cursor: Cursor;
  private readonly options: ScanOptions;
  private readonly tokens: Token[] = [];
  private readonly indents: number[] = [];
  private indent = -1;
  private flowLevel = 0;
  private keyAllowed = true;
  private readonly keys: PossibleKeys;

  constructor(text: string, options: ScanOptions) {
    this.cursor = new Cursor(text);
    this.keys = new PossibleKeys(this.cursor);
    this.options = options;
  }

  scan(): readonly Token[] {
    try {
      while (this.scanNext());
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      // What was taken for the key is not to be judged as anything else.
      if (error instanceof MissingColon) this.tokens.length = error.key.index;
      this.tokens.push({ type: 'error', start: error.start, end: error.end, text: '', style: 'plain', error });
    }
    return this.tokens;
  }

  /** @returns false at the end of the text */
  private scanNext(): boolean {
    const { cursor } = this;
    this.skipToToken();
    this.keys.dropStale();
    if (this.flowLevel === 0) this.closeBlocks(cursor.column);

    const code = cursor.peek();
    if (code === END) {
      this.closeBlocks(-1);
      this.keys.drop(this.flowLevel);
      this.push('text-end', cursor.offset);
      return false;
    }
    if (cursor.column === 0) {
      if (code === 37 /* % */) return this.addDirective();
      if (cursor.atDocumentMarker()) return this.addDocumentMarker(code === 45);
    }
    switch (code) {
      case 91: // [
        return this.openFlow('flow-list-start');
      case 123: // {
        return this.openFlow('flow-map-start');
      case 93: // ]
        return this.closeFlow('flow-list-end');
      case 125: // }
        return this.closeFlow('flow-map-end');
      case 44: // ,
        return this.addFlowEntry();
      case 45: // -
        return isBlank(cursor.peek(1)) ? this.addListEntry() : this.addPlain();
      case 63: // ?
        return this.flowLevel > 0 || isBlank(cursor.peek(1)) ? this.addExplicitKey() : this.addPlain();
      case 58: // :
        return this.flowLevel > 0 || isBlank(cursor.peek(1)) ? this.addValue() : this.addPlain();
      case 42: // *
        return this.options.anchors ? this.addAnchor('alias') : this.addPlain();
      case 38: // &
        return this.options.anchors ? this.addAnchor('anchor') : this.addPlain();
      case 64: // @
        return this.options.anchors ? this.refuse() : this.addPlain();
      case 33: // !
        return this.addTag();
      case 124: // |
      case 62: // >
        return this.flowLevel === 0 ? this.addBlockScalar(code === 124 ? 'literal' : 'folded') : this.refuse();
      case 39: // '
        return this.addQuoted('single');
      case 34: // "
        return this.addQuoted('double');
      case 35: // #
      case 37: // %
      case 96: // `
      case TAB:
        return this.refuse();
      default:
        return this.addPlain();
    }
  }

  private skipToToken(): void {
    const { cursor } = this;
    do {
      cursor.skipSpaces();
      cursor.skipComment();
      if (!isBreakOrEnd(cursor.peek())) return;
      if (cursor.peek() !== END && this.flowLevel === 0) this.keyAllowed = true;
    } while (cursor.skipBreak() !== '');
  }

  private refuse(): never {
    const { cursor } = this;
    const character = cursor.text.charAt(cursor.offset);
    throw new YamlError(
      character === '\t'
        ? 'A tab cannot stand here: YAML is indented with spaces.'
        : `No value can begin with ${character} here; put the text in quotes.`,
      cursor.offset,
    );
  }

  private push(
    type: TokenType,
    start: number,
    text = '',
    style: ScalarStyle = 'plain',
    end = this.cursor.offset,
  ): true {
    this.tokens.push({ type, start, end, text, style, error: null });
    return true;
  }

  /** Adds a token of the next `length` characters. */
  private take(type: TokenType, length = 1): true {
    const start = this.cursor.offset;
    this.cursor.offset += length;
    return this.push(type, start);
  }

  // Keys and indentation

  private noteKeyMayBegin(): void {
    const { offset, line, column } = this.cursor;
    if (!this.keyAllowed) return;
    const required = this.flowLevel === 0 && this.indent === column;
    this.keys.note(this.flowLevel, { index: this.tokens.length, required, offset, line, column });
  }

  private closeBlocks(column: number): void {
    while (this.indent > column) {
      this.indent = this.indents.pop() ?? -1;
      this.push('block-end', this.cursor.offset);
    }
  }

  /** @returns whether a collection begins at this column */
  private openBlock(column: number): boolean {
    if (this.indent >= column) return false;
    this.indents.push(this.indent);
    this.indent = column;
    return true;
  }

  // Tokens

  private addDirective(): true {
    this.closeBlocks(-1);
    this.keys.drop(this.flowLevel);
    this.keyAllowed = false;
    const start = this.cursor.offset;
    return this.push('directive', start, scanDirective(this.cursor));
  }

  private addDocumentMarker(isStart: boolean): true {
    this.closeBlocks(-1);
    this.keys.drop(this.flowLevel);
    this.keyAllowed = false;
    return this.take(isStart ? 'document-start' : 'document-end', 3);
  }

  private openFlow(type: TokenType): true {
    this.noteKeyMayBegin();
    this.flowLevel += 1;
    if (this.flowLevel > this.options.maxDepth) throw tooDeep(this.options.maxDepth, this.cursor.offset);
    this.keyAllowed = true;
    return this.take(type);
  }

  private closeFlow(type: TokenType): true {
    this.keys.drop(this.flowLevel);
    // One bracket too many is the composer's to refuse.
    this.flowLevel = Math.max(0, this.flowLevel - 1);
    this.keyAllowed = false;
    return this.take(type);
  }

  private addFlowEntry(): true {
    this.keyAllowed = true;
    this.keys.drop(this.flowLevel);
    return this.take('flow-entry');
  }

  private addListEntry(): true {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) {
        throw new YamlError(
          "A list entry ('-') cannot begin in this place; begin it on a line of its own.",
          this.cursor.offset,
        );
      }
      if (this.openBlock(this.cursor.column)) this.push('block-list-start', this.cursor.offset);
    }
    this.keyAllowed = true;
    this.keys.drop(this.flowLevel);
    return this.take('list-entry');
  }

  private addExplicitKey(): true {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) throw new YamlError('A key cannot begin in this place.', this.cursor.offset);
      if (this.openBlock(this.cursor.column)) this.push('block-map-start', this.cursor.offset);
    }
    this.keyAllowed = this.flowLevel === 0;
    this.keys.drop(this.flowLevel);
    return this.take('key');
  }

  private addValue(): true {
    const { cursor } = this;
    const key = this.keys.take(this.flowLevel);
    if (key !== undefined) {
      const opens = this.flowLevel === 0 && this.openBlock(key.column);
      this.insertKey(key, opens);
      this.keyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) {
          throw new YamlError(
            "A ':' cannot stand here (mapping values are not allowed here): put the text in quotes, or give the key a line of its own.",
            cursor.offset,
          );
        }
        if (this.openBlock(cursor.column)) this.push('block-map-start', cursor.offset);
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    return this.take('value');
  }

  private insertKey(key: PossibleKey, opens: boolean): void {
    const token = (type: TokenType): Token => ({
      type,
      start: key.offset,
      end: key.offset,
      text: '',
      style: 'plain',
      error: null,
    });
    // The key is among the last tokens, so this moves few of them.
    if (opens) this.tokens.splice(key.index, 0, token('block-map-start'), token('key'));
    else this.tokens.splice(key.index, 0, token('key'));
  }

  private addAnchor(type: 'anchor' | 'alias'): true {
    const { cursor } = this;
    this.noteKeyMayBegin();
    this.keyAllowed = false;
    const start = cursor.offset;
    cursor.offset += 1;
    while (/[0-9A-Za-z_-]/.test(cursor.text.charAt(cursor.offset))) cursor.offset += 1;
    const name = cursor.text.slice(start + 1, cursor.offset);
    if (name === '' || !(isBlank(cursor.peek()) || '?:,]}%@`'.includes(cursor.text.charAt(cursor.offset)))) {
      throw new YamlError(
        `The name of an ${type} has only letters, digits, - and _; put the text in quotes if it is none.`,
        start,
      );
    }
    return this.push(type, start, name);
  }

  private addTag(): true {
    this.noteKeyMayBegin();
    this.keyAllowed = false;
    const start = this.cursor.offset;
    return this.push('tag', start, scanTag(this.cursor));
  }

  private addBlockScalar(style: 'literal' | 'folded'): true {
    this.keyAllowed = true;
    this.keys.drop(this.flowLevel);
    const start = this.cursor.offset;
    return this.push('scalar', start, scanBlockScalar(this.cursor, this.indent), style);
  }

  private addQuoted(style: 'single' | 'double'): true {
    this.noteKeyMayBegin();
    this.keyAllowed = false;
    const start = this.cursor.offset;
    return this.push('scalar', start, scanQuotedScalar(this.cursor), style);
  }

  private addPlain(): true {
    this.noteKeyMayBegin();
    const start = this.cursor.offset;
    const scalar = scanPlainScalar(this.cursor, this.indent + 1, this.flowLevel > 0);
    this.keyAllowed = scalar.crossedLine;
    return this.push('scalar', start, scalar.text, 'plain', scalar.end);
  }
}
