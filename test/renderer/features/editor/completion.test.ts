import { describe, expect, test } from 'vitest';
import type { ActionSummary, WorkflowSummary } from '../../../../engine/api/resources.ts';
import { checkActions, checkWorkbook, checkWorkflows } from '../../../../engine/language/check-definitions.ts';
import type { DefinitionKind } from '../../../../engine/language/kind-of-text.ts';
import { complete } from '../../../../renderer/features/editor/completion.ts';
import { keywordsOf } from '../../../../renderer/features/editor/keywords.ts';

const echo: ActionSummary = {
  name: 'std.echo',
  namespace: '',
  kind: 'built-in',
  description: 'Gives back its output.',
  tags: [],
  workbook: null,
  parameters: [
    { name: 'output', required: true, description: 'Any value.' },
    { name: 'delay', required: false, description: '' },
  ],
  result: null,
  file: null,
  updatedAt: null,
};
const greet: WorkflowSummary = {
  name: 'greet',
  namespace: '',
  type: 'direct',
  description: '',
  tags: [],
  input: [{ name: 'who', required: true }],
  taskCount: 1,
  updatedAt: 0,
};
const known = { actions: [echo], workflows: [greet] };

/** What is offered at the bar in the text. */
function offered(marked: string, kind: DefinitionKind = 'workflow'): readonly string[] {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  return complete(text, offset, kind, known)?.offers.map(({ label }) => label) ?? [];
}

const HEAD = "version: '2.0'\nflow:\n  input:\n    - city\n    - days: 3\n  vars:\n    factor: 2\n";

describe('in the places where attributes stand', () => {
  test('a workflow is offered what it does not have yet', () => {
    const names = offered(`${HEAD}  ¦\n  tasks:\n    a: {action: std.noop}\n`);
    expect(names).toEqual(expect.arrayContaining(['output', 'task-defaults', 'type']));
    expect(names).not.toContain('tasks');
    expect(names).not.toContain('input');
    expect(names).not.toContain('join');
  });

  test('a task of a direct workflow is offered clauses, one of a reverse workflow what it requires', () => {
    const direct = offered(`${HEAD}  tasks:\n    a:\n      on¦\n`);
    expect(direct).toEqual(expect.arrayContaining(['on-success', 'join', 'retry']));
    expect(direct).not.toContain('requires');
    const reverse = offered(`version: '2.0'\nflow:\n  type: reverse\n  tasks:\n    a:\n      ¦\n`);
    expect(reverse).toContain('requires');
    expect(reverse).not.toContain('on-success');
  });

  test('so is a task that is written in one line', () => {
    expect(offered(`${HEAD}  tasks:\n    a: {action: std.noop, on¦\n`)).toContain('on-success');
  });

  test('retry, a clause with publish, and task-defaults have their own', () => {
    expect(offered(`${HEAD}  tasks:\n    a:\n      retry:\n        ¦\n`)).toEqual([
      'count',
      'delay',
      'break-on',
      'continue-on',
    ]);
    expect(offered(`${HEAD}  tasks:\n    a:\n      on-success:\n        publish:\n          ¦\n`)).toEqual([
      'branch',
      'global',
      'atomic',
    ]);
    expect(offered(`${HEAD}  task-defaults:\n    ¦\n`)).not.toContain('action');
  });

  test('workbooks and ad-hoc actions have theirs', () => {
    expect(offered("version: '2.0'\n¦", 'workbook')).toEqual(expect.arrayContaining(['name', 'workflows', 'actions']));
    expect(offered("version: '2.0'\nname: b\nactions:\n  a:\n    ¦", 'workbook')).toContain('base-input');
    expect(offered("version: '2.0'\nname: b\nworkflows:\n  w:\n    tasks:\n      t:\n        ¦", 'workbook')).toContain(
      'action',
    );
    expect(offered("version: '2.0'\nshout:\n  ¦", 'action')).toEqual(expect.arrayContaining(['base', 'output']));
  });

  test('no attribute is offered that the checker does not know', () => {
    const body = (names: readonly string[], indent: string) => names.map((name) => `${indent}${name}: 1\n`).join('');
    const of = (section: Parameters<typeof keywordsOf>[0], type: 'direct' | 'reverse' = 'direct') =>
      keywordsOf(section).flatMap(({ name, only }) => (only === undefined || only === type ? [name] : []));
    const texts = [
      checkWorkflows(`${body(of('workflows'), '')}w:\n${body(of('workflow'), '  ')}`).problems,
      checkWorkflows(`version: '2.0'\nw:\n  tasks:\n    t:\n${body(of('task'), '      ')}`).problems,
      checkWorkflows(`version: '2.0'\nw:\n  type: reverse\n  tasks:\n    t:\n${body(of('task', 'reverse'), '      ')}`)
        .problems,
      checkWorkflows(`version: '2.0'\nw:\n  task-defaults:\n${body(of('task-defaults'), '    ')}`).problems,
      checkWorkflows(`version: '2.0'\nw:\n  tasks:\n    t:\n      retry:\n${body(of('retry'), '        ')}`).problems,
      checkWorkflows(`version: '2.0'\nw:\n  tasks:\n    t:\n      on-success:\n${body(of('clause'), '        ')}`)
        .problems,
      checkWorkflows(
        `version: '2.0'\nw:\n  tasks:\n    t:\n      on-success:\n        publish:\n${body(of('publishing'), '          ')}`,
      ).problems,
      checkActions(`version: '2.0'\na:\n${body(of('action'), '  ')}`).problems,
      checkWorkbook(body(of('workbook'), '')).problems,
    ];
    const unknown = texts.flat().filter(({ message }) => /unknown attribute|only in a/i.test(message));
    expect(unknown).toEqual([]);
  });
});

