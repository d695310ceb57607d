import { expect, test } from 'vitest';
import { flatten, rowOf, type TreeItem } from '../../../../renderer/ui/tree-grid/flatten.ts';

interface Item extends TreeItem<Item> {}

const item = (id: string, ...children: readonly Item[]): Item => ({ id, children, expandable: children.length > 0 });
const forest = [item('a', item('a1', item('a1x')), item('a2')), item('b')];
const ids = (rows: { readonly items: readonly Item[] }) => rows.items.map(({ id }) => id);

test('closed items hide what is below them', () => {
  expect(ids(flatten(forest, () => false))).toEqual(['a', 'b']);
  expect(ids(flatten(forest, ({ id }) => id === 'a'))).toEqual(['a', 'a1', 'a2', 'b']);
  expect(ids(flatten(forest, ({ id }) => id === 'a1'))).toEqual(['a', 'b']);
});

test('every row knows its level, its parent and its place among all its siblings', () => {
  const rows = flatten(forest, () => true);
  expect(ids(rows)).toEqual(['a', 'a1', 'a1x', 'a2', 'b']);
  expect(Array.from(rows.levels)).toEqual([1, 2, 3, 2, 1]);
  expect(Array.from(rows.parents)).toEqual([-1, 0, 1, 0, -1]);
  expect(Array.from(rows.positions)).toEqual([1, 1, 1, 2, 2]);
  expect(Array.from(rows.setSizes)).toEqual([2, 2, 1, 2, 2]);
  expect(rows.expanded).toEqual([true, true, false, false, false]);
});

test('the decision to open knows the level', () => {
  expect(ids(flatten(forest, (_, level) => level < 2))).toEqual(['a', 'a1', 'a2', 'b']);
});

test('what can be opened may not have its children yet', () => {
  const rows = flatten([{ id: 'a', children: [], expandable: true }], () => true);
  expect(rows.expanded).toEqual([true]);
  expect(rows.items).toHaveLength(1);
});

test('any depth can be laid out', () => {
  let deep = item('leaf');
  for (let level = 0; level < 50_000; level++) deep = item(`n${level}`, deep);
  expect(flatten([deep], () => true).levels[50_000]).toBe(50_001);
});

test('a row is found where it was, or wherever it is now', () => {
  const rows = flatten(forest, () => true);
  expect(rowOf(rows, 'a2', 3)).toBe(3);
  expect(rowOf(rows, 'a2', 0)).toBe(3);
  expect(rowOf(rows, 'gone', 0)).toBe(-1);
  expect(rowOf(rows, null, 0)).toBe(-1);
});
