import { expect, test } from 'vitest';
import {
  isAbove,
  isFiltering,
  keptBelow,
  learnNodes,
  matchesIn,
  noFilter,
} from '../../../renderer/state/node-filter.ts';
import { foldNodes, treeFrom } from '../../../renderer/state/tree.ts';
import { action, task, workflow } from '../example-nodes.ts';

const tree = treeFrom('root', {
  revision: 1,
  nodes: [
    workflow(),
    task('Build', { order: 1, state: 'SUCCESS' }),
    action('b1', 'Build', { order: 2, state: 'SUCCESS' }),
    task('deploy', { order: 3, state: 'ERROR', message: 'No route to Host' }),
    action('d1', 'deploy', { order: 4, name: 'std.ssh', state: 'ERROR' }),
  ],
});
const rowsOf = (text: string, look: Parameters<typeof matchesIn>[1]['look'] = null) => {
  const matches = matchesIn(tree, { text, look });
  const shown = (branch: typeof tree.root): readonly string[] => [
    branch.id,
    ...(isAbove(matches, branch) ? keptBelow(matches, branch).flatMap(shown) : []),
  ];
  return { count: matches.count, rows: shown(tree.root) };
};

test('finds names, actions and messages in capital letters or not, with what is above them', () => {
  expect(rowsOf('build')).toEqual({ count: 1, rows: ['root', 'Build'] });
  expect(rowsOf('no route')).toEqual({ count: 1, rows: ['root', 'deploy'] });
  expect(rowsOf('STD.SSH')).toEqual({ count: 1, rows: ['root', 'deploy', 'd1'] });
  expect(rowsOf('nothing of it').count).toBe(0);
});

test('finds what is in a state, and both at once', () => {
  expect(rowsOf('', 'ERROR')).toEqual({ count: 2, rows: ['root', 'deploy', 'd1'] });
  expect(rowsOf('deploy', 'SUCCESS').count).toBe(0);
});

test('below what matches everything can be opened', () => {
  const matches = matchesIn(tree, { text: 'Build', look: null });
  const build = tree.root.children[0];
  expect(build === undefined ? [] : keptBelow(matches, build).map(({ id }) => id)).toEqual(['b1']);
});

test('blanks are no filter', () => {
  expect(isFiltering(noFilter)).toBe(false);
  expect(isFiltering({ text: '  ', look: null })).toBe(false);
});

test('finds a task by what it runs, too, when that came only after its name', () => {
  const seen = treeFrom('root', { revision: 1, nodes: [workflow(), task('early', { runs: '' })] });
  learnNodes(seen, () => true);
  const whole = foldNodes(seen, { revision: 2, nodes: [task('early', { runs: 'std.http' })] });
  expect(matchesIn(whole, { text: 'std.http', look: null }).count).toBe(1);
});

test('what comes after the search is not of it', () => {
  const matches = matchesIn(tree, { text: 'deploy', look: null });
  const grown = foldNodes(tree, { revision: 2, nodes: [task('deploy again', { order: 5 })] });
  expect(keptBelow(matches, grown.root).map(({ id }) => id)).toEqual(['deploy']);
});

test('what was learned in parts finds what was not learned at all finds', () => {
  const count = 1000;
  const large = treeFrom('root', {
    revision: 1,
    nodes: [workflow(), ...Array.from({ length: count }, (_, n) => task(`task_${n}`, { order: n + 1 }))],
  });
  let rounds = 1;
  const once = (): (() => boolean) => {
    let isFirst = true;
    return () => {
      const mayGoOn = isFirst;
      isFirst = false;
      return mayGoOn;
    };
  };
  while (!learnNodes(large, once())) rounds += 1;
  expect(rounds).toBeGreaterThan(2);
  expect(matchesIn(large, { text: 'task_', look: null }).count).toBe(count);
  expect(matchesIn(large, { text: 'task_99', look: null }).count).toBe(11);
});
