import { expect, test } from 'vitest';
import type { Node } from '../../../../engine/api/resources.ts';
import { timelineRows } from '../../../../renderer/features/timeline/timeline-rows.ts';
import { treeFrom } from '../../../../renderer/state/tree.ts';
import { action, task, workflow } from '../../example-nodes.ts';

const nodes: readonly Node[] = [
  workflow({ order: 0 }),
  task('once', { order: 1 }),
  action('once-1', 'once', { order: 2 }),
  task('twice', { order: 3 }),
  action('twice-1', 'twice', { order: 4, attempt: 1 }),
  action('twice-2', 'twice', { order: 5, attempt: 2 }),
  task('nested', { order: 6, type: 'WORKFLOW' }),
  workflow({ id: 'inner', parentId: 'nested', order: 7 }),
  task('deep', { parentId: 'inner', order: 8 }),
];

const { root } = treeFrom('root', { revision: 1, nodes });
const kindOf = (wanted: string) => nodes.find(({ id }) => id === wanted)?.kind;
const idsOf = (each: boolean) => Array.from(timelineRows(root, kindOf, each), ({ id }) => id);

test('there is a row for each workflow execution and each task, however deep', () => {
  expect(idsOf(false)).toEqual(['root', 'once', 'twice', 'nested', 'inner', 'deep']);
});

test('with attempts and items there is a row for each of several, none for the only one', () => {
  expect(idsOf(true)).toEqual(['root', 'once', 'twice', 'twice-1', 'twice-2', 'nested', 'inner', 'deep']);
});
