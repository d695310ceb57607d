import type { DefinitionKind } from '../../../engine/language/kind-of-text.ts';
import { isClause } from './keywords.ts';
import { type Entry, outline } from './outline.ts';

/** The names that one workflow or ad-hoc action of a text knows, read from its outline. */
export interface LocalNames {
  readonly type: 'direct' | 'reverse';
  readonly tasks: readonly { readonly name: string; readonly line: number }[];
  /** What expressions find in `$` and `_`, and where it comes from. */
  readonly variables: ReadonlyMap<string, string>;
  /** What each task runs, by the task's name: an action or a workflow. */
  readonly runs: ReadonlyMap<string, { readonly attribute: 'action' | 'workflow'; readonly name: string }>;
  /** The base of an ad-hoc action. */
  readonly base: string | null;
  /** The names of all definitions of the text, as the text calls them. */
  readonly workflows: readonly string[];
  readonly actions: readonly string[];
}

/** @param path the keys around the cursor: they say which definition it is in */
export function localNames(text: string, kind: DefinitionKind, path: readonly string[]): LocalNames {
  const depth = kind === 'workbook' ? 2 : 1;
  const own = path.slice(0, depth);
  const entries = outline(text);
  const within = entries.filter((entry) => own.every((key, at) => entry.path[at] === key) && own.length === depth);
  const inner = (entry: Entry) => entry.path.slice(depth);
  const tasks: { name: string; line: number }[] = [];
  const variables = new Map<string, string>();
  const runs = new Map<string, { attribute: 'action' | 'workflow'; name: string }>();
  let type: LocalNames['type'] = 'direct';
  let base: string | null = null;
  for (const entry of within) {
    const [first, task, attribute, ...rest] = inner(entry);
    const { key, value } = entry;
    if (first === undefined) {
      if (key === 'type' && value === 'reverse') type = 'reverse';
      if (key === 'base') base = firstWord(value);
      if (key === 'input') for (const name of flowItems(value)) variables.set(name, 'an input');
    } else if (first === 'input' && task === undefined) {
      variables.set(key ?? value, 'an input');
    } else if (first === 'vars' && task === undefined && key !== null) {
      variables.set(key, 'set when the workflow starts');
    } else if (first === 'tasks' && task === undefined && key !== null) {
      tasks.push({ name: key, line: entry.line });
      const inline = /\b(action|workflow)\s*:\s*([\w.-]+)/.exec(value);
      if (inline !== null) runs.set(key, { attribute: inline[1] as 'action' | 'workflow', name: inline[2] ?? '' });
    } else if (first === 'tasks' && task !== undefined && key !== null) {
      if (attribute === undefined && (key === 'action' || key === 'workflow')) {
        runs.set(task, { attribute: key, name: firstWord(value) });
      }
      if (attribute === undefined && key === 'with-items') {
        for (const name of itemVariables(value)) variables.set(name, `an item of ${task}`);
      }
      if (attribute === undefined && key.startsWith('publish')) {
        for (const name of flowKeys(value)) variables.set(name, `published by ${task}`);
      }
      const isPlain = attribute?.startsWith('publish') === true && rest.length === 0;
      const isInClause = isClause(attribute) && rest[0] === 'publish' && rest.length === 2;
      if (isPlain || isInClause) variables.set(key, `published by ${task}`);
    }
    if (key === null && attribute === 'with-items') {
      for (const name of itemVariables(value)) variables.set(name, `an item of ${task}`);
    }
  }
  const named = (section: string) =>
    entries.flatMap(({ key, path: at }) => (at.length === 1 && at[0] === section && key !== null ? [key] : []));
  const top = entries.flatMap(({ key, path: at }) =>
    at.length === 0 && key !== null && key !== 'version' ? [key] : [],
  );
  return {
    type,
    tasks,
    variables,
    runs,
    base,
    workflows: kind === 'workbook' ? named('workflows') : kind === 'workflow' ? top : [],
    actions: kind === 'workbook' ? named('actions') : kind === 'action' ? top : [],
  };
}

function firstWord(value: string): string {
  return /^["']?([^\s"']*)/.exec(value)?.[1] ?? '';
}

function itemVariables(value: string): readonly string[] {
  const name = /^["']?(\w+)\s+in\b/.exec(value)?.[1];
  return name === undefined ? [] : [name];
}

/** The names in `[a, b: 1, {c: 2}]`. */
function flowItems(value: string): readonly string[] {
  if (!value.startsWith('[')) return [];
  return [...value.matchAll(/[[,]\s*\{?\s*(\w[\w-]*)/g)].map((match) => match[1] ?? '');
}

function flowKeys(value: string): readonly string[] {
  if (!value.startsWith('{')) return [];
  return [...value.matchAll(/[{,]\s*["']?(\w[\w-]*)["']?\s*:/g)].map((match) => match[1] ?? '');
}
