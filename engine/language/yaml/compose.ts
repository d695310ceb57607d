import type { MapEntry, MapNode, ScalarNode, YamlNode } from './node.ts';
import { resolvePlain, resolveTagged } from './resolve.ts';
import { scanTokens, tooDeep } from './scanner.ts';
import { STANDARD } from './tag.ts';
import { describeToken, type Token, type TokenType } from './token.ts';
import { YamlError } from './yaml-error.ts';

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
    const composer = new Composer(scanTokens(text, options), options, errors);
    return { root: composer.document(), errors };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { root: null, errors: [...errors, error] };
  }
}

interface Anchor {
  /** Null while the value is being read: an alias to it would make the value contain itself. */
  readonly node: YamlNode | null;
  readonly values: number;
}

interface Entry {
  readonly key: YamlNode;
  readonly value: YamlNode;
  readonly merges: boolean;
}

const DEFAULT_HANDLES: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', STANDARD],
];

class Composer {
  private readonly tokens: readonly Token[];
  private readonly options: ComposeOptions;
  private readonly errors: YamlError[];
  private readonly anchors = new Map<string, Anchor>();
  private handles: ReadonlyMap<string, string> = new Map(DEFAULT_HANDLES);
  private next = 0;
  private depth = 0;
  private values = 0;

  constructor(tokens: readonly Token[], options: ComposeOptions, errors: YamlError[]) {
    this.tokens = tokens;
    this.options = options;
    this.errors = errors;
  }

  document(): YamlNode | null {
    let root: YamlNode | null = null;
    if (!this.at('directive', 'document-start', 'text-end')) {
      root = this.node(true, false);
    } else {
      this.skipDocumentEnds();
      if (!this.at('text-end')) {
        this.directives();
        this.expectDocumentStart();
        root = this.at('directive', 'document-start', 'document-end', 'text-end')
          ? this.empty()
          : this.node(true, false);
      }
    }
    this.skipDocumentEnds();
    if (!this.at('text-end')) {
      const token = this.peek();
      const message = this.at('document-start', 'directive')
        ? 'A second document begins here, and only one is read.'
        : `Here the value has ended; ${describeToken(token)} cannot follow.`;
      throw new YamlError(message, token.start, Math.max(token.end, token.start + 1));
    }
    return root;
  }

  private directives(): void {
    const handles = new Map<string, string>();
    let hasVersion = false;
    while (this.at('directive')) {
      const token = this.take();
      const [name, first = '', second = ''] = token.text.split(' ');
      if (name === 'YAML') {
        if (hasVersion || !first.startsWith('1.')) {
          throw new YamlError('Only one %YAML line may stand here, and only for version 1.', token.start, token.end);
        }
        hasVersion = true;
      } else if (name === 'TAG') {
        if (handles.has(first))
          throw new YamlError(`The tag handle ${first} is defined twice.`, token.start, token.end);
        handles.set(first, second);
      }
    }
    this.handles = new Map([...DEFAULT_HANDLES, ...handles]);
  }

  private expectDocumentStart(): void {
    if (!this.at('document-start')) {
      const token = this.peek();
      throw new YamlError(`Here '---' was expected, not ${describeToken(token)}.`, token.start, token.end);
    }
    this.take();
  }

  private skipDocumentEnds(): void {
    while (this.at('document-end')) this.take();
  }

  // Tokens

  /** @throws YamlError where the scanner could not go on */
  private peek(): Token {
    const token = this.tokens[this.next];
    if (token === undefined) throw new YamlError('The text ends too early.', 0);
    if (token.error !== null) throw token.error;
    return token;
  }

  private at(...types: readonly TokenType[]): boolean {
    return types.includes(this.peek().type);
  }

  private take(): Token {
    const token = this.peek();
    this.next += 1;
    return token;
  }

  // Values

