import { expect, test } from 'vitest';
import type { Change } from '../../../engine/api/changes.ts';
import { putPage } from '../../../renderer/state/execution-list.ts';
import { beginWatch, foldChanges } from '../../../renderer/state/mirror.ts';
import { nodeOf } from '../../../renderer/state/nodes.ts';
import { getRow } from '../../../renderer/state/table.ts';
import { treeFrom } from '../../../renderer/state/tree.ts';
import { initialState, type WindowState } from '../../../renderer/state/window-state.ts';
import { execution, task, workflow } from '../example-nodes.ts';

const key = (id: string) => ({ rootId: 'root', id });
const nodes = (revision: number, ...changed: Extract<Change, { type: 'nodes' }>['nodes']): Change => ({
  type: 'nodes',
  rootId: 'root',
  revision,
  nodes: changed,
  left: 0,
});
const watching: WindowState = {
  ...initialState,
  watches: new Map([['root', { status: 'loading', request: 1, early: [] }]]),
};
const fold = (state: WindowState, ...changes: Change[]): WindowState => ({ ...state, ...foldChanges(state, changes) });
const loaded = (
  state: WindowState,
  revision: number,
  ...snapshot: Parameters<typeof beginWatch>[2]['nodes']
): WindowState => {
  const watch = state.watches.get('root');
  if (watch?.status !== 'loading') throw new Error('not being asked for');
  return { ...state, watches: new Map([['root', beginWatch('root', watch.early, { revision, nodes: snapshot })]]) };
};

test('changes that were faster than the snapshot are folded on top of it, older ones are not', () => {
  const early = fold(watching, nodes(4, task('a', { state: 'ERROR' })), nodes(6, task('b', { order: 2 })));
  const state = loaded(early, 5, workflow(), task('a', { state: 'SUCCESS' }));
  expect(nodeOf(state, key('a'))?.state).toBe('SUCCESS');
  expect(nodeOf(state, key('b'))?.state).toBe('RUNNING');
});

test('folding a batch twice changes nothing', () => {
  const state = loaded(watching, 1, workflow(), task('a'));
  const batch = [nodes(2, task('a', { state: 'SUCCESS' })), nodes(3, task('b', { order: 2 }))];
  const once = fold(state, ...batch);
  expect(fold(once, ...batch)).toEqual(once);
});

test('a tree that nobody looks at is not mirrored', () => {
  expect(fold(initialState, nodes(2, workflow())).watches.size).toBe(0);
});

test('a deleted execution takes its tree, its open rows and the selection along', () => {
  const state = fold(
    {
      ...loaded(watching, 1, workflow()),
      executions: putPage(initialState.executions, { executions: [workflow()], next: null, total: 1 }, 'first'),
      selected: key('a'),
      expansions: new Map([['root', { depth: 2, toggled: new Set() }]]),
    },
    { type: 'executionDeleted', id: 'root' },
  );
  expect(state).toMatchObject({ selected: null, executions: { roots: [], total: 0 } });
  expect(state.watches.size + state.expansions.size).toBe(0);
});

test('executions, workflows and troubles follow the last word', () => {
  const trouble = { id: 't', severity: 'error', message: 'A file is damaged.', file: null } as const;
  const state = fold(
    {
      ...initialState,
      executions: putPage(initialState.executions, { executions: [], next: null, total: 0 }, 'first'),
    },
    { type: 'execution', execution: execution('one') },
    { type: 'execution', execution: execution('one', { state: 'SUCCESS' }) },
    { type: 'troubles', troubles: [trouble] },
    { type: 'workflows', workflows: [] },
  );
  expect(nodeOf(state, { rootId: 'one', id: 'one' })?.state).toBe('SUCCESS');
  expect(state.executions.roots).toHaveLength(1);
  expect(state.troubles).toEqual([trouble]);
  expect(state.workflows).toEqual({ status: 'loaded', value: [] });
});

test('while an execution is shown as it was, what happens is folded into what is', () => {
  const now = treeFrom('root', { revision: 3, nodes: [workflow(), task('a')] });
  const tree = treeFrom('root', { revision: 3, nodes: [workflow()] });
  const state: WindowState = {
    ...initialState,
    watches: new Map([['root', { status: 'loaded', tree, past: { position: 1, last: 3, at: 0, now } }]]),
  };
  const watch = fold(state, nodes(4, task('a', { state: 'SUCCESS' }))).watches.get('root');
  if (watch?.status !== 'loaded') throw new Error('not loaded');
  expect(watch.tree).toBe(tree);
  expect(getRow(watch.past?.now.nodes ?? tree.nodes, 'a')?.state).toBe('SUCCESS');
});
