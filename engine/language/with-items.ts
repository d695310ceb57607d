import type { Json } from '../model/json.ts';
import { fromEntries, type JsonObject } from '../model/json.ts';
import type { ScalarNode } from '../yaml/node.ts';
import { type Attributes, isText } from './attributes.ts';
import { describe, shorten } from './describe.ts';
import { refuseDuplicates } from './duplicates.ts';
import { checkPart } from './expression-syntax.ts';
import { parsePythonJson } from './python-json.ts';
import type { Report } from './report.ts';

/** `variable in list`; what follows the list is passed over, as Mistral does. */
const CLAUSE = /^\s*([\p{L}\p{N}_-]+)\s*in\s*(\[[^\n]+\]|\{\{[^\n]*?\}\}|<%[^\n]*?%>)/u;

/** Reads `with-items`: one clause or a list of them. Null without any. */
export function readWithItems(attributes: Attributes, report: Report): JsonObject | null {
  const node = attributes.node('with-items');
  if (node === undefined) return null;
  const clauses = node.kind === 'list' ? node.items : [node];
  const texts = clauses.filter(isText);
  if (texts.length < clauses.length || clauses.length === 0) {
    report.add(
      node,
      `'with-items' of ${attributes.owner} must be 'name in list' or a list of these, not ${describe(node)}.`,
    );
    return null;
  }
  refuseDuplicates(texts, report);
  return fromEntries(texts.flatMap((text) => readClause(text, attributes.owner, report)));
}

function readClause(node: ScalarNode, owner: string, report: Report): readonly (readonly [string, Json])[] {
  const text = String(node.value);
  const [whole, variable, list] = CLAUSE.exec(text) ?? [];
  if (whole === undefined || variable === undefined || list === undefined) {
    report.add(
      node,
      `Wrong format of 'with-items' property: ${owner} must say 'name in <% expression %>' or 'name in [1, 2]', not '${shorten(text)}'.`,
    );
    return [];
  }
  checkPart(node, list, whole.length - list.length, report);
  if (!list.startsWith('[')) return [[variable, list]];
  const items = parsePythonJson(list);
  if (items === undefined) {
    report.add(node, `Invalid array in 'with-items' clause: ${list} must be JSON, with texts in double quotes.`);
    return [];
  }
  return [[variable, items]];
}