  private node(block: boolean, indentless: boolean): YamlNode {
    this.depth += 1;
    if (this.depth > this.options.maxDepth) throw tooDeep(this.options.maxDepth, this.peek().start);
    this.count(1);
    const node = this.at('alias') ? this.alias() : this.ownNode(block, indentless);
    this.depth -= 1;
    return node;
  }

  private ownNode(block: boolean, indentless: boolean): YamlNode {
    const first = this.peek();
    if (first.type !== 'anchor' && first.type !== 'tag') return this.content(block, indentless, null);
    const valuesBefore = this.values;
    let anchor: Token | null = null;
    let tag: Token | null = null;
    while (this.at('anchor', 'tag')) {
      const token = this.peek();
      if (token.type === 'anchor' ? anchor !== null : tag !== null) break;
      if (token.type === 'anchor') anchor = this.take();
      else tag = this.take();
    }
    if (anchor !== null) this.openAnchor(anchor);
    const node = this.content(block, indentless, tag, first);
    if (anchor !== null) this.anchors.set(anchor.text, { node, values: this.values - valuesBefore + 1 });
    return node;
  }

  private content(block: boolean, indentless: boolean, tag: Token | null, properties: Token | null = null): YamlNode {
    const token = this.peek();
    const tagName = tag === null ? null : this.tagName(tag);
    switch (token.type) {
      case 'scalar':
        this.next += 1;
        return this.scalar(token, tagName, properties ?? token);
      case 'flow-list-start':
        return this.collection(this.flowList(), tagName);
      case 'flow-map-start':
        return this.collection(this.flowMap(), tagName);
      case 'list-entry':
        if (indentless) return this.collection(this.indentlessList(), tagName);
        break;
      case 'block-list-start':
        if (block) return this.collection(this.blockList(), tagName);
        break;
      case 'block-map-start':
        if (block) return this.collection(this.blockMap(), tagName);
        break;
      default:
    }
    if (properties !== null) {
      const nothing: Token = { ...properties, type: 'scalar', text: '' };
      return this.scalar(nothing, tagName, properties);
    }
    throw new YamlError(
      `Here a value was expected, not ${describeToken(token)}.`,
      token.start,
      Math.max(token.end, token.start + 1),
    );
  }

  private scalar(token: Token, tag: string | null, first: Token): ScalarNode {
    const implicit = tag === null ? token.style === 'plain' : tag === '!';
    try {
      if (implicit) {
        // Both mean something as a key only: `<<` merges, `=` is itself.
        if ((token.text === '<<' || token.text === '=') && !this.at('value')) {
          this.note(`${token.text} alone means nothing here; put it in quotes.`, token);
        }
        return resolvePlain(token.text, token);
      }
      if (tag !== null && tag !== '!') return resolveTagged(tag, token.text, token);
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      this.note(error.message, { start: first.start, end: token.end });
    }
    return {
      kind: 'scalar',
      type: 'string',
      value: token.text,
      style: token.style,
      start: token.start,
      end: token.end,
    };
  }

  /** A value that is not there is null. */
  private empty(): ScalarNode {
    const { start } = this.peek();
    return { kind: 'scalar', type: 'null', value: null, style: 'plain', start, end: start };
  }

  private tagName(tag: Token): string {
    const [handle = '', suffix = ''] = tag.text.split(' ');
    if (handle === '') return suffix;
    const prefix = this.handles.get(handle);
    if (prefix === undefined) throw new YamlError(`The tag handle ${handle} is not defined.`, tag.start, tag.end);
    return prefix + suffix;
  }

  private collection(node: YamlNode, tag: string | null): YamlNode {
    if (tag === null || tag === '!') return node;
    const type = tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : tag;
    if (type === 'seq' && node.kind === 'list') return node;
    if (type === 'map' && node.kind === 'map') return node;
    if (type === 'set' && node.kind === 'map')
      return { ...node, kind: 'list', items: node.entries.map(({ key }) => key) };
    if ((type === 'omap' || type === 'pairs') && node.kind === 'list') return this.pairs(node.items, node);
    this.note(`The tag ${type.startsWith('!') ? type : `!!${type}`} cannot be given to this value.`, node);
    return node;
  }

