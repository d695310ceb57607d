import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apart, layered, levels } from '../../../../renderer/features/graph/layered.ts';

const box = (id: string) => ({ id, width: 100, height: 40 });
const chain = (length: number) =>
  Array.from({ length: length - 1 }, (_, at) => ({ id: `${at}`, from: `n${at}`, to: `n${at + 1}` }));

test('a chain of thousands is one column, from top to bottom', () => {
  const nodes = Array.from({ length: 5000 }, (_, at) => box(`n${at}`));
  const { centres, width } = layered(nodes, chain(5000));
  const ys = nodes.map(({ id }) => centres.get(id)?.y ?? 0);
  expect(ys).toEqual([...ys].sort((a, b) => a - b));
  expect(new Set(ys).size).toBe(5000);
  expect(width).toBe(100);
});

test('whoever follows stands below, except where a line leads back', () => {
  const pairs = [
    { a: 0, b: 1 },
    { a: 1, b: 2 },
    { a: 2, b: 1 },
    { a: 0, b: 2 },
  ];
  expect(levels(3, pairs)).toEqual([0, 1, 2]);
  expect(
    levels(2, [
      { a: 0, b: 1 },
      { a: 1, b: 0 },
    ]),
  ).toEqual([0, 1]);
});

test('boxes never touch, whatever leads where', () => {
  const graphs = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 60 });
  fc.assert(
    fc.property(graphs, (pairs) => {
      const nodes = Array.from({ length: 20 }, (_, at) => box(`n${at}`));
      const edges = pairs.map(([a, b], at) => ({ id: `${at}`, from: `n${a}`, to: `n${b}` }));
      const { centres, width, height } = layered(nodes, edges);
      const all = nodes.map(({ id }) => centres.get(id) ?? { x: -1, y: -1 });
      all.forEach((one, at) => {
        expect(one.x).toBeGreaterThanOrEqual(49.99);
        expect(one.x).toBeLessThanOrEqual(width - 49.99);
        expect(one.y).toBeLessThanOrEqual(height - 19.99);
        for (const other of all.slice(at + 1)) {
          expect(Math.abs(one.x - other.x) > 99.99 || Math.abs(one.y - other.y) > 39.99).toBe(true);
        }
      });
    }),
    { numRuns: 100 },
  );
});

test('a line over very many levels runs beside the graph and not through it', () => {
  const nodes = Array.from({ length: 30 }, (_, at) => box(`n${at}`));
  const { lines, centres } = layered(nodes, [...chain(30), { id: 'long', from: 'n0', to: 'n29' }]);
  const points = lines.get('long') ?? [];
  expect(points).toHaveLength(4);
  for (const { x } of points.slice(1, -1)) expect(x).toBeGreaterThan((centres.get('n0')?.x ?? 0) + 50);
});

test('what wants the same place stands around it', () => {
  expect(apart([0, 0], [20, 20])).toEqual([-18, 18]);
  expect(apart([0, 500], [20, 20])).toEqual([0, 500]);
});
