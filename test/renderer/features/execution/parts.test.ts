import { expect, test } from 'vitest';
import { partsOf } from '../../../../renderer/features/execution/parts.ts';
import { action, task, workflow } from '../../example-nodes.ts';

const noneOf = (field: string, parts: ReturnType<typeof partsOf>) => parts.find((part) => part.field === field)?.none;

test('the input of a task is that of its newest attempt', () => {
  const attempt = action('a2', 'a');
  expect(partsOf(task('a'), attempt).find(({ field }) => field === 'input')?.of).toBe(attempt);
  expect(partsOf(task('a'), null).some(({ field }) => field === 'input')).toBe(false);
});

test('a task with items has no input: each item has its own', () => {
  const items = { total: 3, running: 1, succeeded: 0, failed: 0 };
  expect(partsOf(task('a', { items }), action('i', 'a')).some(({ field }) => field === 'input')).toBe(false);
});

test('nothing yet and nothing at all are said differently', () => {
  expect(noneOf('result', partsOf(task('a'), null))).toBe('Not produced yet.');
  expect(noneOf('result', partsOf(task('a', { state: 'CANCELLED' }), null))).toBe('Nothing was produced.');
  expect(noneOf('output', partsOf(workflow(), null))).toBe('Not produced yet.');
});
