import { fromEntries, type JsonObject } from '../model/json.ts';
import { type MapEntry, type MapNode, type ScalarNode, toJson } from '../yaml/node.ts';
import { Attributes } from './attributes.ts';
import { checkParameters } from './check-parameters.ts';
import type { TaskDefinition } from './definition.ts';
import { capitalized, describe, shorten } from './describe.ts';
import { checkTemplate } from './expression-syntax.ts';
import { parseCommand } from './inline-parameters.ts';
import { POLICIES } from './policies.ts';
import type { Range, Report } from './report.ts';
import { type CommonParts, ON_CLAUSES, readCommonParts } from './task-defaults.ts';
import { readWithItems } from './with-items.ts';

/** A task as it was read, before the workflow's defaults and its links to other tasks are looked at. */
export interface TaskDraft {
  readonly common: CommonParts;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly runs: TaskDefinition['runs'];
  readonly input: JsonObject | string;
  readonly withItems: JsonObject | null;
  readonly join: 'all' | number | null;
  readonly publish: JsonObject | null;
  readonly publishOnError: JsonObject | null;
  readonly publishOnSkip: JsonObject | null;
  readonly keepResult: boolean;
  readonly target: string | null;
  readonly spec: JsonObject;
  /** Where its name stands. */
  readonly place: Range;
  readonly joinPlace: Range;
}

const ATTRIBUTES_OF_BOTH = [
  'action',
  'workflow',
  'input',
  'with-items',
  'publish',
  'publish-on-error',
  'publish-on-skip',
  ...POLICIES,
  'target',
  'keep-result',
  'safe-rerun',
  'description',
  'tags',
  // Mistral puts these three into every task itself, whatever they were.
  'name',
  'type',
  'version',
];

const ATTRIBUTES = {
  direct: [...ATTRIBUTES_OF_BOTH, 'join', ...ON_CLAUSES],
  reverse: [...ATTRIBUTES_OF_BOTH, 'requires'],
};

const ONLY_DIRECT = { attributes: ['join', ...ON_CLAUSES], where: 'in a direct workflow (this one is reverse)' };
const ONLY_REVERSE = { attributes: ['requires'], where: 'in a workflow with type: reverse' };

const LONGEST_NAME = 255;
const LONGEST_JOIN_NAME = 208;

export function readTask(entry: MapEntry, body: MapNode, type: 'direct' | 'reverse', report: Report): TaskDraft {
  const name = String(entry.key.value);
  const attributes = new Attributes(body, `task '${shorten(name)}'`, report);
  attributes.allow(ATTRIBUTES[type], type === 'direct' ? ONLY_REVERSE : ONLY_DIRECT);
  if (isLonger(name, LONGEST_NAME)) {
    report.add(entry.key, `The length of a '${name}' task name must not exceed ${LONGEST_NAME} symbols.`);
  }
  for (const attribute of ['input', 'publish', 'publish-on-error', 'publish-on-skip', 'keep-result']) {
    const node = attributes.node(attribute);
    if (node !== undefined) checkTemplate(node, report);
  }
  const keepResult = attributes.truth('keep-result');
  const work = readWork(attributes, report);
  return {
    common: readCommonParts(attributes, report),
    runs: work.runs,
    input: work.input,
    name,
    description: attributes.text('description') ?? '',
    tags: attributes.names('tags') ?? [],
    withItems: readWithItems(attributes, report),
    join: readJoin(name, attributes, report),
    publish: attributes.object('publish'),
    publishOnError: attributes.object('publish-on-error'),
    publishOnSkip: attributes.object('publish-on-skip'),
    keepResult: keepResult !== false,
    target: attributes.text('target'),
    // Mistral puts these three in itself.
    spec: { ...(toJson(body) as JsonObject), name, type, version: '2.0' },
    place: entry.key,
    joinPlace: attributes.node('join') ?? entry.key,
  };
}

/** `action` or `workflow` with inline parameters, and `input`. */
function readWork(attributes: Attributes, report: Report): Pick<TaskDraft, 'runs' | 'input'> {
  const action = attributes.text('action');
  const workflow = attributes.text('workflow');
  if (attributes.has('action') && attributes.has('workflow')) {
    report.add(
      attributes.node('workflow') ?? attributes.range,
      `${capitalized(attributes.owner)} can run an action or a workflow, not both.`,
    );
  }
  const attribute = action === null && workflow !== null ? 'workflow' : 'action';
  const runs = (name: string): TaskDefinition['runs'] => ({
    type: attribute === 'action' ? 'ACTION' : 'WORKFLOW',
    name,
  });
  const own = readInput(attributes, report);
  const node = attributes.node(attribute);
  const text = action ?? workflow;
  if (text === null || node?.kind !== 'scalar') return { runs: runs('std.noop'), input: own };

  const command = readCommand(node, text, attributes.owner, attribute, report);
  if (typeof own === 'string' && Object.keys(command.input).length > 0) {
    report.add(
      node,
      `${capitalized(attributes.owner)} cannot have inline parameters, because its whole 'input' is one text.`,
    );
    return { runs: runs(command.name), input: own };
  }
  return { runs: runs(command.name), input: typeof own === 'string' ? own : { ...own, ...command.input } };
}

function readInput(attributes: Attributes, report: Report): JsonObject | string {
  const node = attributes.node('input');
  if (node === undefined) return {};
  if (node.kind === 'scalar' && node.type === 'string' && node.value !== '') return String(node.value);
  if (node.kind === 'map') return attributes.object('input') ?? {};
  report.add(
    node,
    `'input' of ${attributes.owner} must be a dictionary (name: value) or one expression, not ${describe(node)}.`,
  );
  return {};
}

/** A name with inline parameters. @param attribute for the sentence when there is no name */
export function readCommand(
  node: ScalarNode,
  text: string,
  owner: string,
  attribute: string,
  report: Report,
): { readonly name: string; readonly input: JsonObject } {
  const command = parseCommand(text);
  if (command === null) {
    report.add(
      node,
      `'${attribute}' of ${owner} must begin with a name or an expression, not with '${shorten(text)}'.`,
    );
    return { name: text, input: {} };
  }
  checkParameters(node, text, command, report);
  return { name: command.name, input: fromEntries(command.parameters.map(({ name, value }) => [name, value])) };
}

function readJoin(taskName: string, attributes: Attributes, report: Report): 'all' | number | null {
  const node = attributes.node('join');
  if (node === undefined) return null;
  let join: 'all' | number | null;
  if (node.kind === 'scalar' && node.type === 'string') {
    if (node.value !== 'all' && node.value !== 'one') {
      report.add(node, `'join' of ${attributes.owner} must be all, one or a whole number, not ${describe(node)}.`);
    }
    join = node.value === 'all' ? 'all' : 1;
  } else {
    // Zero is the same as nothing.
    join = attributes.wholeNumber('join') || null;
  }
  if (join !== null && isLonger(taskName, LONGEST_JOIN_NAME)) {
    const message = `The length of a '${taskName}' join task name must not exceed ${LONGEST_JOIN_NAME} symbols.`;
    report.add(node, message);
  }
  return join;
}

function isLonger(name: string, most: number): boolean {
  return name.length > most && [...name].length > most;
}
