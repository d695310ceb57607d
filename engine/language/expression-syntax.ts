import { findSyntaxProblems } from '../expressions/evaluate.ts';
import type { ScalarNode, YamlNode } from '../yaml/node.ts';
import { sourceOffset } from '../yaml/source-offset.ts';
import type { Report } from './report.ts';

/** Whether the whole text is one expression; Mistral lets spaces follow it, but no line break stand in it. */
export function isExpression(text: string): boolean {
  const body = text.trimEnd();
  if (body.length < 4 || body.includes('\n')) return false;
  return (body.startsWith('<%') && body.endsWith('%>')) || (body.startsWith('{{') && body.endsWith('}}'));
}

/** Checks the expressions in a text. */
export function checkText(node: ScalarNode, report: Report): void {
  if (typeof node.value === 'string') checkPart(node, node.value, 0, report);
}

/**
 * Checks the expressions that Mistral checks when a definition is created: those in a text, and those in the texts
 * directly inside of a dictionary or a list. What is nested deeper is met when it is evaluated.
 */
export function checkTemplate(node: YamlNode, report: Report): void {
  if (node.kind === 'scalar') checkText(node, report);
  else if (node.kind === 'list') for (const item of node.items) checkScalar(item, report);
  else for (const entry of node.entries) checkScalar(entry.value, report);
}

function checkScalar(node: YamlNode, report: Report): void {
  if (node.kind === 'scalar') checkText(node, report);
}

/**
 * Checks the expressions in a part of a scalar.
 * @param offset where the part begins in the scalar's value
 */
export function checkPart(node: ScalarNode, part: string, offset: number, report: Report): void {
  for (const problem of findSyntaxProblems(part)) {
    const { text } = report.source;
    const start = sourceOffset(text, node, offset + problem.offset);
    const end = sourceOffset(text, node, offset + problem.offset + problem.length);
    report.add({ start, end }, problem.message);
  }
}
