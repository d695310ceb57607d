import { expect, test } from 'vitest';
import { barOf } from '../../../renderer/state/bar.ts';
import { action, task, workflow } from '../example-nodes.ts';

test('a task without children waits until it starts and runs from then on', () => {
  expect(barOf(task('a', { createdAt: 100, startedAt: 300, finishedAt: 500 }), [])).toEqual({
    from: 100,
    to: 500,
    runs: [{ from: 300, to: 500 }],
    attempts: [],
  });
  expect(barOf(task('a', { createdAt: 100, startedAt: null }), [])).toMatchObject({ from: 100, to: null, runs: [] });
});

test('a task whose start is put off waits, although it counts as started', () => {
  const node = task('a', { createdAt: 100, startedAt: 100, state: 'RUNNING_DELAYED' });
  expect(barOf(node, [])).toMatchObject({ from: 100, to: null, runs: [] });
});

test('between two attempts a task waits, and each attempt after the first is marked', () => {
  const node = task('a', { createdAt: 0, startedAt: 10, finishedAt: 100 });
  const attempts = [
    action('1', 'a', { startedAt: 10, finishedAt: 20, attempt: 1 }),
    action('2', 'a', { startedAt: 50, finishedAt: 60, attempt: 2 }),
    action('3', 'a', { startedAt: 90, finishedAt: 100, attempt: 3 }),
  ];
  expect(barOf(node, attempts)).toEqual({
    from: 0,
    to: 100,
    runs: [
      { from: 10, to: 20 },
      { from: 50, to: 60 },
      { from: 90, to: 100 },
    ],
    attempts: [50, 90],
  });
});

test('items that run beside each other make one stretch; it has no end while one of them runs', () => {
  const items = [
    action('1', 'a', { startedAt: 10, finishedAt: 40, index: 0 }),
    action('2', 'a', { startedAt: 10, finishedAt: 30, index: 1 }),
    action('3', 'a', { startedAt: 40, finishedAt: 70, index: 2 }),
    action('4', 'a', { startedAt: 90, finishedAt: null, index: 3 }),
    action('5', 'a', { startedAt: 95, finishedAt: 99, index: 4 }),
  ];
  expect(barOf(task('a', { createdAt: 0, startedAt: 10 }), items).runs).toEqual([
    { from: 10, to: 70 },
    { from: 90, to: null },
  ]);
});

test('what waits for its turn, or never had it, has not run', () => {
  const children = [
    action('1', 'a', { createdAt: 10, startedAt: 10, finishedAt: 40 }),
    action('2', 'a', { createdAt: 10, startedAt: 60, finishedAt: null, attempt: 2 }),
    action('3', 'a', { createdAt: 70, startedAt: null, hasBegun: false, attempt: 3 }),
    action('4', 'a', { createdAt: 10, startedAt: null, finishedAt: 50, state: 'CANCELLED' }),
  ];
  expect(barOf(task('a', { createdAt: 0, startedAt: 10 }), children)).toMatchObject({
    runs: [
      { from: 10, to: 40 },
      { from: 60, to: null },
    ],
    attempts: [60],
  });
});

test('what runs on after its task was cancelled is not shown to run on', () => {
  const node = task('a', { createdAt: 0, startedAt: 0, finishedAt: 50, state: 'CANCELLED' });
  expect(barOf(node, [action('1', 'a', { startedAt: 0, finishedAt: null })]).runs).toEqual([{ from: 0, to: 50 }]);
});

test('a workflow runs from its start to its end, whatever its tasks do', () => {
  const node = workflow({ createdAt: 5, startedAt: 5, finishedAt: 80 });
  expect(barOf(node, [task('a', { startedAt: 20, finishedAt: 30 })]).runs).toEqual([{ from: 5, to: 80 }]);
});
