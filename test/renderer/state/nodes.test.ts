import { expect, test } from 'vitest';
import { goToFailed } from '../../../renderer/state/execution-actions.ts';
import { putPage } from '../../../renderer/state/execution-list.ts';
import { nextFailed } from '../../../renderer/state/next-failed.ts';
import { isHeld, lastChildOf, loadingOf, rollupOf } from '../../../renderer/state/nodes.ts';
import { statusOf } from '../../../renderer/state/status.ts';
import { getState, useStore } from '../../../renderer/state/store.ts';
import { foldNodes, treeFrom } from '../../../renderer/state/tree.ts';
import { initialState, type WindowState } from '../../../renderer/state/window-state.ts';
import { action, execution, task, workflow } from '../example-nodes.ts';

const root = workflow({ createdAt: 9000 });
const running = [
  root,
  task('a', { order: 1, state: 'SUCCESS' }),
  task('provision', { order: 2 }),
  action('i36', 'provision', { order: 3, index: 36, state: 'SUCCESS' }),
  action('i37', 'provision', { order: 4, index: 37, state: 'ERROR' }),
  task('retried', { order: 5, state: 'ERROR', errorHandled: true }),
  task('c', { order: 6, state: 'ERROR' }),
];
const executions = [
  root,
  execution('fine', { state: 'SUCCESS', createdAt: 500 }),
  execution('broken', { state: 'ERROR', createdAt: 400 }),
];
const state: WindowState = {
  ...initialState,
  executions: putPage(initialState.executions, { executions, next: null, total: 3 }, 'first'),
  watches: new Map([['root', { status: 'loaded', tree: treeFrom('root', { revision: 1, nodes: running }) }]]),
};
const from = (id: string, direction: 1 | -1) =>
  nextFailed(state, { rootId: id === 'fine' || id === 'broken' ? id : 'root', id }, direction)?.map(
    (branch) => branch.id,
  );

test('goes through what failed in the order of the rows, also where rows are closed', () => {
  expect(from('root', 1)).toEqual(['root', 'provision', 'i37']);
  expect(from('i37', 1)).toEqual(['root', 'c']);
  expect(from('c', 1)).toEqual(['broken']);
});

test('starts from where one is, also when nothing has failed there', () => {
  expect(from('i36', 1)).toEqual(['root', 'provision', 'i37']);
  expect(from('retried', 1)).toEqual(['root', 'c']);
  expect(from('retried', -1)).toEqual(['root', 'provision', 'i37']);
  expect(from('fine', 1)).toEqual(['broken']);
});

test('goes round at both ends', () => {
  expect(from('broken', 1)).toEqual(['root', 'provision', 'i37']);
  expect(from('root', -1)).toEqual(['broken']);
  expect(nextFailed(state, null, 1)?.at(-1)?.id).toBe('i37');
});

test('what was handled has not failed', () => {
  expect(
    nextFailed(
      {
        ...initialState,
        executions: putPage(initialState.executions, { executions: [], next: null, total: 0 }, 'first'),
      },
      null,
      1,
    ),
  ).toBeNull();
});

test('the status names what runs and the item that failed', () => {
  expect(statusOf({ ...state, selected: { rootId: 'root', id: 'a' } })).toBe(
    'report: 1 task running, 1 failed: provision item 37',
  );
});

test('the status of a failed execution says where it failed', () => {
  const nodes = [
    execution('x', { state: 'ERROR', name: 'import' }),
    task('parse', { rootId: 'x', parentId: 'x', state: 'ERROR' }),
  ];
  const watches: WindowState['watches'] = new Map([
    ['x', { status: 'loaded', tree: treeFrom('x', { revision: 1, nodes }) }],
  ]);
  const list = putPage(initialState.executions, { executions: [execution('x')], next: null, total: 1 }, 'first');
  expect(statusOf({ watches, executions: list, selected: { rootId: 'x', id: 'x' } })).toBe('import: Failed: parse');
});

test('without a selection the status counts the executions that have not ended', () => {
  expect(statusOf({ ...state, selected: null })).toBe('Execution: 1 running');
});

test('the newest child of a node is found at any depth', () => {
  expect(lastChildOf(state, { rootId: 'root', id: 'provision' })?.id).toBe('i37');
  expect(lastChildOf(state, { rootId: 'root', id: 'root' })?.id).toBe('c');
  expect(lastChildOf(state, { rootId: 'root', id: 'i37' })).toBeNull();
  expect(lastChildOf(state, { rootId: 'broken', id: 'broken' })).toBeNull();
});

test('a task is held where nothing happens any more: in a paused workflow, and in its delay in one that has ended', () => {
  const held = (paused: Partial<Parameters<typeof workflow>[0]>, more = {}) => {
    const nodes = [workflow(paused), task('a', more)];
    const watches: WindowState['watches'] = new Map([
      ['root', { status: 'loaded', tree: treeFrom('root', { revision: 1, nodes }) }],
    ]);
    return isHeld({ ...initialState, watches }, task('a', more));
  };
  expect(held({ state: 'PAUSED' })).toBe(true);
  expect(held({ state: 'PAUSED', runningActions: 1 })).toBe(false);
  expect(held({ state: 'RUNNING' })).toBe(false);
  expect(held({ state: 'PAUSED' }, { state: 'SUCCESS' })).toBe(false);
  expect(held({ state: 'CANCELLED' }, { state: 'RUNNING_DELAYED' })).toBe(true);
  expect(held({ state: 'ERROR' }, { state: 'RUNNING' })).toBe(false);
});

test('what is below a row is not counted before all of it is here, and the root says how much is', () => {
  const here = [workflow(), task('a', { order: 1, state: 'ERROR' })];
  const part = treeFrom('root', { revision: 1, nodes: here, left: 1200 });
  const loading = { watches: new Map([['root', { status: 'loaded' as const, tree: part }]]) };
  const key = { rootId: 'root', id: 'root' };
  expect(rollupOf(loading, key)).toBeNull();
  expect(loadingOf(loading, 'root')).toBe('Loading: 2 of 1,202 rows');

  const whole = foldNodes(part, { revision: 2, nodes: [task('b', { order: 2 })], left: 0 });
  const loaded = { watches: new Map([['root', { status: 'loaded' as const, tree: whole }]]) };
  expect(rollupOf(loaded, key)).toMatchObject({ failed: 1 });
  expect(loadingOf(loaded, 'root')).toBeNull();
});

test('that nothing has failed is said of a whole tree only', () => {
  const part = (left: number) => treeFrom('root', { revision: 1, nodes: [workflow({ state: 'SUCCESS' })], left });
  const said = (left: number) => {
    useStore.setState({ ...initialState, watches: new Map([['root', { status: 'loaded', tree: part(left) }]]) }, true);
    goToFailed(1);
    return getState().notice?.message;
  };
  expect(said(7)).toBe('Nothing has failed in what is here so far.');
  expect(said(0)).toBe('Nothing has failed here.');
});
