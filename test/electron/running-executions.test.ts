import { expect, it } from 'vitest';
import { noticesOf } from '../../electron/end-notices.ts';
import { RunningExecutions } from '../../electron/running-executions.ts';
import type { Change } from '../../engine/api/changes.ts';
import type { ExecutionSummary, WorkflowNode } from '../../engine/api/resources.ts';

const START = 1000;

function execution(id: string, state: WorkflowNode['state'], more: Partial<WorkflowNode> = {}): ExecutionSummary {
  const hasEnded = state !== 'RUNNING' && state !== 'PAUSED';
  return {
    kind: 'workflow',
    id,
    rootId: id,
    parentId: null,
    order: 0,
    name: id,
    message: null,
    createdAt: START,
    startedAt: START,
    finishedAt: hasEnded ? START + 10 : null,
    state,
    description: '',
    index: null,
    taskCounts: {},
    runningActions: 0,
    ...more,
  };
}

const change = (...executions: readonly ExecutionSummary[]): readonly Change[] =>
  executions.map((each) => ({ type: 'execution', execution: each }));

it('counts what runs, and how many of its tasks have ended', () => {
  const running = new RunningExecutions(START);
  running.begin([execution('a', 'RUNNING', { taskCounts: { SUCCESS: 1, RUNNING: 3 } })]);
  running.fold(change(execution('b', 'RUNNING', { taskCounts: { ERROR: 1, SKIPPED: 1, WAITING: 2 } })));
  expect(running.counts).toEqual({ executions: 2, tasks: 8, ended: 3 });
  running.fold(change(execution('a', 'RUNNING', { taskCounts: { SUCCESS: 4 } })));
  expect(running.counts).toEqual({ executions: 2, tasks: 8, ended: 6 });
  running.fold(change(execution('a', 'SUCCESS'), execution('b', 'CANCELLED')));
  expect(running.counts).toEqual({ executions: 0, tasks: 0, ended: 0 });
});

it('counts one that pauses until its last action has ended, and one that is deleted no more', () => {
  const running = new RunningExecutions(START);
  running.fold(change(execution('a', 'PAUSED', { runningActions: 2 }), execution('b', 'RUNNING')));
  expect(running.ids).toEqual(['a', 'b']);
  running.fold(change(execution('a', 'PAUSED')));
  running.fold([{ type: 'executionDeleted', id: 'b' }]);
  expect(running.counts.executions).toBe(0);
});

it('tells of each end once, also when it ran again, and not of what ended before', () => {
  const running = new RunningExecutions(START);
  const ends = (...executions: readonly ExecutionSummary[]) => running.fold(change(...executions)).map(({ id }) => id);
  expect(ends(execution('old', 'SUCCESS', { finishedAt: START - 1 }))).toEqual([]);
  expect(ends(execution('short', 'SUCCESS'))).toEqual(['short']);
  expect(ends(execution('short', 'SUCCESS', { description: 'changed' }))).toEqual([]);
  expect(ends(execution('long', 'RUNNING'))).toEqual([]);
  expect(ends(execution('long', 'ERROR'))).toEqual(['long']);
  expect(ends(execution('long', 'RUNNING'))).toEqual([]);
  expect(ends(execution('long', 'SUCCESS'))).toEqual(['long']);
});

it('does not take a page of the list for newer than what was heard of meanwhile', () => {
  const running = new RunningExecutions(START);
  running.fold(change(execution('a', 'SUCCESS')));
  running.begin([execution('a', 'RUNNING'), execution('b', 'RUNNING')]);
  expect(running.ids).toEqual(['b']);
});

it('says of up to five executions how each ended, and why it failed', () => {
  const five = [1, 2, 3, 4].map((n) => execution(`ok${n}`, 'SUCCESS'));
  const notices = noticesOf([...five, execution('bad', 'ERROR', { message: 'No seats left' })]);
  expect(notices).toHaveLength(5);
  expect(notices[0]).toEqual({ title: 'ok1 succeeded', body: '', id: 'ok1' });
  expect(notices[4]).toEqual({ title: 'bad failed', body: 'No seats left', id: 'bad' });
});

it('says of more than five in one sentence how many failed, those first', () => {
  const ended = [
    ...Array.from({ length: 9 }, (_, n) => execution(`ok${n}`, 'SUCCESS', { name: 'nightly' })),
    ...Array.from({ length: 3 }, (_, n) => execution(`bad${n}`, 'ERROR', { name: 'release' })),
    execution('gone', 'CANCELLED'),
  ];
  expect(noticesOf(ended)).toEqual([{ title: '12 executions ended, 3 failed', body: 'release, nightly', id: null }]);
});

it('says nothing of what was cancelled', () => {
  expect(noticesOf([execution('a', 'CANCELLED')])).toEqual([]);
});
