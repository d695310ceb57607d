import { fromEntries, type JsonObject } from '../model/json.ts';
import { keyText, type MapEntry, type MapNode, toJson } from '../yaml/node.ts';
import { Attributes } from './attributes.ts';
import { completeTask } from './complete-task.ts';
import type { WorkflowDefinition } from './definition.ts';
import { capitalized, describe, shorten } from './describe.ts';
import { checkDictionary, isWord } from './dictionary.ts';
import { checkTemplate } from './expression-syntax.ts';
import { readInputs } from './inputs.ts';
import { linkDirect, linkReverse } from './links.ts';
import type { Report } from './report.ts';
import { readTask, type TaskDraft } from './task.ts';
import { readTaskDefaults } from './task-defaults.ts';

/** Reads one workflow; null when it is not even a dictionary. What is wrong is reported. */
export function readWorkflow(entry: MapEntry, report: Report): WorkflowDefinition | null {
  const name = keyText(entry.key);
  const owner = `workflow '${shorten(name)}'`;
  const body = entry.value;
  if (body.kind !== 'map') {
    report.add(
      body.start === body.end ? entry.key : body,
      `A workflow must be a dictionary; '${shorten(name)}' is ${describe(body)}.`,
    );
    return null;
  }
  if (!checkDictionary(body, capitalized(owner), report) && body.entries.length === 0) return null;
  if (isUuid(name)) report.add(entry.key, 'Workflow name cannot be in the format of UUID.');

  const attributes = new Attributes(body, owner, report);
  const type = readType(attributes, report);
  for (const attribute of ['output', 'vars']) {
    const node = attributes.node(attribute);
    if (node !== undefined) checkTemplate(node, report);
  }
  const defaultsNode = attributes.dictionary('task-defaults');
  const defaults = defaultsNode === null ? null : readTaskDefaults(defaultsNode, report);
  const drafts = readTasks(attributes, type, report);
  const graph =
    type === 'direct'
      ? linkDirect({ name, place: entry.key }, drafts, defaults, report)
      : linkReverse(drafts, defaults, report);
  const description = attributes.node('description');
  const tasks = [...drafts].map(([task, draft]) => [task, completeTask(draft, type, defaults, report.source)] as const);
  return {
    name,
    type,
    // Mistral takes anything for a description here, and shows it as text.
    description: description?.kind === 'scalar' && description.value !== null ? keyText(description) : '',
    tags: attributes.names('tags') ?? [],
    input: readInputs(attributes, report),
    output: attributes.object('output'),
    outputOnError: attributes.object('output-on-error'),
    vars: attributes.object('vars'),
    tasks: new Map(tasks),
    graph,
    spec: specOf(name, body, fromEntries(tasks.map(([task, { spec }]) => [task, spec]))),
  };
}

/** What the text says, with the name and the version that Mistral puts in; the tasks are those that have been read. */
function specOf(name: string, body: MapNode, tasks: JsonObject): JsonObject {
  const others = body.entries.filter(({ key }) => key.value !== 'tasks');
  return {
    ...fromEntries(others.map(({ key, value }) => [keyText(key), toJson(value)])),
    name,
    version: '2.0',
    tasks,
  };
}

function readType(attributes: Attributes, report: Report): 'direct' | 'reverse' {
  const node = attributes.node('type');
  if (node === undefined) return 'direct';
  const value = node.kind === 'scalar' ? node.value : null;
  if (value === 'direct' || value === 'reverse') return value;
  const message = `Failed to find a specification class to instantiate ${attributes.owner}: its type must be direct or reverse, not ${describe(node)}.`;
  report.addUnknown(node, message, String(value), ['direct', 'reverse']);
  return 'direct';
}

function readTasks(attributes: Attributes, type: 'direct' | 'reverse', report: Report): ReadonlyMap<string, TaskDraft> {
  const drafts = new Map<string, TaskDraft>();
  attributes.require('tasks');
  attributes.dictionary('tasks');
  const tasks = attributes.node('tasks');
  for (const entry of tasks?.kind === 'map' ? tasks.entries : []) {
    if (entry.key.type !== 'string') continue;
    const name = keyText(entry.key);
    const body = entry.value;
    if (body.kind !== 'map') {
      const place = body.start === body.end ? entry.key : body;
      report.add(
        place,
        `A task must be a dictionary with attributes such as 'action'; '${shorten(name)}' is ${describe(body)}.`,
      );
      continue;
    }
    if (name === '') report.add(entry.key, 'A task must have a name.');
    // Mistral does not look so closely at tasks with other names.
    if (isWord(name)) checkDictionary(body, `Task '${shorten(name)}'`, report);
    // What is called `version` is for Mistral never a task.
    if (name !== 'version') drafts.set(name, readTask(entry, body, type, report));
    else if (type === 'direct' && tasks?.kind === 'map' && tasks.entries.length === 1) {
      report.add(entry.key, "A task named 'version' does not count, and there is no other.");
    }
  }
  return drafts;
}

/** As Mistral's library takes it: hyphens, braces and `urn:uuid:` do not count. */
function isUuid(name: string): boolean {
  const digits = name
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '');
  return /^[0-9a-f]{32}$/i.test(digits);
}
