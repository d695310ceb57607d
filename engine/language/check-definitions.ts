import { keyText, type MapEntry, type MapNode, type YamlNode } from '../yaml/node.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { YamlError } from '../yaml/yaml-error.ts';
import { readAction } from './action.ts';
import type { ActionDefinition } from './action-definition.ts';
import { Attributes, isVersion } from './attributes.ts';
import type { WorkflowDefinition } from './definition.ts';
import { describe, shorten } from './describe.ts';
import { checkEntry } from './dictionary.ts';
import type { Problem } from './problem.ts';
import { type Range, Report } from './report.ts';
import { SourceText } from './source-text.ts';
import type { WorkbookDefinition } from './workbook-definition.ts';
import { readWorkflow } from './workflow.ts';

export interface CheckedWorkflow {
  readonly definition: WorkflowDefinition;
  /** Where its name stands in the text. */
  readonly line: number;
}

export interface CheckedAction {
  readonly definition: ActionDefinition;
  /** Where its name stands in the text. */
  readonly line: number;
}

/** What there is to say about a text. */
interface Findings {
  /** Why it is refused. */
  readonly problems: readonly Problem[];
  /** What is accepted, as Mistral does, and hardly meant: for who writes it, and nobody else need look. */
  readonly hints: readonly Problem[];
}

/**
 * Checks a text of one or several workflows, by the rules of Mistral's newest version: what Mistral refuses is refused.
 * All problems are reported, in the order of the text; with any problem there are no workflows.
 */
export function checkWorkflows(text: string): Findings & { readonly workflows: readonly CheckedWorkflow[] } {
  const { value, ...findings } = check(text, (root, report) => readList(root, 'workflow', readWorkflow, report));
  return { workflows: value ?? [], ...findings };
}

/** Checks a text of one or several ad-hoc actions, like {@link checkWorkflows}. */
export function checkActions(text: string): Findings & { readonly actions: readonly CheckedAction[] } {
  const { value, ...findings } = check(text, (root, report) => readList(root, 'action', readAction, report));
  return { actions: value ?? [], ...findings };
}

/** Checks a workbook, like {@link checkWorkflows}; null with any problem. */
export function checkWorkbook(text: string): Findings & { readonly workbook: WorkbookDefinition | null } {
  const { value, ...findings } = check(text, readWorkbook);
  return { workbook: value, ...findings };
}

function check<T>(text: string, read: (root: MapNode, report: Report) => T): Findings & { readonly value: T | null } {
  const source = new SourceText(text);
  const { root, errors } = readYaml(text, { anchors: false });
  if (errors.length > 0) return { value: null, problems: errors.map((error) => unreadable(error, source)), hints: [] };
  const report = new Report(source);
  const map = readRoot(root, report);
  const value = map === null ? null : read(map, report);
  const { problems, hints } = report;
  return { value: problems.length === 0 ? value : null, problems, hints };
}

function unreadable({ message, start, end }: YamlError, source: SourceText): Problem {
  const problem = source.problem(message, start, end);
  const line = source.text.split(/\r\n|\r|\n/, problem.line)[problem.line - 1] ?? '';
  const hint = /(?:^|[\s[{,])[&*]\w/.test(line)
    ? ' There are no anchors in definitions: & and * begin plain text.'
    : '';
  return { ...problem, message: `Definition could not be parsed: ${message}${hint}` };
}

/** Mistral takes nothing, an empty list, 0 and the like for an empty dictionary. */
function readRoot(root: YamlNode | null, report: Report): MapNode | null {
  if (root?.kind === 'map') return root;
  const isNothing = root === null || (root.kind === 'list' ? root.items.length === 0 : !root.value);
  if (isNothing) return { kind: 'map', entries: [], start: 0, end: 0 };
  report.add(root, `A definition must be a dictionary that begins with version: '2.0', not ${describe(root)}.`);
  return null;
}

function readList<T>(
  root: MapNode,
  kind: 'workflow' | 'action',
  read: (entry: MapEntry, report: Report) => T | null,
  report: Report,
): readonly { readonly definition: T; readonly line: number }[] {
  checkVersion(root, report);
  const entries = root.entries.filter(({ key }) => key.value !== 'version');
  if (entries.length === 0 && root.entries.length > 0) {
    report.add(root, `There must be at least one ${kind} in the text.`);
  }
  return readEach(entries, read, report);
}

function readEach<T>(
  entries: readonly MapEntry[],
  read: (entry: MapEntry, report: Report) => T | null,
  report: Report,
): readonly { readonly definition: T; readonly line: number }[] {
  return entries.flatMap((entry) => {
    checkName(entry.key, keyText(entry.key), report);
    const definition = checkEntry(entry, report) ? read(entry, report) : null;
    return definition === null ? [] : [{ definition, line: report.source.line(entry.key.start) }];
  });
}

/** Names are kept in a column of this width. */
const NAME_LIMIT = 255;

/** What the names of workflows, workbooks and actions must be like to be kept. Tasks may have spaces in theirs. */
function checkName(place: Range, name: string, report: Report): void {
  if (name.length > NAME_LIMIT) {
    report.add(place, `A name may be ${NAME_LIMIT} characters long; this one has ${name.length}.`);
  }
  if (name.includes(' ')) report.add(place, `Name '${shorten(name)}' must not contain spaces.`);
}

/** A list of definitions may have any version, so long as it has one. */
function checkVersion(root: MapNode, report: Report): void {
  const version = root.entries.find(({ key }) => key.value === 'version')?.value;
  if (version === undefined) {
    report.add({ start: 0, end: 1 }, "'version' is a required property: begin the text with version: '2.0'.");
    return;
  }
  if (!isVersion(version)) report.add(version, `'version' must be '2.0', not ${describe(version)}.`);
}

function readWorkbook(root: MapNode, report: Report): WorkbookDefinition {
  const attributes = new Attributes(root, 'the workbook', report);
  attributes.allow(['version', 'name', 'description', 'tags', 'workflows', 'actions']);
  attributes.require('version');
  attributes.require('name');
  const version = attributes.node('version');
  if (version !== undefined && (version.kind !== 'scalar' || version.value !== '2.0')) {
    report.add(
      version,
      `Unsupported DSL version: a workbook must have version: '2.0' (in quotes), not ${describe(version)}.`,
    );
  }
  const name = attributes.text('name') ?? '';
  checkName(attributes.node('name') ?? root, name, report);
  return {
    name,
    description: attributes.text('description') ?? '',
    tags: attributes.names('tags') ?? [],
    workflows: readEach(sectionOf(attributes, 'workflows', report), readWorkflow, report).map(
      ({ definition }) => definition,
    ),
    actions: readEach(sectionOf(attributes, 'actions', report), readAction, report).map(({ definition }) => definition),
  };
}

/** The entries of `workflows` or `actions`. A version may stand among them. */
function sectionOf(attributes: Attributes, name: string, report: Report): readonly MapEntry[] {
  const section = attributes.dictionary(name);
  return (section?.entries ?? []).filter(({ key, value }) => {
    const text = keyText(key);
    if (text === 'version') {
      if (value.kind !== 'scalar' || !/^2(\.0)?$/.test(keyText(value))) {
        report.add(value, `'version' must be '2.0', not ${describe(value)}.`);
      }
      return false;
    }
    if (!/^[\p{L}\p{N}_-]+\n?$/u.test(text)) {
      report.add(key, `A name in '${name}' may have letters, digits, - and _, unlike '${shorten(text)}'.`);
      return false;
    }
    return true;
  });
}
