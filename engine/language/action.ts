import { keyText, type MapEntry, toJson } from '../yaml/node.ts';
import type { ActionDefinition } from './action-definition.ts';
import { Attributes } from './attributes.ts';
import { describe, shorten } from './describe.ts';
import { checkEntry } from './dictionary.ts';
import { checkTemplate, checkText } from './expression-syntax.ts';
import { readInputs } from './inputs.ts';
import type { Report } from './report.ts';
import { readCommand } from './task.ts';

const ATTRIBUTES = ['base', 'base-input', 'input', 'output', 'description', 'tags', 'name', 'version'];

/** Reads one ad-hoc action; null when it is not even a dictionary or has no base. What is wrong is reported. */
export function readAction(entry: MapEntry, report: Report): ActionDefinition | null {
  const name = keyText(entry.key);
  const owner = `action '${shorten(name)}'`;
  const body = entry.value;
  if (body.kind !== 'map') {
    const place = body.start === body.end ? entry.key : body;
    report.add(place, `An action must be a dictionary with 'base'; '${shorten(name)}' is ${describe(body)}.`);
    return null;
  }
  const attributes = new Attributes(body, owner, report);
  attributes.allow(ATTRIBUTES);
  attributes.require('base');
  for (const each of body.entries) if (each.key.type === 'string') checkEntry(each, report);
  const baseInput = attributes.object('base-input');
  const baseInputNode = attributes.node('base-input');
  if (baseInputNode !== undefined) checkTemplate(baseInputNode, report);
  const output = attributes.node('output');
  if (output?.kind === 'scalar') checkText(output, report);
  const base = attributes.text('base');
  const baseNode = attributes.node('base');
  const definition = {
    name,
    description: attributes.text('description') ?? '',
    tags: attributes.names('tags') ?? [],
    input: readInputs(attributes, report),
    output: output === undefined ? null : toJson(output),
  };
  if (base === null || baseNode?.kind !== 'scalar') return null;
  const command = readCommand(baseNode, base, owner, 'base', report);
  return {
    ...definition,
    base: command.name,
    baseInput: { ...baseInput, ...command.input },
  };
}
