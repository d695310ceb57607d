import { expect, test } from 'vitest';
import { taskRuns } from '../../../../renderer/features/graph/task-runs.ts';
import { treeFrom } from '../../../../renderer/state/tree.ts';
import { action, task, workflow } from '../../example-nodes.ts';

test('of a task that ran several times the last one counts, and how many there were', () => {
  const tree = treeFrom('root', {
    revision: 1,
    nodes: [
      workflow(),
      task('t1', { name: 'poll', order: 1, state: 'SUCCESS' }),
      action('a1', 't1', { order: 2, state: 'SUCCESS' }),
      task('t2', { name: 'poll', order: 3, state: 'ERROR' }),
      task('t3', { name: 'other', order: 4 }),
    ],
  });
  const runs = taskRuns(tree, tree.root);
  expect([...runs].map(([name, { node, count }]) => [name, node.id, count])).toEqual([
    ['poll', 't2', 2],
    ['other', 't3', 1],
  ]);
});
