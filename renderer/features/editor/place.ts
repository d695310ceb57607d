import { OutlineReader } from './outline.ts';

/** Where in the language somebody is writing. */
export interface Place {
  /** The keys of the dictionaries around, the outermost first. */
  readonly path: readonly string[];
  /**
   * `key`: the name of an attribute is being written (which may as well be an item of a list). `value`: what follows the
   * attribute `of`; `item`: an item of the list that is its value.
   */
  readonly typing: 'key' | 'value' | 'item';
  /** Null where a key is written. */
  readonly of: string | null;
  /** What has been written of it, up to the cursor, and where in the whole text that begins. */
  readonly written: string;
  readonly from: number;
  /** The line of the cursor, from 1. */
  readonly line: number;
  /** The expression that the cursor is in; `text` is what stands before the cursor. */
  readonly expression: { readonly language: 'yaql' | 'jinja'; readonly text: string } | null;
}

const KEY_AND_VALUE = /^(?:"([^"]*)"|'([^']*)'|([^\s"'#[\]{}:][^#:]*?))\s*:[ \t]+(.*)$/;

/** The place of an offset. Null in a comment. */
export function placeAt(text: string, offset: number): Place | null {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  const expression = expressionIn(before);
  if (expression === null && /(^|\s)#/.test(before)) return null;

  const reader = new OutlineReader();
  const above = text.slice(0, start).split(/\r?\n/);
  for (const each of above.slice(0, -1)) reader.read(each);
  const line = above.length;

  const [, space = '', dashes = ''] = /^([ \t]*)((?:-[ \t]+)*)/.exec(before) ?? [];
  const content = before.slice(space.length + dashes.length);
  const isItem = dashes !== '';
  const outer = reader.pathAt(space.length, isItem);
  const common = { line, expression };
  const at = (written: string) => ({ written, from: offset - written.length });

  const pair = KEY_AND_VALUE.exec(content);
  if (pair === null) {
    const flow = isItem ? inFlow(content, outer, outer.at(-1) ?? null) : null;
    if (flow !== null) return { ...common, ...flow, ...at(flow.written) };
    if (!isItem) return { ...common, path: outer, typing: 'key', of: null, ...at(content) };
    return { ...common, path: outer.slice(0, -1), typing: 'item', of: outer.at(-1) ?? null, ...at(content) };
  }
  const key = pair[1] ?? pair[2] ?? pair[3] ?? '';
  const value = pair[4] ?? '';
  const flow = inFlow(value, [...outer, key], key);
  if (flow !== null) return { ...common, ...flow, ...at(flow.written) };
  return { ...common, path: outer, typing: 'value', of: key, ...at(value) };
}

type Within = Pick<Place, 'path' | 'typing' | 'of' | 'written'>;

/** Within `[a, b` or `{a: b, c`, one level deep. */
function inFlow(value: string, path: readonly string[], of: string | null): Within | null {
  if (value.startsWith('[') && !value.endsWith(']')) {
    const written = value.slice(Math.max(value.lastIndexOf('['), value.lastIndexOf(',')) + 1).trimStart();
    return { path: path.slice(0, -1), typing: 'item', of, written };
  }
  if (!value.startsWith('{') || value.startsWith('{{') || value.startsWith('{%') || value.endsWith('}')) return null;
  const written = value.slice(Math.max(value.lastIndexOf('{'), value.lastIndexOf(',')) + 1).trimStart();
  const pair = KEY_AND_VALUE.exec(written);
  if (pair === null) return { path, typing: 'key', of: null, written };
  return { path, typing: 'value', of: pair[1] ?? pair[2] ?? pair[3] ?? '', written: pair[4] ?? '' };
}

/** Expressions end in the line in which they begin. */
function expressionIn(before: string): Place['expression'] {
  const yaql = before.lastIndexOf('<%');
  if (yaql > before.lastIndexOf('%>')) return { language: 'yaql', text: before.slice(yaql + 2) };
  for (const [open, close] of [
    ['{{', '}}'],
    ['{%', '%}'],
  ] as const) {
    const start = before.lastIndexOf(open);
    if (start > before.lastIndexOf(close)) return { language: 'jinja', text: before.slice(start + 2) };
  }
  return null;
}
