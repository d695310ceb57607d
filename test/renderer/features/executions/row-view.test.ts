import { expect, test } from 'vitest';
import type { Node } from '../../../../engine/api/resources.ts';
import { nameOfRow, timeSpan } from '../../../../renderer/features/executions/row-view.ts';
import { action, task, workflow } from '../../example-nodes.ts';

const row = (node: Node, held = false) => ({
  node,
  held,
  asks: false,
  waits: null,
  progress: null,
  bucket: null,
  bucketCounts: '',
  isAttempt: false,
});

test('a row says what it is, its state and why', () => {
  expect(nameOfRow(row(workflow({ state: 'PAUSED', runningActions: 2 })))).toBe(
    'report, workflow execution, Pausing: 2 still running',
  );
  expect(nameOfRow(row(task('b', { state: 'WAITING', message: 'waiting for a' })))).toBe(
    'b, task, Waiting, waiting for a',
  );
  expect(nameOfRow(row(action('i', 'b', { index: 7, state: 'ERROR' })))).toBe('item 7, std.echo, action, Failed');
});

test('a duration ends, goes on or is not there', () => {
  expect(timeSpan(row(task('a', { startedAt: 5, finishedAt: 9, state: 'SUCCESS' })))).toEqual({ start: 5, end: 9 });
  expect(timeSpan(row(task('a', { startedAt: 5 })))).toEqual({ start: 5, end: null });
  expect(timeSpan(row(task('a', { startedAt: null, state: 'WAITING' })))).toBeNull();
  expect(timeSpan(row(workflow({ state: 'PAUSED' })))).toBeNull();
  expect(timeSpan(row(workflow({ state: 'PAUSED', runningActions: 1 })))).toEqual({ start: 1000, end: null });
});

test('a task that only counts as running says that it is held, and no time passes for it', () => {
  expect(timeSpan(row(task('a'), true))).toBeNull();
  expect(nameOfRow(row(task('a'), true))).toBe('a, task, Running, Held while the workflow is paused');
});

test('a task whose action has not begun says why', () => {
  const waits = 'Waits for a place: 1 of 1 actions are at work';
  expect(nameOfRow({ ...row(task('a')), waits })).toBe(`a, task, Running, ${waits}`);
});

test('a row that asks the person says so', () => {
  expect(nameOfRow({ ...row(task('approve')), asks: true })).toBe('approve, task, Running, Waits for your answer');
});
