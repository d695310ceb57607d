import { type Composed, compose } from './compose.ts';
import { YamlError } from './yaml-error.ts';

/** Larger texts are refused unread. In characters. */
const MOST_CHARACTERS = 5_000_000;
/** Python gives up at some 300 levels; nothing that a person writes comes near. */
const MOST_LEVELS = 200;
const MOST_VALUES = 1_000_000;

/**
 * Reads YAML 1.1 as PyYAML's `safe_load` does, with all its peculiarities: `yes` is true, `0755` is octal, `1e3` is
 * text. There are limits to size, depth and what aliases may stand for, so that no text can hang or exhaust the reader.
 * @param options `anchors: false` is what Mistral makes of PyYAML: `&`, `*` and `@` may begin plain text
 */
export function readYaml(text: string, options: { readonly anchors: boolean }): Composed {
  if (text.length > MOST_CHARACTERS) {
    return refused(`The text has ${text.length} characters; at most ${MOST_CHARACTERS} are read.`, 0, 0);
  }
  // NUL and its kind; C1 controls except the line break 0x85; surrogates without a partner; non-characters.
  const unreadable = /[^\t\n\r\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text);
  if (unreadable !== null) {
    const code = (unreadable[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return refused(`The character U+${code} cannot stand in YAML.`, unreadable.index, unreadable.index + 1);
  }
  return compose(text, { ...options, maxDepth: MOST_LEVELS, maxValues: MOST_VALUES });
}

function refused(message: string, start: number, end: number): Composed {
  return { root: null, errors: [new YamlError(message, start, end)] };
}
