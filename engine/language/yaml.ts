import type { Json } from '../model/json.ts';
import type { Problem } from './problem.ts';
import { SourceText } from './source-text.ts';
import { compose } from './yaml/compose.ts';
import { toJson, type YamlNode } from './yaml/node.ts';

/** Larger texts are refused unread. In characters. */
const MOST_CHARACTERS = 5_000_000;
/** Python gives up at some 300 levels; nothing that a person writes comes near. */
const MOST_LEVELS = 200;
const MOST_VALUES = 1_000_000;

export interface ParsedYaml {
  /** Null when there is no value, or none that can be read. */
  readonly value: Json;
  readonly problems: readonly Problem[];
  /** The same value with the place of each part; null where there is none. */
  readonly root: YamlNode | null;
}

/**
 * Reads YAML 1.1 as PyYAML's `safe_load` does, with all its peculiarities: `yes` is true, `0755` is octal, `1e3` is
 * text. Dates become text. There are limits to size, depth and what aliases may stand for, so that no text can hang
 * or exhaust the reader.
 */
export function parseYaml(text: string): ParsedYaml {
  const { root, problems } = parseNodes(new SourceText(text), { anchors: true });
  return { value: root === null || problems.length > 0 ? null : toJson(root), problems, root };
}

/**
 * Reads the YAML of a definition. Mistral switches anchors off for these, so `&`, `*` and `@` may begin plain text.
 */
export function parseNodes(
  source: SourceText,
  options: { readonly anchors: boolean },
): { readonly root: YamlNode | null; readonly problems: readonly Problem[] } {
  const { text } = source;
  if (text.length > MOST_CHARACTERS) {
    const message = `The text has ${text.length} characters; at most ${MOST_CHARACTERS} are read.`;
    return { root: null, problems: [source.problem(message, 0, 0)] };
  }
  // NUL and its kind; C1 controls except the line break 0x85; surrogates without a partner; non-characters.
  const unreadable = /[^\t\n\r\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text);
  if (unreadable !== null) {
    const code = (unreadable[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const message = `The character U+${code} cannot stand in YAML.`;
    return { root: null, problems: [source.problem(message, unreadable.index, unreadable.index + 1)] };
  }
  const { root, errors } = compose(text, { ...options, maxDepth: MOST_LEVELS, maxValues: MOST_VALUES });
  return { root, problems: errors.map((error) => source.problem(error.message, error.start, error.end)) };
}
