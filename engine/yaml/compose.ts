import { Anchors } from './anchors.ts';
import { buildMap, type WrittenEntry } from './build-map.ts';
import { DEFAULT_HANDLES, readDocumentHead, type TagHandles, tagName } from './document-head.ts';
import type { MapNode, ScalarNode, YamlNode } from './node.ts';
import { resolveCollection, resolvePlain, resolveTagged } from './resolve.ts';
import { scanTokens } from './scanner.ts';
import { describeToken, type Token, type TokenType } from './token.ts';
import { errorAt, TokenStream } from './token-stream.ts';
import { tooDeep, YamlError } from './yaml-error.ts';

export interface ComposeOptions {
  /** False: there are no anchors and aliases; `&`, `*` and `@` may begin plain text. */
  readonly anchors: boolean;
  readonly maxDepth: number;
  /** How many values the text may stand for once its aliases are followed. */
  readonly maxValues: number;
}

export interface Composed {
  /** Null for a text without any value. */
  readonly root: YamlNode | null;
  readonly errors: readonly YamlError[];
}

/**
 * Reads a text of one document into a tree. An error of structure ends the reading; an error in one value (an unknown
 * tag, a dictionary used as a key) is noted, and reading goes on.
 */
export function compose(text: string, options: ComposeOptions): Composed {
  const errors: YamlError[] = [];
  try {
    const composer = new Composer(new TokenStream(scanTokens(text, options)), options, errors);
    return { root: composer.document(), errors };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { root: null, errors: [...errors, error] };
  }
}

/** Where a value stands: inside of brackets there are no blocks, and a block's list may stand under its key. */
type Context = 'flow' | 'block' | 'block-value';

class Composer {
  private readonly tokens: TokenStream;
  private readonly options: ComposeOptions;
  private readonly errors: YamlError[];
  private readonly anchors: Anchors;
  private handles: TagHandles = DEFAULT_HANDLES;
  private depth = 0;

  constructor(tokens: TokenStream, options: ComposeOptions, errors: YamlError[]) {
    this.tokens = tokens;
    this.options = options;
    this.errors = errors;
    this.anchors = new Anchors(options.maxValues);
  }

  document(): YamlNode | null {
    const { tokens } = this;
    let root: YamlNode | null = null;
    if (!tokens.at('directive', 'document-start', 'text-end')) {
      root = this.node('block');
    } else if (!tokens.at('text-end')) {
      this.handles = readDocumentHead(tokens);
      const isEmpty = tokens.at('directive', 'document-start', 'document-end', 'text-end');
      root = isEmpty ? this.empty() : this.node('block');
    }
    while (tokens.skip('document-end'));
    if (tokens.at('text-end')) return root;
    const message = tokens.at('document-start', 'directive')
      ? 'A second document begins here, and only one is read.'
      : `Here the value has ended; ${describeToken(tokens.peek())} cannot follow.`;
    throw errorAt(tokens.peek(), message);
  }

  private note(message: string, place: { readonly start: number; readonly end: number }): void {
    this.errors.push(new YamlError(message, place.start, place.end));
  }

  // Values

  private node(context: Context): YamlNode {
    const first = this.tokens.peek();
    this.depth += 1;
    if (this.depth > this.options.maxDepth) throw tooDeep(this.options.maxDepth, first.start);
    this.anchors.count(first);
    let node: YamlNode;
    if (first.type === 'alias') node = this.anchors.follow(this.tokens.take());
    else if (first.type === 'anchor' || first.type === 'tag') node = this.nodeWithProperties(context, first);
    else node = this.content(context, null, null);
    this.depth -= 1;
    return node;
  }

  /** A value with a tag, an anchor or both before it. */
  private nodeWithProperties(context: Context, first: Token): YamlNode {
    const { tokens } = this;
    let tag = tokens.at('tag') ? tokens.take() : null;
    const anchor = tokens.at('anchor') ? tokens.take() : null;
    if (tag === null && tokens.at('tag')) tag = tokens.take();
    const read = (): YamlNode => this.content(context, tag, first);
    return anchor === null ? read() : this.anchors.define(anchor, read);
  }

  /** @param first where the value's tag or anchor begins; null without both */
  private content(context: Context, tag: Token | null, first: Token | null): YamlNode {
    const token = this.tokens.peek();
    const name = tag === null ? null : tagName(tag, this.handles);
    if (token.type === 'scalar') return this.scalar(this.tokens.take(), name, first);
    const collection = this.collection(token, context);
    if (collection !== null) return name === null ? collection : this.tagged(collection, name);
    // Behind a tag or an anchor there may be nothing.
    if (first !== null) return this.scalar({ ...first, type: 'scalar', text: '' }, name, first);
    throw errorAt(token, `Here a value was expected, not ${describeToken(token)}.`);
  }

  private scalar(token: Token, tag: string | null, first: Token | null): ScalarNode {
    const isImplicit = tag === null ? token.style === 'plain' : tag === '!';
    try {
      // Both mean something as a key only: `<<` merges, `=` is itself.
      if (isImplicit && (token.text === '<<' || token.text === '=') && !this.tokens.at('value')) {
        this.note(`${token.text} alone means nothing here; put it in quotes.`, token);
      }
      if (isImplicit) return resolvePlain(token.text, token);
      return resolveTagged(tag === null || tag === '!' ? 'str' : tag, token.text, token);
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      this.note(error.message, { start: first?.start ?? token.start, end: token.end });
      return resolveTagged('str', token.text, token);
    }
  }

