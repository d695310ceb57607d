import { expect, test } from 'vitest';
import type { Node } from '../../../engine/api/resources.ts';
import { countsBelow, countsInWords } from '../../../renderer/state/state-counts.ts';
import type { Rollup } from '../../../renderer/state/tree.ts';
import { task, workflow } from '../example-nodes.ts';

const words = (node: Node, rollup: Rollup | null = null) => countsInWords(countsBelow(node, rollup));

test('a closed row counts what is below it, the worst first', () => {
  const rollup = { id: 'a', failed: 1, tasks: { SUCCESS: 38, RUNNING: 3, ERROR: 1, HANDLED: 2 } };
  expect(words(task('a'), rollup)).toBe('1 failed, 3 running, 2 failed, handled, 38 succeeded');
});

test('a workflow execution whose tree is not here counts its own tasks', () => {
  expect(words(workflow({ taskCounts: { SUCCESS: 2, ERROR: 1 } }))).toBe('1 failed, 2 succeeded');
});

test('the failed tasks of a workflow that succeeded were handled', () => {
  const node = workflow({ state: 'SUCCESS', taskCounts: { SUCCESS: 2, ERROR: 1 } });
  expect(words(node)).toBe('1 failed, handled, 2 succeeded');
});

test('of a workflow that goes on, those failures count as failed that nobody has handled', () => {
  const node = workflow({ taskCounts: { RUNNING: 1, ERROR: 3 }, handledErrors: 2 });
  expect(words(node)).toBe('1 failed, 1 running, 2 failed, handled');
});
