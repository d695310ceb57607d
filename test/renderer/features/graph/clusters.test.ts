import { expect, test } from 'vitest';
import { blocksOf } from '../../../../renderer/features/graph/blocks.ts';
import { clustered, MOST_TASKS } from '../../../../renderer/features/graph/clusters.ts';
import { allPlaces, type GraphModel, graphModel } from '../../../../renderer/features/graph/graph-model.ts';
import { layOut } from '../../../../renderer/features/graph/layout.ts';
import { definitionOf } from './example.ts';

const none: ReadonlySet<string> = new Set();

/** `count` tasks, each of which leads to those that `next` says. */
function graphOf(count: number, next: (at: number) => readonly number[]): GraphModel {
  const lines = Array.from({ length: count }, (_, at) => {
    const to = next(at).filter((each) => each < count);
    return `    t${at}: { action: std.noop${to.length === 0 ? '' : `, on-success: [${to.map((each) => `t${each}`)}]`} }`;
  });
  return graphModel(definitionOf(`  tasks:\n${lines.join('\n')}\n`));
}

const clustersOf = ({ places }: GraphModel) => places.filter((place) => place.kind === 'cluster');

test('a graph that can be read is not clustered', () => {
  const model = graphOf(MOST_TASKS, (at) => [at + 1]);
  expect(clustered(model, none).places).toHaveLength(MOST_TASKS);
});

test('a tree that is too wide for any window is clustered, and its parts are not', () => {
  const tree = graphOf(1023, (at) => [2 * at + 1, 2 * at + 2]);
  const model = clustered(tree, none);
  expect(clustersOf(model)).toHaveLength(11);
  expect(layOut(model).width).toBeLessThan(3000);
  const [first] = clustersOf(model);
  expect(layOut(clustered(tree, new Set([first?.id ?? '']))).width).toBeLessThan(20_000);
});

test('many tasks that follow the same one stand in a block, and need no clusters', () => {
  const model = graphOf(1000, (at) => (at === 0 ? Array.from({ length: 999 }, (_, to) => to + 1) : []));
  expect(clustered(model, none).places).toHaveLength(1000);
});

test('a long chain becomes a chain of stretches, and every task is in exactly one', () => {
  const model = clustered(
    graphOf(3000, (at) => [at + 1]),
    none,
  );
  const clusters = clustersOf(model);
  expect(clusters).toHaveLength(30);
  expect(model.links).toHaveLength(29);
  expect(clusters.flatMap(({ tasks }) => tasks.map(({ task }) => task.name))).toEqual(
    Array.from({ length: 3000 }, (_, at) => `t${at}`),
  );
});

test('chains beside each other stay whole', () => {
  const model = clustered(
    graphOf(2500, (at) => (at % 50 === 49 ? [] : [at + 1])),
    none,
  );
  for (const { tasks } of clustersOf(model)) {
    expect(tasks.length).toBeLessThanOrEqual(100);
    const chains = new Set(tasks.map(({ task }) => Math.floor(Number(task.name.slice(1)) / 50)));
    expect(tasks.length).toBe(chains.size * 50);
  }
  expect(model.links).toEqual([]);
});

test('many links between two clusters are one, which knows them all', () => {
  const plain = graphOf(2400, (at) => (at < 1200 ? [at + 1200, 1200 + ((at + 1) % 1200)] : []));
  const { links } = clustered(plain, none);
  expect(links.length).toBeLessThan(100);
  const known = links.flatMap(({ bundle = [] }) => bundle);
  expect(new Set(known).size).toBe(known.length);
  expect(known).toHaveLength(2400);
});

test('a cluster that is open has its tasks in it, with the links between them', () => {
  const model = graphOf(3000, (at) => [at + 1]);
  const [, second] = clustersOf(clustered(model, none));
  const opened = clustered(model, new Set([second?.id ?? '']));
  const inside = clustersOf(opened)[1]?.inside;
  expect(inside?.places).toHaveLength(100);
  expect(inside?.links).toHaveLength(99);
  const names = [...allPlaces(opened)].filter(({ kind }) => kind === 'task').length;
  expect(names).toBe(100);
  const { boxes } = layOut(opened);
  const frame = boxes.get(second?.id ?? '') ?? { x: 0, y: 0, width: 0, height: 0 };
  for (const place of inside?.places ?? []) {
    const box = boxes.get(place.id) ?? { x: -1, y: -1, width: 0, height: 0 };
    expect(box.x).toBeGreaterThanOrEqual(frame.x);
    expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height);
  }
});

test('tasks that follow the same and lead to the same stand in one block, with one line to it and one from it', () => {
  const model = graphOf(22, (at) => (at === 0 ? Array.from({ length: 20 }, (_, to) => to + 1) : at < 21 ? [21] : []));
  const [block, ...others] = blocksOf(model);
  expect(block?.members).toHaveLength(20);
  expect(others).toEqual([]);
  const { lines, blocks, width } = layOut(model);
  expect(blocks).toHaveLength(1);
  expect(lines.size).toBe(2);
  expect([...lines.values()].map(({ of }) => of.length)).toEqual([20, 20]);
  expect(width).toBeLessThan(1500);
});

test('tasks with another guard than their neighbours are in no block with them', () => {
  const guarded = graphModel(
    definitionOf(`  tasks:
    start:
      on-success:
${Array.from({ length: 7 }, (_, at) => `        - t${at}${at === 6 ? ': <% $.x %>' : ''}`).join('\n')}
${Array.from({ length: 7 }, (_, at) => `    t${at}: { action: std.noop }`).join('\n')}
`),
  );
  expect(blocksOf(guarded).map(({ members }) => members.length)).toEqual([6]);
});
