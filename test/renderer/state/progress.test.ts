import { expect, test } from 'vitest';
import { progressOf } from '../../../renderer/state/progress.ts';
import { action, task, workflow } from '../example-nodes.ts';

const half = { fraction: 0.5, text: null };

test('a task is as far as the action of it that runs', () => {
  const running = action('x', 'a', { progress: half });
  expect(progressOf(running, null)).toBe(half);
  expect(progressOf(task('a'), running)).toBe(half);
});

test('of items, of what has ended and of what says nothing nobody knows how far it is', () => {
  const items = { total: 2, running: 2, succeeded: 0, failed: 0 };
  expect(progressOf(task('a', { items }), action('x', 'a', { progress: half }))).toBeNull();
  expect(progressOf(task('a', { state: 'SUCCESS' }), action('x', 'a', { progress: half }))).toBeNull();
  expect(progressOf(task('a'), action('x', 'a'))).toBeNull();
  expect(progressOf(workflow(), null)).toBeNull();
});
