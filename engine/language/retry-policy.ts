import type { MapNode, ScalarNode, YamlNode } from '../yaml/node.ts';
import { Attributes } from './attributes.ts';
import { checkParameters } from './check-parameters.ts';
import type { RetryPolicy } from './definition.ts';
import { describe } from './describe.ts';
import { checkTemplate } from './expression-syntax.ts';
import { type Command, parseCommand } from './inline-parameters.ts';
import type { Report } from './report.ts';

/** Reads `retry` as a dictionary or in one line (`count=3 delay=1`). @param owner "task 'a'" */
export function readRetry(node: YamlNode, owner: string, report: Report): RetryPolicy | null {
  const map = node.kind === 'scalar' ? fromOneLine(node, owner, report) : node;
  if (map?.kind !== 'map') {
    if (map !== null) report.add(node, `'retry' of ${owner} must be a dictionary or text, not ${describe(node)}.`);
    return null;
  }
  const attributes = new Attributes(map, `'retry' of ${owner}`, report);
  attributes.allow(['count', 'delay', 'break-on', 'continue-on']);
  attributes.require('count');
  attributes.require('delay');
  if (node.kind === 'map') checkTemplate(node, report);
  return {
    count: attributes.number('count') ?? 0,
    delay: attributes.number('delay') ?? 0,
    breakOn: attributes.expression('break-on'),
    continueOn: attributes.expression('continue-on'),
  };
}

function fromOneLine(node: ScalarNode, owner: string, report: Report): MapNode | null {
  const text = node.type === 'string' ? String(node.value) : '';
  const command = text === '' ? null : parseCommand(text);
  if (command === null) {
    report.add(
      node,
      `'retry' of ${owner} must be a dictionary or text such as 'count=3 delay=1', not ${describe(node)}.`,
    );
    return null;
  }
  checkParameters(node, text, command, report);
  return toMap(command, node);
}

/** The parameters as if they had been written as a dictionary, all in the place of the text. */
function toMap(command: Command, node: ScalarNode): MapNode {
  const { start, end } = node;
  const scalar = (value: ScalarNode['value'], type: ScalarNode['type']): ScalarNode => ({
    kind: 'scalar',
    style: 'plain',
    type,
    value,
    start,
    end,
  });
  // Of parameters given twice the last one counts.
  const last = new Map(command.parameters.map(({ name, value }) => [name, value]));
  const entries = [...last].map(([name, value]) => ({
    key: scalar(name, 'string'),
    value:
      typeof value === 'number'
        ? scalar(value, 'integer')
        : typeof value === 'boolean'
          ? scalar(value, 'boolean')
          : scalar(typeof value === 'string' ? value : null, typeof value === 'string' ? 'string' : 'null'),
  }));
  return { kind: 'map', entries, start, end };
}
