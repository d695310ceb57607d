import type { ScalarNode } from '../yaml/node.ts';
import { sourceOffset } from '../yaml/source-offset.ts';
import { shorten } from './describe.ts';
import { checkPart } from './expression-syntax.ts';
import { type Command, lostText } from './inline-parameters.ts';
import type { Report } from './report.ts';

/** Checks the expressions in inline parameters, and hints at what is lost of them. */
export function checkParameters(node: ScalarNode, text: string, command: Command, report: Report): void {
  for (const { value, offset } of command.parameters) {
    if (typeof value === 'string') checkPart(node, value, offset, report);
  }
  hintAtLostText(node, text, command, report);
}

/** Of one command: to find the place of each in its scalar costs a walk through it. */
const MOST_HINTS = 10;

/** Mistral takes what is no value of its own for nothing, and says so nowhere. */
export function hintAtLostText(node: ScalarNode, text: string, command: Command, report: Report): void {
  for (const lost of lostText(text, command).slice(0, MOST_HINTS)) {
    const start = sourceOffset(report.source.text, node, lost.offset);
    const end = sourceOffset(report.source.text, node, lost.offset + lost.text.length);
    report.hint(
      { start, end },
      `Mistral passes over '${shorten(lost.text)}' in silence: a value here is "text", an expression, a [list], true, false, null or a whole number. Write others with 'input', as a dictionary.`,
    );
  }
}
