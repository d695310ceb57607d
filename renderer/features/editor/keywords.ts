import type { DefinitionKind } from '../../../engine/language/kind-of-text.ts';

/** A dictionary of the language in which only certain attributes may stand. */
export type Section =
  | 'workflows'
  | 'workbook'
  | 'workflow'
  | 'task'
  | 'task-defaults'
  | 'retry'
  | 'clause'
  | 'publishing'
  | 'action';

export interface Keyword {
  readonly name: string;
  /** What it means, in a sentence or two. */
  readonly help: string;
  /** What follows the colon when it is put in: a space, or a new line where a dictionary or a list follows. */
  readonly opens: 'value' | 'block';
  /** In which kind of workflow it may stand, where it is not both. */
  readonly only?: 'direct' | 'reverse';
}

const value = (name: string, help: string, only?: Keyword['only']): Keyword => ({
  name,
  help,
  opens: 'value',
  ...(only !== undefined && { only }),
});
const block = (name: string, help: string, only?: Keyword['only']): Keyword => ({
  ...value(name, help, only),
  opens: 'block',
});

const description = value('description', 'What it does, for people.');
const tags = value('tags', 'A list of words by which it can be found.');
const version = value('version', "The version of the language: '2.0'.");
const input = block('input', 'What it takes: a list of names, each with a default (name: value) or without.');

const POLICIES: readonly Keyword[] = [
  block('retry', 'Does the task again when it has failed: count, delay in seconds, break-on, continue-on.'),
  value('wait-before', 'Seconds to wait before the task starts.'),
  value('wait-after', 'Seconds to wait after the task before what follows it starts.'),
  value('timeout', 'Seconds after which the task fails if it has not ended.'),
  value('pause-before', 'Pauses the execution before the task starts, until somebody resumes it.'),
  value('concurrency', 'How many items of a with-items task run at the same time.'),
  value('fail-on', 'An expression: the task fails if it is true when the action has succeeded.'),
];

const CLAUSES: readonly Keyword[] = [
  block(
    'on-success',
    'What follows when the task has succeeded: names of tasks, each with a condition or without.',
    'direct',
  ),
  block('on-error', 'What follows when the task has failed. The failure then counts as handled.', 'direct'),
  block('on-complete', 'What follows when the task has ended, however it went.', 'direct'),
  block('on-skip', 'What follows when somebody skips the failed task.', 'direct'),
];

const requires = value('requires', 'The tasks that must succeed before this one.', 'reverse');
const safeRerun = value('safe-rerun', 'true: an action that ran when Windrose was stopped may be run again.');

const KEYWORDS: Readonly<Record<Section, readonly Keyword[]>> = {
  workflows: [version],
  workbook: [
    version,
    value('name', 'The name of the workbook. Outside of it everything in it is known as workbook.name.'),
    description,
    tags,
    block('workflows', 'The workflows of the workbook, by name.'),
    block('actions', 'Its ad-hoc actions, by name.'),
  ],
  workflow: [
    description,
    value('type', 'direct: tasks say what follows them. reverse: tasks say what they require.'),
    input,
    block('vars', 'Variables that are set when the workflow starts, from expressions that see the input.'),
    block('output', 'What the workflow gives back, from expressions that see what was published.'),
    block('output-on-error', 'What it gives back when it has failed.'),
    block('task-defaults', 'Policies and transitions of every task that has none of its own.'),
    block('tasks', 'The tasks of the workflow, by name.'),
    tags,
  ],
  task: [
    value(
      'action',
      'The action that the task runs, with its input in the same line or below. std.noop if it is not said.',
    ),
    value('workflow', 'The workflow that the task runs instead of an action.'),
    block('input', 'What the action or the workflow gets.'),
    block('publish', 'Variables that the tasks after this one see; expressions may use task().result.'),
    block('publish-on-error', 'Variables that are published when the task has failed.'),
    block('publish-on-skip', 'Variables that are published when the task is skipped.'),
    ...CLAUSES,
    value('join', 'Waits for the tasks that lead here: all of them, or a number of them.', 'direct'),
    requires,
    value('with-items', 'Runs once for each item of a list: name in <% list %>.'),
    ...POLICIES,
    value('keep-result', 'false: the result is dropped once the task has published.'),
    safeRerun,
    value('target', 'Which executor runs the action. Here everything runs on this machine.'),
    description,
    tags,
  ],
  'task-defaults': [...POLICIES, ...CLAUSES, requires, safeRerun],
  retry: [
    value('count', 'How often the task is done again at most.'),
    value('delay', 'Seconds between one attempt and the next.'),
    value('break-on', 'An expression: no more attempts when it is true.'),
    value('continue-on', 'An expression: another attempt while it is true, also after a success.'),
  ],
  clause: [
    block('publish', 'Variables that are published on this way: branch, global or atomic.'),
    block('next', 'The tasks that follow.'),
  ],
  publishing: [
    block('branch', 'Variables for the tasks after this one.'),
    block('global', 'Variables for the whole execution, read with global(name).'),
    block('atomic', 'As branch.'),
  ],
  action: [
    value('base', 'The action that does the work.'),
    block('base-input', 'What the base gets, from expressions that see the input of this action.'),
    input,
    value('output', 'What is made of the result of the base, which is $ here.'),
    description,
    tags,
  ],
};

export function keywordsOf(section: Section): readonly Keyword[] {
  return KEYWORDS[section];
}

const CLAUSE_NAMES: readonly string[] = CLAUSES.map(({ name }) => name);

export function isClause(name: string | null | undefined): boolean {
  return name !== null && name !== undefined && CLAUSE_NAMES.includes(name);
}

/** The keys from the workflow or the action on, without what a workbook has around it. */
export function pathInDefinition(kind: DefinitionKind, path: readonly string[]): readonly string[] {
  return kind === 'workbook' ? path.slice(1) : path;
}

/** Which attributes may stand under these keys; null where names are free or nothing is known. */
export function sectionAt(kind: DefinitionKind, path: readonly string[]): Section | null {
  if (path.length === 0) return kind === 'workbook' ? 'workbook' : 'workflows';
  const inner = pathInDefinition(kind, path);
  const isAction = kind === 'action' || (kind === 'workbook' && path[0] === 'actions');
  if (inner.length === 0) return null;
  if (inner.length === 1) return isAction ? 'action' : 'workflow';
  if (isAction) return null;
  const [, part, task] = inner;
  if (part === 'task-defaults' && inner.length === 2) return 'task-defaults';
  if (part === 'tasks' && task !== undefined && inner.length === 3) return 'task';
  const rest = part === 'task-defaults' ? inner.slice(2) : part === 'tasks' ? inner.slice(3) : [];
  const [attribute, nested] = rest;
  if (attribute === 'retry' && rest.length === 1) return 'retry';
  if (isClause(attribute) && rest.length === 1) return 'clause';
  if (isClause(attribute) && nested === 'publish' && rest.length === 2) return 'publishing';
  return null;
}
