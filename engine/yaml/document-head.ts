import { STANDARD } from './tag.ts';
import type { Token } from './token.ts';
import { errorAt, type TokenStream } from './token-stream.ts';

/** What the first part of a tag stands for: `!!` is YAML's own types. */
export type TagHandles = ReadonlyMap<string, string>;

export const DEFAULT_HANDLES: TagHandles = new Map([
  ['!', '!'],
  ['!!', STANDARD],
]);

/** Reads the `%` lines before a document and its `---`. @throws YamlError */
export function readDocumentHead(tokens: TokenStream): TagHandles {
  const handles = new Map<string, string>();
  let hasVersion = false;
  while (tokens.at('directive')) {
    const token = tokens.take();
    const [name, first = '', second = ''] = token.text.split(' ');
    if (name === 'YAML') {
      if (hasVersion || !first.startsWith('1.')) {
        throw errorAt(token, 'Only one %YAML line may stand here, and only for version 1.');
      }
      hasVersion = true;
    } else if (name === 'TAG') {
      if (handles.has(first)) throw errorAt(token, `The tag handle ${first} is defined twice.`);
      handles.set(first, second);
    }
  }
  if (!tokens.skip('document-start')) throw errorAt(tokens.peek(), "Here the line '---' is missing.");
  return new Map([...DEFAULT_HANDLES, ...handles]);
}

/** The full name of a tag. @throws YamlError */
export function tagName(tag: Token, handles: TagHandles): string {
  const [handle = '', suffix = ''] = tag.text.split(' ');
  if (handle === '') return suffix;
  const prefix = handles.get(handle);
  if (prefix === undefined) throw errorAt(tag, `The tag handle ${handle} is not defined.`);
  return prefix + suffix;
}
