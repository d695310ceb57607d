import type { ScalarStyle } from './node.ts';
import type { YamlError } from './yaml-error.ts';

export type TokenType =
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'text-end'
  | 'block-list-start'
  | 'block-map-start'
  | 'block-end'
  | 'flow-list-start'
  | 'flow-list-end'
  | 'flow-map-start'
  | 'flow-map-end'
  | 'list-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'
  | 'error';

export interface Token {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
  /** Of a scalar its text, of the others what stands behind the indicator. */
  readonly text: string;
  readonly style: ScalarStyle;
  /** Only of the type `error`, which is always the last token. */
  readonly error: YamlError | null;
}

/** What a person would call the token. */
export function describeToken(token: Token): string {
  return WORDS[token.type];
}

const WORDS: Readonly<Record<TokenType, string>> = {
  directive: 'a directive',
  'document-start': 'another document (---)',
  'document-end': 'the end of the document (...)',
  'text-end': 'the end of the text',
  'block-list-start': 'a list',
  'block-map-start': 'a dictionary',
  'block-end': 'less indentation',
  'flow-list-start': "'['",
  'flow-list-end': "']'",
  'flow-map-start': "'{'",
  'flow-map-end': "'}'",
  'list-entry': "a list entry ('-')",
  'flow-entry': "','",
  key: 'a key',
  value: "':'",
  alias: 'an alias',
  anchor: 'an anchor',
  tag: 'a tag',
  scalar: 'a value',
  error: 'something unreadable',
};
