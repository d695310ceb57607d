import { expect, test } from 'vitest';
import type { ExecutionSummary } from '../../../engine/api/resources.ts';
import {
  type ExecutionList,
  emptyExecutionList,
  everything,
  failPage,
  foldExecutions,
  putPage,
  removeExecution,
} from '../../../renderer/state/execution-list.ts';
import { getRow } from '../../../renderer/state/table.ts';
import { execution } from '../example-nodes.ts';

const ids = (list: ExecutionList) => list.roots.map(({ id }) => id);
const page = (executions: readonly ExecutionSummary[], next: string | null = null, total = executions.length) => ({
  executions,
  next,
  total,
});
const old = execution('old', { createdAt: 100 });
const recent = execution('recent', { createdAt: 200 });

test('a second page goes below the first, without what is already listed', () => {
  const first = putPage(emptyExecutionList, page([recent], 'more', 2), 'first');
  expect(ids(putPage(first, page([recent, old], null, 2), 'next'))).toEqual(['recent', 'old']);
});

test('a new execution comes on top, one that changed stays where it is', () => {
  const list = putPage(emptyExecutionList, page([recent, old]), 'first');
  const after = foldExecutions(list, [{ ...old, state: 'SUCCESS' }, execution('new', { createdAt: 300 })]);
  expect(ids(after)).toEqual(['new', 'recent', 'old']);
  expect(after.total).toBe(3);
  expect(getRow(after.rows, 'old')?.state).toBe('SUCCESS');
});

test('executions of the same millisecond come newest first', () => {
  const list = putPage(emptyExecutionList, page([old]), 'first');
  const after = foldExecutions(list, [execution('a', { createdAt: 300 }), execution('b', { createdAt: 400 })]);
  expect(ids(after)).toEqual(['b', 'a', 'old']);
});

test('a row does not vanish when its state stops matching the filter', () => {
  const list = putPage({ ...emptyExecutionList, filter: { ...everything, state: 'RUNNING' } }, page([recent]), 'first');
  expect(ids(foldExecutions(list, [{ ...recent, state: 'SUCCESS' }]))).toEqual(['recent']);
});

test('what does not match the filter is not added', () => {
  const filter = { ...everything, text: 'REPORT', state: 'RUNNING' } as const;
  const list = putPage({ ...emptyExecutionList, filter }, page([]), 'first');
  const after = foldExecutions(list, [
    execution('a'),
    execution('b', { state: 'ERROR' }),
    execution('c', { name: 'other' }),
    execution('d', { name: 'other', message: 'No Report came' }),
  ]);
  expect(ids(after).toSorted()).toEqual(['a', 'd']);
});

test('an execution of a page that has not been fetched waits for its page', () => {
  const list = putPage(emptyExecutionList, page([recent], 'more', 9), 'first');
  expect(ids(foldExecutions(list, [old]))).toEqual(['recent']);
});

test('what changed while a page was on its way is not overwritten by the page', () => {
  const loading = foldExecutions(emptyExecutionList, [
    { ...old, state: 'ERROR' },
    execution('new', { createdAt: 300 }),
  ]);
  const list = putPage(loading, page([recent, old]), 'first');
  expect(ids(list)).toEqual(['new', 'recent', 'old']);
  expect(getRow(list.rows, 'old')?.state).toBe('ERROR');
});

test('what was deleted while a page was on its way does not come back with it', () => {
  const list = putPage(removeExecution(emptyExecutionList, 'old'), page([recent, old]), 'first');
  expect(ids(list)).toEqual(['recent']);
});

test('a deleted execution is gone, and counted out', () => {
  const list = putPage(emptyExecutionList, page([recent, old]), 'first');
  expect(removeExecution(list, 'old')).toMatchObject({ roots: [{ id: 'recent' }], total: 1 });
  expect(removeExecution(list, 'nobody')).toBe(list);
});

test('a page that could not be had leaves what is listed, and says why', () => {
  const list = putPage(emptyExecutionList, page([recent]), 'first');
  expect(failPage(list, 'The disk is full.')).toMatchObject({
    status: 'failed',
    error: 'The disk is full.',
    roots: [{ id: 'recent' }],
  });
});
