import { fromEntries, type JsonObject } from '../model/json.ts';
import type { MapNode, ScalarNode, YamlNode } from '../yaml/node.ts';
import { hintAtLostText } from './check-parameters.ts';
import type { Publishing, Transition, Transitions } from './definition.ts';
import { describe, shorten } from './describe.ts';
import { refuseDuplicates } from './duplicates.ts';
import { checkText, isExpression } from './expression-syntax.ts';
import { parseCommand } from './inline-parameters.ts';
import { readPublishing } from './publishing.ts';
import type { Range, Report } from './report.ts';

/** An `on-success`, `on-error`, `on-complete` or `on-skip` as it was read. */
export interface OnClause {
  readonly next: readonly Target[];
  readonly publish: Publishing | null;
}

/** A transition and where it stands, for what can be judged only when all tasks are known. */
export interface Target extends Transition, Range {}

export function transitionsOf(targets: readonly Target[]): Transitions {
  return targets.map(({ to, guard, params }) => ({ to, guard, params }));
}

/** The three ways to write a target: a name, `fail msg=...` and `fail(msg=...)`. */
const TARGETS: readonly RegExp[] = [
  /^\S+\n?$/,
  /^[\p{L}\p{N}_]+ [\p{L}\p{N}_]+=[^\n]*\n?$/u,
  /^[\p{L}\p{N}_]+\([\p{L}\p{N}_]+=[^\n]*\)\n?$/u,
];

/** @param clause as it reads in a sentence: "'on-success' of task 'a'" */
export function readOnClause(node: YamlNode, clause: string, report: Report): OnClause {
  if (node.kind !== 'map') return { next: readNext(node, clause, report), publish: null };
  const first = node.entries[0];
  const isAdvanced = node.entries.some(({ key }) => key.value === 'publish' || key.value === 'next');
  if (!isAdvanced && node.entries.length === 1 && first !== undefined) {
    // Mistral takes a single guarded target for valid here, and then does not look at it any more.
    readGuarded(node, clause, report, false);
    return { next: [], publish: null };
  }
  return readAdvanced(node, clause, report);
}

function readAdvanced(node: MapNode, clause: string, report: Report): OnClause {
  let next: readonly Target[] = [];
  let publish: Publishing | null = null;
  if (node.entries.length === 0) report.add(node, `${clause} must not be empty.`);
  for (const { key, value } of node.entries) {
    if (key.value === 'publish') publish = readPublishing(value, clause, report);
    else if (key.value === 'next') next = readNext(value, `'next' of ${clause}`, report);
    else {
      const name = String(key.value);
      const message = `Unknown attribute '${name}' of ${clause}: beside a single task it may have 'publish' and 'next'.`;
      report.addUnknown(key, message, name, ['publish', 'next']);
    }
  }
  return { next, publish };
}

function readNext(node: YamlNode, clause: string, report: Report): readonly Target[] {
  if (node.kind === 'scalar') return readName(node, clause, report);
  // The guard of a single target is checked, and then Mistral forgets it.
  if (node.kind === 'map') return readGuarded(node, clause, report).map((target) => ({ ...target, guard: null }));
  if (node.items.length === 0) {
    report.add(node, `${clause} must not be empty.`);
    return [];
  }
  refuseDuplicates(node.items, report);
  return node.items.flatMap((item) => {
    if (item.kind === 'list') {
      report.add(item, `${clause} may hold names of tasks, not a list inside of the list.`);
      return [];
    }
    return item.kind === 'scalar' ? readName(item, clause, report) : readGuarded(item, clause, report);
  });
}

function readName(node: ScalarNode, clause: string, report: Report): readonly Target[] {
  const text = node.type === 'string' ? String(node.value) : '';
  const ways = TARGETS.filter((pattern) => pattern.test(text)).length;
  if (ways === 1) return targetOf(text, node, null, clause, report);
  if (ways > 1) {
    report.add(
      node,
      `Task '${text}' not found. A command in this form is only known with a space in it: write it as ${asSpaced(text)}.`,
    );
  } else {
    report.add(node, `${clause} must name a task or a command (noop, succeed, fail, pause), not ${describe(node)}.`);
  }
  return [];
}

/** `fail(msg='no')` in the form that Mistral understands without a space in the message. */
function asSpaced(text: string): string {
  return text.replace('(', ' ').replace(/\)\n?$/, '');
}

/** `name: guard`. @param isGuardRead whether Mistral reads the guard's expression, and not only its delimiters */
function readGuarded(node: MapNode, clause: string, report: Report, isGuardRead = true): readonly Target[] {
  const entry = node.entries[0];
  if (node.entries.length !== 1 || entry === undefined) {
    report.add(node, `An entry of ${clause} must be a name, or one name with its condition.`);
    return [];
  }
  const { key, value } = entry;
  if (key.type !== 'string') {
    report.add(key, `YAML reads this key as ${describe(key)}; put it in quotes.`);
    return [];
  }
  const name = String(key.value);
  const guard = value.kind === 'scalar' && value.type === 'string' ? String(value.value) : null;
  if ((guard === null || !isExpression(guard)) && TARGETS.some((pattern) => pattern.test(name))) {
    report.add(
      value,
      `The condition for '${shorten(name)}' in ${clause} must be one expression (<% ... %> or {{ ... }}), not ${describe(value)}.`,
    );
    return [];
  }
  if (value.kind === 'scalar' && isGuardRead) checkText(value, report);
  return targetOf(name, key, guard === '' ? null : guard, clause, report);
}

function targetOf(
  text: string,
  node: ScalarNode,
  guard: string | null,
  clause: string,
  report: Report,
): readonly Target[] {
  const command = parseCommand(text);
  if (command === null) {
    report.add(node, `${clause} names no task in '${shorten(text)}'.`);
    return [];
  }
  hintAtLostText(node, text, command, report);
  const params: JsonObject = fromEntries(command.parameters.map(({ name, value }) => [name, value]));
  return [{ to: command.name, guard, params, start: node.start, end: node.end }];
}
