import { expect, test } from 'vitest';
import type { Node } from '../../../engine/api/resources.ts';
import { commandsFor, repeatableTasks } from '../../../renderer/state/node-commands.ts';
import { treeFrom } from '../../../renderer/state/tree.ts';
import { initialState, type WindowState } from '../../../renderer/state/window-state.ts';
import { action, task, workflow } from '../example-nodes.ts';

const stateWith = (nodes: readonly Node[]): WindowState => ({
  ...initialState,
  watches: new Map([['root', { status: 'loaded', tree: treeFrom('root', { revision: 1, nodes }) }]]),
});
const commands = (node: Node, others: readonly Node[] = []) => commandsFor(stateWith([...others, node]), node);

test('an execution offers what its state allows', () => {
  expect(commands(workflow())).toEqual(['pause', 'runAgain', 'cancel']);
  expect(commands(workflow({ state: 'PAUSED' }))).toEqual(['resume', 'resumeWith', 'runAgain', 'cancel']);
  expect(commands(workflow({ state: 'SUCCESS' }))).toEqual(['runAgain', 'delete']);
  expect(commands(workflow({ state: 'ERROR', taskCounts: { ERROR: 1 } }))).toEqual(['rerun', 'runAgain', 'delete']);
  expect(commands(workflow({ state: 'ERROR', taskCounts: { SUCCESS: 1 } }))).toEqual(['runAgain', 'delete']);
});

test('a failed task can be repeated or skipped once its workflow has failed, and no other', () => {
  const failed = task('a', { state: 'ERROR' });
  expect(commands(failed, [workflow({ state: 'ERROR' })])).toEqual(['rerun', 'skip']);
  expect(commands(task('a', { state: 'ERROR', wantsTrust: true }), [workflow({ state: 'ERROR' })])).toEqual([
    ...['allow', 'rerun', 'skip'],
  ]);
  expect(commands(failed, [workflow()])).toEqual([]);
  expect(commands(task('b', { state: 'SUCCESS' }), [workflow({ state: 'ERROR' })])).toEqual([]);
});

test('only an action that is completed from outside can be completed by a person', () => {
  expect(commands(action('x', 'a'))).toEqual([]);
  expect(commands(action('x', 'a', { isSync: false }))).toEqual(['completeAction', 'failAction', 'pauseAction']);
  expect(commands(action('x', 'a', { isSync: false, state: 'PAUSED' })).at(-1)).toBe('resumeAction');
  expect(commands(action('x', 'a', { isSync: false, state: 'SUCCESS' }))).toEqual([]);
});

test('who is asked something can answer on the row of the action, of its task and of the execution', () => {
  const nodes = [workflow(), task('a'), action('x', 'a', { isSync: false }), task('b')];
  const question = {
    ...{ rootId: 'root', id: 'x', execution: 'report', task: 'a', askedAt: 0 },
    ...{ text: 'Deploy?', details: null, yes: 'Yes', no: 'No', fields: null },
  };
  const state = { ...stateWith(nodes), questions: [question] };
  const offered = nodes.map((node) => commandsFor(state, node));
  expect(offered).toEqual([['answer', 'pause', 'runAgain', 'cancel'], ['answer'], ['answer'], []]);
});

test('of several failed tasks the innermost comes first, and one whose failure was handled last', () => {
  const state = stateWith([
    workflow({ state: 'ERROR' }),
    task('outer', { state: 'ERROR', order: 1 }),
    task('handled', { state: 'ERROR', errorHandled: true, order: 9 }),
    workflow({ id: 'nested', parentId: 'outer', state: 'ERROR', order: 3 }),
    task('inner', { parentId: 'nested', state: 'ERROR', order: 4 }),
  ]);
  expect(repeatableTasks(state, 'root', 9).map(({ id }) => id)).toEqual(['inner', 'outer', 'handled']);
});

test('nothing can be asked of what is shown as it was', () => {
  const tree = treeFrom('root', { revision: 1, nodes: [workflow()] });
  const past = { position: 1, last: 3, at: 0, now: tree };
  const state: WindowState = { ...initialState, watches: new Map([['root', { status: 'loaded', tree, past }]]) };
  expect(commandsFor(state, workflow())).toEqual([]);
});
