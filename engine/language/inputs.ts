import { toJson, type YamlNode } from '../yaml/node.ts';
import { type Attributes, isText } from './attributes.ts';
import type { InputDeclaration } from './definition.ts';
import { checkEntry } from './dictionary.ts';
import { refuseDuplicates } from './duplicates.ts';
import type { Report } from './report.ts';

/** The declared inputs of a workflow or an action: names, and names with a default. */
export function readInputs(attributes: Attributes, report: Report): readonly InputDeclaration[] {
  const node = attributes.node('input');
  if (node === undefined) return [];
  if (node.kind !== 'list' || node.items.length === 0) {
    attributes.refuse('input', node, 'a list of names, each with a default (name: value) or without');
    return [];
  }
  refuseDuplicates(node.items, report);
  const declarations = node.items.flatMap((item) => readInput(item, attributes.owner, report) ?? []);
  // Of inputs declared twice, once with and once without a default, the last one counts.
  return [...new Map(declarations.map((declaration) => [declaration.name, declaration])).values()];
}

function readInput(item: YamlNode, owner: string, report: Report): InputDeclaration | null {
  if (isText(item)) return { name: String(item.value) };
  const entry = item.kind === 'map' && item.entries.length === 1 ? item.entries[0] : undefined;
  if (entry === undefined) {
    report.add(item, `Each 'input' of ${owner} must be a name, or one name with its default (name: value).`);
    return null;
  }
  return checkEntry(entry, report) ? { name: String(entry.key.value), default: toJson(entry.value) } : null;
}
