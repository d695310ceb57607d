import type { MapEntry, MapNode } from '../yaml/node.ts';
import { describe } from './describe.ts';
import type { Report } from './report.ts';

/** Python's `\w` for a whole name. Mistral checks the values of other names less. */
const WORD = /^[\p{L}\p{N}_]+\n?$/u;

export function isWord(name: string): boolean {
  return WORD.test(name);
}

/**
 * Whether a dictionary is one as Mistral wants it: not empty, its keys text, and no dates among its values.
 * @param what as it reads at the beginning of a sentence: "'publish' of task 'a'"
 */
export function checkDictionary(node: MapNode, what: string, report: Report): boolean {
  if (node.entries.length === 0) {
    report.add(node, `${what} must not be empty.`);
    return false;
  }
  return node.entries.filter((entry) => !checkEntry(entry, report)).length === 0;
}

/** Whether the key is text, and the value none that JSON has no word for; says so if not. */
export function checkEntry(entry: MapEntry, report: Report): boolean {
  if (entry.key.type !== 'string') {
    refuseKey(entry, report);
    return false;
  }
  const { value } = entry;
  if (
    value.kind === 'scalar' &&
    (value.type === 'date' || value.type === 'binary') &&
    isWord(String(entry.key.value))
  ) {
    report.add(
      value,
      `This is ${describe(value)} in YAML, which Mistral does not take here; put it in quotes to use it as text.`,
    );
    return false;
  }
  return true;
}

/** Says how YAML reads a key that is no text. */
export function refuseKey(entry: MapEntry, report: Report): void {
  const { start, end } = entry.key;
  const written = report.source.text.slice(start, end);
  report.add(
    entry.key,
    `YAML reads the key ${written === '' ? '' : `${written} `}as ${describe(entry.key)}; put it in quotes.`,
  );
}
