import { describe, expect, test } from 'vitest';
import { problemsOf, taskOf, workflowOf } from './workflow-of.ts';

describe('where a task leads', () => {
  test.each([
    ['a', [{ to: 'a', guard: null, params: {} }]],
    [
      '[a, b]',
      [
        { to: 'a', guard: null, params: {} },
        { to: 'b', guard: null, params: {} },
      ],
    ],
    [
      '[{a: "<% $.x %>"}, b]',
      [
        { to: 'a', guard: '<% $.x %>', params: {} },
        { to: 'b', guard: null, params: {} },
      ],
    ],
    ['{next: a}', [{ to: 'a', guard: null, params: {} }]],
    ['{publish: {branch: {x: 1}}, next: [{a: "{{ _.x }}"}]}', [{ to: 'a', guard: '{{ _.x }}', params: {} }]],
    [`["fail msg='stopped here'"]`, [{ to: 'fail', guard: null, params: { msg: 'stopped here' } }]],
    [`"succeed(msg='all good')"`, [{ to: 'succeed', guard: null, params: { msg: 'all good' } }]],
    [`[{"fail(msg='all bad')": "<% $.x %>"}]`, [{ to: 'fail', guard: '<% $.x %>', params: { msg: 'all bad' } }]],
  ])('on-success: %s', (clause, expected) => {
    expect(taskOf(`{on-success: ${clause}}`).onSuccess).toEqual(expected);
  });

  test('Mistral forgets the guard of a single target under next, and a single guarded target as a whole', () => {
    expect(taskOf('{on-success: {next: {a: "<% $.x %>"}}}').onSuccess).toEqual([{ to: 'a', guard: null, params: {} }]);
    expect(taskOf('{on-success: {a: "<% $.x %>"}}').onSuccess).toEqual([]);
  });

  test.each([
    ['[]', "4:21-23 'on-success' of task 't' must not be empty."],
    ['[a, a]', '4:25-26 a stands in the list twice.'],
    [
      '[{a: yes please}]',
      "4:26-36 The condition for 'a' in 'on-success' of task 't' must be one expression (<% ... %> or {{ ... }}), not the text 'yes please'.",
    ],
    [
      '"my task"',
      "4:21-30 'on-success' of task 't' must name a task or a command (noop, succeed, fail, pause), not the text 'my task'.",
    ],
    [
      `"fail(msg='no')"`,
      "4:21-37 Task 'fail(msg='no')' not found. A command in this form is only known with a space in it: write it as fail msg='no'.",
    ],
    [
      '{next: a, publsh: {branch: {x: 1}}}',
      "4:31-37 Unknown attribute 'publsh' of 'on-success' of task 't': beside a single task it may have 'publish' and 'next'. Did you mean 'publish'?",
    ],
    ['[[a]]', "4:22-25 'on-success' of task 't' may hold names of tasks, not a list inside of the list."],
  ])('on-success: %s is refused', (clause, problem) => {
    expect(
      problemsOf(`version: '2.0'\nw:\n  tasks:\n    t: {on-success: ${clause}}\n    a: {action: std.noop}`),
    ).toContain(problem);
  });
});

describe('the graph', () => {
  test('has every clause whatever the guards, in the order of the text, without commands and repetitions', () => {
    const { graph } = workflowOf(`version: '2.0'
w:
  tasks:
    a: {on-success: [c, {b: "<% false %>"}, fail], on-error: b, on-skip: d}
    b: {on-complete: d}
    c: {on-success: noop}
    d: {join: all}
    e: {action: std.noop}`);
    expect(graph.start).toEqual(['a', 'e']);
    expect(graph.outbound.get('a')).toEqual(['c', 'b', 'd']);
    expect(graph.outbound.get('c')).toEqual([]);
    expect(graph.inbound.get('d')).toEqual(['a', 'b']);
  });

  test('knows a task that is named like a command', () => {
    const { graph } = workflowOf("version: '2.0'\nw: {tasks: {a: {on-success: noop}, noop: {target: x}}}");
    expect(graph).toMatchObject({ start: ['a'] });
    expect(graph.inbound.get('noop')).toEqual(['a']);
  });
});
