import type { ScalarNode, Timestamp, YamlNode } from '../../yaml/node.ts';
import { readYaml } from '../../yaml/read-yaml.ts';
import { claimCharacters, enter, leave, spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { decodeBase64 } from './bytes.ts';
import { DateTime, UTC } from './date-time.ts';
import { makeSet, setEntry } from './dict.ts';
import { PlainDate } from './plain-date.ts';
import { Dict, type DictEntries, List, Tuple, type Value } from './value.ts';

/**
 * The text as Mistral's `yaml_parse` reads it, with `&` and `*` nothing but text.
 * @throws ExpressionError when the text is no YAML
 */
export function parseYaml(text: string): Value {
  claimCharacters(text.length);
  spend(readingCost(text));
  const { root, errors } = readYaml(text, { anchors: false });
  const [error] = errors;
  if (error !== undefined) {
    const lines = text.slice(0, error.start).split(/\r\n|[\r\n]/);
    throw new ExpressionError(
      `${error.message} (line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1} of the YAML text)`,
    );
  }
  return root === null ? null : toValue(root);
}

/** What reading will take: the marks that make up its structure cost most, a long plain text next to nothing. */
function readingCost(text: string): number {
  let cost = text.length >>> 2;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // Line breaks and whatever is neither a letter, a digit nor a space.
    if (code < 0x30 ? code !== 0x20 : code < 0x80 && !isLetter(code)) cost += 16;
  }
  return cost;
}

function isLetter(code: number): boolean {
  return code < 0x3a || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f;
}

function toValue(node: YamlNode): Value {
  spend(5);
  if (node.kind === 'scalar') return scalar(node);
  enter();
  const value = node.kind === 'map' ? dictionary(node.entries) : sequence(node.form, node.items);
  leave();
  return value;
}

function dictionary(written: readonly { readonly key: ScalarNode; readonly value: YamlNode }[]): Value {
  const entries: DictEntries = new Map();
  for (const { key, value } of written) setEntry(entries, scalar(key), toValue(value));
  return new Dict(entries, false);
}

function sequence(form: 'list' | 'set' | 'pairs', nodes: readonly YamlNode[]): Value {
  const items = nodes.map(toValue);
  if (form === 'set') return makeSet(items, false);
  return new List(
    form === 'pairs' ? items.map((pair) => (pair instanceof List ? new Tuple(pair.items) : pair)) : items,
  );
}

function scalar({ type, value, timestamp }: ScalarNode): Value {
  if (type === 'binary') return decodeBase64(String(value));
  return timestamp === undefined ? value : moment(timestamp);
}

function moment({ year, month, day, time }: Timestamp): Value {
  const date = { year, month, day };
  if (time === null) {
    return new PlainDate(DateTime.of({ ...date, hour: 0, minute: 0, second: 0, microsecond: 0 }, null));
  }
  const { offset, ...clock } = time;
  const zone = offset === null ? null : offset === 0 ? UTC : { offset: offset * 60, name: null };
  return DateTime.of({ ...date, ...clock }, zone);
}
