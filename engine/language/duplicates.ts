import { keyText, type YamlNode } from '../yaml/node.ts';
import { shorten } from './describe.ts';
import type { Report } from './report.ts';

/**
 * Reports the items of a list that stand there twice.
 * @returns whether there were any
 */
export function refuseDuplicates(items: readonly YamlNode[], report: Report): boolean {
  const seen = new Set<string>();
  let found = false;
  for (const item of items) {
    const key = fingerprint(item);
    if (seen.has(key)) {
      found = true;
      report.add(item, `${shorten(report.source.text.slice(item.start, item.end))} stands in the list twice.`);
    }
    seen.add(key);
  }
  return found;
}

/** The same for values that Mistral holds for equal. */
function fingerprint(node: YamlNode): string {
  if (node.kind === 'scalar') return `${node.type} ${JSON.stringify(keyText(node))}`;
  if (node.kind === 'list') return `[${node.items.map(fingerprint).join()}]`;
  const entries = node.entries.map(({ key, value }) => `${fingerprint(key)}:${fingerprint(value)}`);
  return `{${entries.toSorted().join()}}`;
}