describe('in the places where names stand', () => {
  const tasks = `${HEAD}  tasks:\n    first:\n      action: std.noop\n      ¦\n    second:\n      action: std.noop\n`;

  test.each([
    'on-success: ¦',
    'on-success: sec¦',
    'on-success: [first, ¦',
    'on-error:\n        - ¦',
    'on-error:\n      - s¦',
  ])('%s offers the tasks of this workflow and the commands', (line) => {
    expect(offered(tasks.replace('¦', line))).toEqual(['first', 'second', 'noop', 'succeed', 'fail', 'pause']);
  });

  test('requires offers tasks and no commands', () => {
    const text = `version: '2.0'\nflow:\n  type: reverse\n  tasks:\n    a: {action: std.noop}\n    b:\n      requires: [¦]\n`;
    expect(offered(text)).toEqual(['a', 'b']);
  });

  test('an action is offered by name, and then what it takes', () => {
    expect(offered(tasks.replace('¦', 'action: std¦'))).toEqual(['std.echo']);
    expect(offered(tasks.replace('¦', 'action: std.echo ¦'))).toEqual(['output', 'delay']);
    expect(offered(tasks.replace('¦', "action: std.echo output='a' ¦"))).toEqual(['delay']);
    expect(offered(tasks.replace('std.noop\n      ¦', 'std.echo\n      input:\n        ¦'))).toEqual([
      'output',
      'delay',
    ]);
  });

  test('a workflow is offered by name, from the text and from the library, and then what it takes', () => {
    expect(offered(tasks.replace('¦', 'workflow: ¦'))).toEqual(['flow', 'greet']);
    const text = `${HEAD}  tasks:\n    a:\n      workflow: greet\n      input:\n        ¦\n`;
    expect(offered(text)).toEqual(['who']);
  });

  test('the base of an ad-hoc action is an action, and base-input is what that takes', () => {
    expect(offered("version: '2.0'\nshout:\n  base: ¦", 'action')).toEqual(['shout', 'std.echo']);
    expect(offered("version: '2.0'\nshout:\n  base: std.echo\n  base-input:\n    ¦", 'action')).toEqual([
      'output',
      'delay',
    ]);
  });
});

describe('in expressions', () => {
  const task = (line: string) =>
    `${HEAD}  tasks:\n    a:\n      with-items: part in <% $.city %>\n      ${line}\n      publish:\n        sum: 1\n    b:\n      publish: {total: 2}\n`;

  test('variables are those of the input, of vars, of with-items and of what is published', () => {
    const names = offered(task('action: std.echo output=<% $.¦ %>'));
    expect(names.slice(0, 6)).toEqual(['city', 'days', 'factor', 'part', 'sum', 'total']);
    expect(offered(task('action: std.echo output="{{ _.c¦ }}"'))).toContain('city');
  });

  test('behind a value YAQL offers methods, elsewhere functions with their parameters', () => {
    expect(offered(task('timeout: <% $.days.¦ %>'))).toEqual(expect.arrayContaining(['where', 'substring']));
    expect(offered(task('timeout: <% $.days.¦ %>'))).not.toContain('city');
    const offset = task('timeout: <% ta¦ %>');
    const offer = complete(offset.replace('¦', ''), offset.indexOf('¦'), 'workflow', known)?.offers.find(
      ({ label }) => label === 'tasks',
    );
    expect(offer?.help).toBe('tasks(workflowExecutionId, recursive, state, flat)');
  });

  test('behind a bar Jinja2 offers filters', () => {
    expect(offered(task('timeout: "{{ _.days | ¦ }}"'))).toContain('upper');
    expect(offered(task('timeout: "{{ _.days | ¦ }}"'))).not.toContain('range');
  });

  test('nothing is offered within quotes and comments', () => {
    expect(offered(task("timeout: <% $.get('¦ %>"))).toEqual([]);
    expect(offered(task('# on¦'))).toEqual([]);
  });
});
