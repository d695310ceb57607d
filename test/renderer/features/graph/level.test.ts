import { expect, test } from 'vitest';
import { checkWorkflows } from '../../../../engine/language/check-definitions.ts';
import { graphModel, placeId, scopeIn } from '../../../../renderer/features/graph/graph-model.ts';
import { type Level, levelOf, levelsOf, modelOf, type Opened } from '../../../../renderer/features/graph/level.ts';
import type { Definition } from '../../../../renderer/state/definitions.ts';
import { branchesTo } from '../../../../renderer/state/nodes.ts';
import { treeFrom } from '../../../../renderer/state/tree.ts';
import type { Loadable } from '../../../../renderer/state/window-state.ts';
import { task, workflow } from '../../example-nodes.ts';

const text = `version: '2.0'
outer:
  tasks:
    first: { workflow: inner }
    again: { workflow: outer }
    foreign: { workflow: elsewhere }
inner:
  tasks:
    a: { action: std.noop, on-success: b }
    b: { action: std.noop }
`;
const beside = checkWorkflows(text).workflows.map(({ definition }) => definition);
const [outer] = beside;
if (outer === undefined) throw new Error('The text is wrong');

const none: ReadonlyMap<string, Loadable<Definition>> = new Map();
const first = placeId('first');

function planned(opened: Opened) {
  const root = levelOf({ scope: '', definition: outer as Level['definition'], beside }, null, [], 'all', false);
  return levelsOf(root, { opened, definitions: none, nodes: null, namespace: '' }, () => undefined);
}

test('a workflow of the same text is open in the task that runs it, without any state', () => {
  const { levels, wanted } = planned(new Map([[first, 'all']]));
  const inner = levels.get(scopeIn(first));
  expect(inner?.definition.name).toBe('inner');
  expect(inner?.possible).toBeNull();
  expect(wanted).toEqual([]);
});

test('one that runs itself is open only as deep as somebody has opened it', () => {
  const again = placeId('again');
  const deeper = placeId('again', scopeIn(again));
  expect([...planned(new Map([[again, 'all']])).levels.keys()]).toEqual(['', scopeIn(again)]);
  const both = planned(
    new Map([
      [again, 'all'],
      [deeper, 'all'],
    ]),
  ).levels;
  expect([...both.keys()]).toEqual(['', scopeIn(again), scopeIn(deeper)]);
});

test('what is open within something that was closed comes back with it, and is not shown before', () => {
  const inAgain = placeId('first', scopeIn(placeId('again')));
  expect([...planned(new Map([[inAgain, 'all']])).levels.keys()]).toEqual(['']);
});

test('a workflow that is not in the text is asked for', () => {
  const { wanted, missing } = planned(new Map([[placeId('foreign'), 'all']]));
  expect(wanted).toEqual([{ type: 'library', key: '/elsewhere', name: 'elsewhere', namespace: '' }]);
  expect([...missing.values()]).toEqual([null]);
});

test('the graph of what is open is inside of its task, under names of its own', () => {
  const { levels } = planned(new Map([[first, 'all']]));
  const model = modelOf(new Map([...levels].map(([scope, { definition }]) => [scope, definition])));
  const place = model?.places.find(({ id }) => id === first);
  const inside = place?.kind === 'task' ? place.inside : null;
  expect(inside).toEqual(graphModel(beside[1] as Level['definition'], scopeIn(first)));
});

test('several executions are looked at together, each task with how many are in which state, or one by one', () => {
  const tree = treeFrom('root', {
    revision: 1,
    nodes: [
      workflow(),
      task('t', { name: 'first', order: 1 }),
      ...[0, 1, 2].flatMap((index) => [
        workflow({ id: `w${index}`, parentId: 't', order: 2 + index * 10, index, name: 'inner' }),
        task(`a${index}`, {
          name: 'a',
          parentId: `w${index}`,
          order: 3 + index * 10,
          state: index === 1 ? 'ERROR' : 'SUCCESS',
        }),
      ]),
      task('b0', { name: 'b', parentId: 'w0', order: 99, state: 'RUNNING' }),
    ],
  });
  const definitions = new Map([
    ['root w0', { status: 'loaded', value: { text, workflow: beside[1] ?? null, beside } } as const],
    ['root w1', { status: 'loaded', value: { text, workflow: beside[1] ?? null, beside } } as const],
  ]);
  const state = {
    watches: new Map([['root', { status: 'loaded', tree } as const]]),
    executions: { rows: new Map() } as unknown as Parameters<typeof branchesTo>[0]['executions'],
  };
  const look = (pick: string) => {
    const root = levelOf(
      { scope: '', definition: outer as Level['definition'], beside },
      tree.nodes,
      [tree.root],
      'all',
      false,
    );
    const sources = { opened: new Map([[first, pick]]), definitions, nodes: tree.nodes, namespace: '' };
    return levelsOf(root, sources, (node) => branchesTo(state, node).at(-1)).levels.get(scopeIn(first));
  };
  const together = look('all');
  expect(together?.executions).toHaveLength(3);
  expect(together?.runs.get('a')?.sum).toEqual({ SUCCESS: 2, ERROR: 1 });
  expect(together?.runs.get('a')?.node.id).toBe('a1');
  expect(together?.runs.get('b')?.sum).toEqual({ RUNNING: 1 });
  const second = look('w1');
  expect(second?.shown.map(({ id }) => id)).toEqual(['w1']);
  expect(second?.runs.get('a')?.node.id).toBe('a1');
  expect(second?.runs.get('a')?.sum).toBeUndefined();
  expect(second?.runs.has('b')).toBe(false);
});