  private pairs(items: readonly YamlNode[], place: YamlNode): YamlNode {
    const pairs = items.map((item): YamlNode => {
      const entry = item.kind === 'map' && item.entries.length === 1 ? item.entries[0] : undefined;
      if (entry !== undefined)
        return { kind: 'list', items: [entry.key, entry.value], start: item.start, end: item.end };
      this.note('An entry here must be a dictionary of one key.', item);
      return item;
    });
    return { kind: 'list', items: pairs, start: place.start, end: place.end };
  }

  private note(message: string, place: { readonly start: number; readonly end: number }): void {
    this.errors.push(new YamlError(message, place.start, place.end));
  }

  // Anchors and aliases

  private openAnchor(token: Token): void {
    if (this.anchors.has(token.text)) {
      throw new YamlError(`The anchor &${token.text} is defined twice.`, token.start, token.end);
    }
    this.anchors.set(token.text, { node: null, values: 0 });
  }

  private alias(): YamlNode {
    const token = this.take();
    const anchor = this.anchors.get(token.text);
    if (anchor === undefined) {
      throw new YamlError(`There is no anchor &${token.text} before this alias.`, token.start, token.end);
    }
    if (anchor.node === null) {
      throw new YamlError(`The value of &${token.text} would contain itself.`, token.start, token.end);
    }
    this.count(anchor.values);
    return anchor.node;
  }

  private count(values: number): void {
    this.values += values;
    if (this.values > this.options.maxValues) {
      throw new YamlError(`This text stands for more than ${this.options.maxValues} values.`, this.peek().start);
    }
  }

  // Collections

  private blockList(): YamlNode {
    const { start } = this.take();
    const items: YamlNode[] = [];
    while (this.at('list-entry')) {
      this.take();
      items.push(this.at('list-entry', 'block-end') ? this.empty() : this.node(true, false));
    }
    this.endOfBlock('list');
    return { kind: 'list', items, start, end: items.at(-1)?.end ?? start };
  }

  /** The entries of a list that is not indented deeper than the key it belongs to. */
  private indentlessList(): YamlNode {
    const { start } = this.peek();
    const items: YamlNode[] = [];
    while (this.at('list-entry')) {
      this.take();
      items.push(this.at('list-entry', 'key', 'value', 'block-end') ? this.empty() : this.node(true, false));
    }
    return { kind: 'list', items, start, end: items.at(-1)?.end ?? start };
  }

  private blockMap(): MapNode {
    const { start } = this.take();
    const entries: Entry[] = [];
    while (this.at('key')) {
      this.take();
      const key = this.at('key', 'value', 'block-end') ? this.empty() : this.node(true, true);
      let value: YamlNode | null = null;
      if (this.at('value')) {
        this.take();
        if (!this.at('key', 'value', 'block-end')) value = this.node(true, true);
      }
      entries.push(entryOf(key, value ?? this.empty()));
    }
    this.endOfBlock('dictionary');
    return this.map(entries, start, entries.at(-1)?.value.end ?? start);
  }

  private endOfBlock(what: string): void {
    if (!this.at('block-end')) {
      const token = this.peek();
      throw new YamlError(
        `The ${what} goes on here in another way than it began: ${describeToken(token)} does not fit. Compare the indentation with the lines above.`,
        token.start,
        Math.max(token.end, token.start + 1),
      );
    }
    this.take();
  }

  private flowList(): YamlNode {
    const { start } = this.take();
    const items: YamlNode[] = [];
    while (!this.at('flow-list-end')) {
      if (items.length > 0 && !this.flowSeparator('flow-list-end', start)) break;
      items.push(this.at('key') ? this.pairInList() : this.node(false, false));
    }
    const { end } = this.take();
    return { kind: 'list', items, start, end };
  }

