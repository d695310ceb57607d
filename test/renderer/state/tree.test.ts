import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Node } from '../../../engine/api/resources.ts';
import { type Look, lookOf } from '../../../renderer/state/state-look.ts';
import { allRows, getRow } from '../../../renderer/state/table.ts';
import { type Branch, foldNodes, type Tree, treeFrom } from '../../../renderer/state/tree.ts';
import { action, task, workflow } from '../example-nodes.ts';

const shapeOf = ({ id, children }: Branch): unknown => ({ [id]: children.map(shapeOf) });
const tree = (...nodes: readonly Node[]) => treeFrom('root', { revision: 1, nodes });
const fold = (before: Tree, ...nodes: readonly Node[]) => foldNodes(before, { revision: before.revision + 1, nodes });

test('nodes hang below their parents in creation order', () => {
  const { root } = tree(
    workflow(),
    task('a', { order: 1 }),
    action('a1', 'a', { order: 2 }),
    task('b', { order: 3 }),
    action('a2', 'a', { order: 4 }),
  );
  expect(shapeOf(root)).toEqual({ root: [{ a: [{ a1: [] }, { a2: [] }] }, { b: [] }] });
});

test('a node that comes late goes to its place, not to the end', () => {
  const before = tree(workflow(), task('a', { order: 1 }), task('c', { order: 3 }));
  expect(shapeOf(fold(before, task('b', { order: 2 })).root)).toEqual({ root: [{ a: [] }, { b: [] }, { c: [] }] });
});

test('only what has children can be opened', () => {
  const { root } = tree(workflow(), task('a'), task('b', { order: 3 }), action('b1', 'b', { order: 4 }));
  expect(root.expandable).toBe(true);
  expect(root.children.map(({ expandable }) => expandable)).toEqual([false, true]);
});

test('the places stay the same objects while nodes only change their state', () => {
  const before = tree(workflow(), task('a'), action('a1', 'a'));
  const after = fold(before, task('a', { state: 'SUCCESS' }), action('a1', 'a', { state: 'SUCCESS' }));
  expect(after.root).toBe(before.root);
  expect(getRow(after.nodes, 'a')?.state).toBe('SUCCESS');
  expect(getRow(before.nodes, 'a')?.state).toBe('RUNNING');
});

test('a new node leaves the places beside its ancestors as they were', () => {
  const before = tree(
    workflow(),
    task('a'),
    action('a1', 'a'),
    task('b', { order: 3 }),
    action('b1', 'b', { order: 4 }),
  );
  const after = fold(before, action('b2', 'b', { order: 5 }));
  expect(after.root.children[0]).toBe(before.root.children[0]);
  expect(after.root.children[1]).not.toBe(before.root.children[1]);
});

test('what is already known is not folded again', () => {
  const after = fold(tree(workflow(), task('a')), task('a', { state: 'SUCCESS' }));
  expect(foldNodes(after, { revision: 2, nodes: [task('a', { state: 'ERROR' })] })).toBe(after);
});

test('a parent counts the tasks below it by state, handled errors apart from others', () => {
  const after = fold(
    tree(
      workflow(),
      task('outer', { type: 'WORKFLOW' }),
      workflow({ id: 'inner', parentId: 'outer', order: 2 }),
      task('x', { parentId: 'inner', order: 3 }),
      task('y', { parentId: 'inner', order: 4, state: 'ERROR', errorHandled: true }),
    ),
    task('x', { parentId: 'inner', order: 3, state: 'ERROR' }),
  );
  expect(getRow(after.rollups, 'inner')).toEqual({ id: 'inner', tasks: { ERROR: 1, HANDLED: 1 }, failed: 1 });
  expect(getRow(after.rollups, 'root')?.tasks).toEqual({ RUNNING: 1, ERROR: 1, HANDLED: 1 });
});

test('a batch may name a node twice: the later version counts, once', () => {
  const after = fold(tree(workflow()), task('a'), task('a', { state: 'ERROR' }));
  expect(getRow(after.rollups, 'root')).toEqual({ id: 'root', tasks: { ERROR: 1 }, failed: 1 });
  expect(after.root.children).toHaveLength(1);
});

test('however the changes are cut into batches, the mirror is the one that a fresh snapshot gives', () => {
  const states = fc.constantFrom('WAITING', 'RUNNING', 'SUCCESS', 'ERROR', 'PAUSED' as const);
  const history = fc.array(fc.tuple(fc.nat(30), states, fc.boolean()), { maxLength: 80 });
  fc.assert(
    fc.property(history, fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 20 }), (steps, sizes) => {
      const made: Node[] = [workflow()];
      const changes = steps.map(([at, state, handled]): Node => {
        const known = made[at];
        const parent = made[at % made.length] ?? made[0];
        const node =
          known === undefined || known.kind === 'workflow'
            ? task(`n${made.length}`, {
                parentId: parent?.id ?? 'root',
                order: made.length,
                state,
                errorHandled: handled,
              })
            : { ...known, state, errorHandled: handled };
        const place = made.findIndex(({ id }) => id === node.id);
        if (place === -1) made.push(node as Node);
        else made[place] = node as Node;
        return node as Node;
      });
      let mirror = tree(workflow());
      for (let from = 0, turn = 0; from < changes.length; turn++) {
        const size = sizes[turn] ?? 3;
        mirror = fold(mirror, ...changes.slice(from, from + size));
        from += size;
      }
      const fresh = tree(...made);
      expect(shapeOf(mirror.root)).toEqual(shapeOf(fresh.root));
      for (const { id } of made) expect(getRow(mirror.nodes, id)).toEqual(getRow(fresh.nodes, id));
      expect(countsOf(mirror)).toEqual(countsOf(fresh));
      expect(countsOf(mirror)).toEqual(countedByHand(made));
    }),
  );
});

function countsOf({ rollups }: Tree): unknown {
  return Object.fromEntries(
    [...allRows(rollups)].map(({ id, tasks, failed }) => [id, { tasks, failed }] as const).toSorted(),
  );
}

function countedByHand(nodes: readonly Node[]): unknown {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const counts = new Map<string, { tasks: Partial<Record<Look, number>>; failed: number }>();
  for (const node of nodes) {
    for (let id = node.parentId; id !== null; id = byId.get(id)?.parentId ?? null) {
      const count = counts.get(id) ?? { tasks: {}, failed: 0 };
      counts.set(id, count);
      const look = lookOf(node);
      if (node.kind === 'task') count.tasks[look] = (count.tasks[look] ?? 0) + 1;
      if (look === 'ERROR') count.failed += 1;
    }
  }
  return Object.fromEntries([...counts].toSorted());
}
