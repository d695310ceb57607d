import { expect, test } from 'vitest';
import { problemsOf, taskOf } from './workflow-of.ts';

test('publish, publish-on-error and publish-on-skip are branch variables of their states', () => {
  expect(taskOf('{publish: {x: 1}, publish-on-error: {y: 2}, publish-on-skip: {z: 3}}').publish).toEqual({
    onSuccess: { branch: { x: 1 }, global: null, atomic: null },
    onError: { branch: { y: 2 }, global: null, atomic: null },
    onSkip: { branch: { z: 3 }, global: null, atomic: null },
  });
  expect(taskOf('{action: std.noop}').publish).toEqual({ onSuccess: null, onError: null, onSkip: null });
});

test("the task's publish wins over its on-success, key by key and at every depth", () => {
  const { onSuccess } = taskOf(
    '{publish: {x: 1, d: {p: 1}}, on-success: {publish: {branch: {x: 2, y: 3, d: {q: 2}}, global: {g: 4}}}}',
  ).publish;
  expect(onSuccess).toEqual({ branch: { x: 1, y: 3, d: { q: 2, p: 1 } }, global: { g: 4 }, atomic: null });
});

test('on-complete wins over both, but its section is lost where the stronger side has none', () => {
  const { onSuccess, onError } = taskOf(
    '{publish: {x: 1}, on-complete: {publish: {branch: {x: 9}, global: {lost: 1}}}, on-error: {publish: {global: {g: 1}}}}',
  ).publish;
  expect(onSuccess).toEqual({ branch: { x: 9 }, global: null, atomic: null });
  expect(onError).toEqual({ branch: null, global: { g: 1, lost: 1 }, atomic: null });
});

test('on-complete alone publishes in every state', () => {
  const { publish } = taskOf('{on-complete: {publish: {global: {g: 1}}, next: a}}');
  expect(publish.onSuccess).toEqual({ branch: null, global: { g: 1 }, atomic: null });
  expect(publish.onSkip).toEqual(publish.onSuccess);
});

test('a publish without a section, or with an unknown one, is refused', () => {
  const problems = problemsOf(
    "version: '2.0'\nw:\n  tasks:\n    t: {on-success: {publish: {}}}\n    u: {on-error: {publish: {brnch: {x: 1}}}}",
  );
  expect(problems).toEqual([
    "4:31-33 'publish' of 'on-success' of task 't' must have 'branch', 'global' or 'atomic'.",
    "5:29-44 'publish' of 'on-error' of task 'u' must have 'branch', 'global' or 'atomic'.",
    "5:30-35 Unknown attribute 'brnch' of 'publish' of 'on-error' of task 'u'. Did you mean 'branch'?",
  ]);
});
