import { expect, test } from 'vitest';
import { problemsOf, taskOf, workflowOf } from './workflow-of.ts';

const DEFAULTS = `  task-defaults:
    retry: {count: 3, delay: 1}
    timeout: 10
    pause-before: true
    safe-rerun: true
    on-error: [t, a]
    on-complete: {publish: {branch: {lost: 1}}, next: b}
`;

test('a task takes over every policy that it does not have itself', () => {
  const { policies } = taskOf('{retry: "count=1 delay=0", wait-before: 2}', DEFAULTS);
  expect(policies).toEqual({
    retry: { count: 1, delay: 0, breakOn: null, continueOn: null },
    timeout: 10,
    pauseBefore: true,
    waitBefore: 2,
    waitAfter: null,
    concurrency: null,
    failOn: null,
  });
});

test('zero and false are the same as nothing, so the default counts', () => {
  const { policies } = taskOf('{timeout: 0, pause-before: false}', DEFAULTS);
  expect(policies).toMatchObject({ timeout: 10, pauseBefore: true });
});

test('but safe-rerun: false is an answer', () => {
  expect(taskOf('{safe-rerun: false}', DEFAULTS).safeRerun).toBe(false);
  expect(taskOf('{target: x}', DEFAULTS).safeRerun).toBe(true);
  expect(taskOf('{target: x}').safeRerun).toBe(false);
});

test('a clause is taken over when the task has none that leads anywhere, and never leads back to the task', () => {
  const plain = taskOf('{action: std.noop}', DEFAULTS);
  expect(plain.onError).toEqual([{ to: 'a', guard: null, params: {} }]);
  expect(taskOf('{on-error: b}', DEFAULTS).onError).toEqual([{ to: 'b', guard: null, params: {} }]);
  const publishing = taskOf('{on-error: {publish: {branch: {x: 1}}}}', DEFAULTS);
  expect(publishing.onError).toEqual([{ to: 'a', guard: null, params: {} }]);
  expect(publishing.publish.onError?.branch).toEqual({ x: 1 });
});

test('what a default clause publishes is not taken over', () => {
  expect(taskOf('{action: std.noop}', DEFAULTS).publish.onSuccess).toBeNull();
});

test('a task is not before itself in the graph because of a default', () => {
  const { graph } = workflowOf(`version: '2.0'
w:
  task-defaults: {on-error: clean}
  tasks: {a: {on-success: b}, b: {action: std.noop}, clean: {action: std.noop}}`);
  expect(graph.start).toEqual(['a']);
  expect(graph.inbound.get('clean')).toEqual(['a', 'b']);
  expect(graph.outbound.get('clean')).toEqual([]);
});

test('a wrong target in a default is one mistake, however many tasks there are', () => {
  const text =
    "version: '2.0'\nw:\n  task-defaults: {on-error: [claen]}\n  tasks: {a: {on-success: clean}, clean: {action: std.noop}}";
  expect(problemsOf(text)).toEqual(["3:30-35 Task 'claen' not found. Did you mean 'clean'?"]);
});

test('requirements of a reverse workflow are put together, without the task itself', () => {
  const { tasks, graph } = workflowOf(`version: '2.0'
w:
  type: reverse
  task-defaults: {requires: [setup]}
  tasks: {setup: {action: std.noop}, a: {requires: [b, setup]}, b: {action: std.noop}}`);
  expect(tasks.get('a')?.requires).toEqual(['b', 'setup']);
  expect(tasks.get('setup')?.requires).toEqual([]);
  expect(graph).toEqual({
    start: ['setup'],
    inbound: new Map([
      ['setup', []],
      ['a', ['b', 'setup']],
      ['b', ['setup']],
    ]),
    outbound: new Map([
      ['setup', ['a', 'b']],
      ['a', []],
      ['b', ['a']],
    ]),
  });
});