  /** `key: value` as an entry of a flow list is a dictionary of one key. */
  private pairInList(): MapNode {
    const { start } = this.take();
    const key = this.at('value', 'flow-entry', 'flow-list-end') ? this.empty() : this.node(false, false);
    const value = this.flowValue('flow-list-end');
    return this.map([entryOf(key, value)], start, value.end);
  }

  private flowMap(): MapNode {
    const { start } = this.take();
    const entries: Entry[] = [];
    while (!this.at('flow-map-end')) {
      if (entries.length > 0 && !this.flowSeparator('flow-map-end', start)) break;
      if (this.at('key')) {
        this.take();
        const key = this.at('value', 'flow-entry', 'flow-map-end') ? this.empty() : this.node(false, false);
        entries.push(entryOf(key, this.flowValue('flow-map-end')));
      } else {
        const key = this.node(false, false);
        entries.push(entryOf(key, this.empty()));
      }
    }
    const { end } = this.take();
    return this.map(entries, start, end);
  }

  private flowValue(closing: TokenType): YamlNode {
    if (!this.at('value')) return this.empty();
    this.take();
    return this.at('flow-entry', closing) ? this.empty() : this.node(false, false);
  }

  /** @returns false when the collection ends after a last comma */
  private flowSeparator(closing: 'flow-list-end' | 'flow-map-end', start: number): boolean {
    if (!this.at('flow-entry')) {
      const token = this.peek();
      const [what, bracket] = closing === 'flow-list-end' ? (['sequence', ']'] as const) : (['mapping', '}'] as const);
      const prefix = `while parsing a flow ${what}: `;
      // Indentation does not end a flow collection, so this is the end of the text.
      if (token.type === 'block-end' || token.type === 'text-end') {
        throw new YamlError(`${prefix}this bracket is never closed; '${bracket}' is missing.`, start, start + 1);
      }
      throw new YamlError(
        `${prefix}',' or '${bracket}' is missing before ${describeToken(token)}.`,
        token.start,
        Math.max(token.end, token.start + 1),
      );
    }
    this.take();
    return !this.at(closing);
  }

  private map(entries: readonly Entry[], start: number, end: number): MapNode {
    const merged = new Map<unknown, MapEntry>();
    for (const entry of entries) if (entry.merges) this.merge(entry.value, merged);
    for (const { key, value, merges } of entries) {
      if (merges) continue;
      if (key.kind === 'scalar') {
        set(merged, key, value);
      } else {
        this.note('A list or a dictionary cannot be a key; text with {{ }}, { } or [ ] needs quotes around it.', key);
      }
    }
    return { kind: 'map', entries: [...merged.values()], start, end };
  }

  /** What `<<` brings in: the dictionary's own keys come before it and win. */
  private merge(value: YamlNode, into: Map<unknown, MapEntry>): void {
    const sources = value.kind === 'list' ? value.items.toReversed() : [value];
    for (const source of sources) {
      if (source.kind === 'map') for (const entry of source.entries) set(into, entry.key, entry.value);
      else this.note("Only a dictionary, or a list of dictionaries, can follow '<<:'.", source);
    }
  }
}

function entryOf(key: YamlNode, value: YamlNode): Entry {
  const merges = key.kind === 'scalar' && key.type === 'string' && key.style === 'plain' && key.value === '<<';
  return { key, value, merges };
}

/** The last value wins, and stays where the key stood first. */
function set(into: Map<unknown, MapEntry>, key: ScalarNode, value: YamlNode): void {
  const identity = identityOf(key);
  into.set(identity, { key: into.get(identity)?.key ?? key, value });
}

/** Python holds 1, 1.0 and True for the same key. */
function identityOf(key: ScalarNode): unknown {
  const { value } = key;
  if (typeof value === 'string') return key.type === 'string' ? value : `${key.type} ${value}`;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value !== null && typeof value === 'object') {
    return typeof value.value === 'bigint' ? `integer ${value.value}` : value.value;
  }
  return value;
}