  /** A value that is not there is null. */
  private empty(): ScalarNode {
    const { start } = this.tokens.peek();
    return { kind: 'scalar', type: 'null', value: null, style: 'plain', start, end: start };
  }

  private tagged(node: YamlNode, tag: string): YamlNode {
    const value = resolveCollection(tag, node);
    if (value === null) this.note('The tag of this value is not known, or not for a value of this kind.', node);
    return value ?? node;
  }

  // Collections

  private collection(token: Token, context: Context): YamlNode | null {
    switch (token.type) {
      case 'flow-list-start':
        return this.flowList();
      case 'flow-map-start':
        return this.flowMap();
      case 'block-list-start':
        return context === 'flow' ? null : this.blockList();
      case 'block-map-start':
        return context === 'flow' ? null : this.blockMap();
      case 'list-entry':
        return context === 'block-value' ? this.listUnderKey() : null;
      default:
        return null;
    }
  }

  private blockList(): YamlNode {
    const { tokens } = this;
    const { start } = tokens.take();
    const items: YamlNode[] = [];
    while (tokens.skip('list-entry')) {
      items.push(tokens.at('list-entry', 'block-end') ? this.empty() : this.node('block'));
    }
    this.endOfBlock('list');
    return { kind: 'list', form: 'list', items, start, end: items.at(-1)?.end ?? start };
  }

  /** The entries of a list that is not indented deeper than the key it belongs to. */
  private listUnderKey(): YamlNode {
    const { tokens } = this;
    const { start } = tokens.peek();
    const items: YamlNode[] = [];
    while (tokens.skip('list-entry')) {
      items.push(tokens.at('list-entry', 'key', 'value', 'block-end') ? this.empty() : this.node('block'));
    }
    return { kind: 'list', form: 'list', items, start, end: items.at(-1)?.end ?? start };
  }

  private blockMap(): MapNode {
    const { tokens } = this;
    const { start } = tokens.take();
    const entries: WrittenEntry[] = [];
    while (tokens.skip('key')) {
      const key = this.partOfBlockEntry();
      entries.push({ key, value: tokens.skip('value') ? this.partOfBlockEntry() : this.empty() });
    }
    this.endOfBlock('dictionary');
    return this.map(entries, start, entries.at(-1)?.value.end ?? start);
  }

  private partOfBlockEntry(): YamlNode {
    return this.tokens.at('key', 'value', 'block-end') ? this.empty() : this.node('block-value');
  }

  private endOfBlock(what: string): void {
    if (this.tokens.skip('block-end')) return;
    const token = this.tokens.peek();
    throw errorAt(
      token,
      `The ${what} goes on here in another way than it began: ${describeToken(token)} does not fit. Compare the indentation with the lines above.`,
    );
  }

  private flowList(): YamlNode {
    const { tokens } = this;
    const { start } = tokens.take();
    const items: YamlNode[] = [];
    while (this.hasNextFlowEntry('flow-list-end', start, items.length)) {
      items.push(tokens.at('key') ? this.pairInList() : this.node('flow'));
    }
    return { kind: 'list', form: 'list', items, start, end: tokens.take().end };
  }

  /** `key: value` as an entry of a flow list is a dictionary of one key. */
  private pairInList(): MapNode {
    const { start } = this.tokens.peek();
    const entry = this.flowEntry('flow-list-end');
    return this.map([entry], start, entry.value.end);
  }

  private flowMap(): MapNode {
    const { tokens } = this;
    const { start } = tokens.take();
    const entries: WrittenEntry[] = [];
    while (this.hasNextFlowEntry('flow-map-end', start, entries.length)) {
      entries.push(tokens.at('key') ? this.flowEntry('flow-map-end') : { key: this.node('flow'), value: this.empty() });
    }
    return this.map(entries, start, tokens.take().end);
  }

  private flowEntry(closing: TokenType): WrittenEntry {
    const { tokens } = this;
    tokens.take();
    const key = tokens.at('value', 'flow-entry', closing) ? this.empty() : this.node('flow');
    const hasValue = tokens.skip('value') && !tokens.at('flow-entry', closing);
    return { key, value: hasValue ? this.node('flow') : this.empty() };
  }

  /** Goes past the comma before the next entry. A comma may also stand behind the last one. */
  private hasNextFlowEntry(closing: 'flow-list-end' | 'flow-map-end', start: number, entries: number): boolean {
    const { tokens } = this;
    if (tokens.at(closing)) return false;
    if (entries === 0) return true;
    if (tokens.skip('flow-entry')) return !tokens.at(closing);
    const [what, bracket] = closing === 'flow-list-end' ? (['sequence', ']'] as const) : (['mapping', '}'] as const);
    const token = tokens.peek();
    // Indentation does not end a flow collection, so this is the end of the text.
    if (token.type === 'block-end' || token.type === 'text-end') {
      const message = `while parsing a flow ${what}: this bracket is never closed; '${bracket}' is missing.`;
      throw new YamlError(message, start, start + 1);
    }
    throw errorAt(
      token,
      `while parsing a flow ${what}: ',' or '${bracket}' is missing before ${describeToken(token)}.`,
    );
  }

  private map(entries: readonly WrittenEntry[], start: number, end: number): MapNode {
    return buildMap(entries, start, end, (message, place) => this.note(message, place));
  }
}
