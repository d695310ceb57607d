import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Row, Rows, type TreeItem } from '../../../../renderer/ui/tree-grid/rows.ts';

interface Item extends TreeItem<Item> {}

const item = (id: string, ...children: readonly Item[]): Item => ({ id, children, expandable: children.length > 0 });
const forest = [item('a', item('a1', item('a1x')), item('a2')), item('b')];
const all = (rows: Rows<Item>) => Array.from({ length: rows.count }, (_, index) => rows.at(index));
const ids = (rows: Rows<Item>) => all(rows).map((row) => row?.item.id);

test('closed items hide what is below them', () => {
  expect(ids(new Rows(forest, () => false))).toEqual(['a', 'b']);
  expect(ids(new Rows(forest, ({ id }) => id === 'a'))).toEqual(['a', 'a1', 'a2', 'b']);
  expect(ids(new Rows(forest, ({ id }) => id === 'a1'))).toEqual(['a', 'b']);
});

test('every row knows its level, its parent and its place among all its siblings', () => {
  const rows = all(new Rows(forest, () => true));
  const column = <K extends keyof Row<Item>>(key: K) => rows.map((row) => row?.[key]);
  expect(rows.map((row) => row?.item.id)).toEqual(['a', 'a1', 'a1x', 'a2', 'b']);
  expect(column('level')).toEqual([1, 2, 3, 2, 1]);
  expect(column('parent')).toEqual([-1, 0, 1, 0, -1]);
  expect(column('position')).toEqual([1, 1, 1, 2, 2]);
  expect(column('setSize')).toEqual([2, 2, 1, 2, 2]);
  expect(column('expanded')).toEqual([true, true, false, false, false]);
});

test('the decision to open knows the level', () => {
  expect(ids(new Rows(forest, (_, level) => level < 2))).toEqual(['a', 'a1', 'a2', 'b']);
});

test('what is shown below an item need not be its children', () => {
  expect(
    ids(
      new Rows(
        forest,
        () => true,
        ({ children }) => children.slice(-1),
      ),
    ),
  ).toEqual(['a', 'a2', 'b']);
});

test('what can be opened may not have its children yet', () => {
  const rows = new Rows<Item>([{ id: 'a', children: [], expandable: true }], () => true);
  expect(rows.count).toBe(1);
  expect(rows.at(0)?.expanded).toBe(true);
});

test('beyond the ends there is no row', () => {
  const rows = new Rows(forest, () => true);
  expect(rows.at(-1)).toBeUndefined();
  expect(rows.at(5)).toBeUndefined();
  expect(new Rows<Item>([], () => true).at(0)).toBeUndefined();
});

test('any depth can be laid out', () => {
  let deep = item('leaf');
  for (let level = 0; level < 50_000; level++) deep = item(`n${level}`, deep);
  const rows = new Rows([deep], () => true);
  expect(rows.count).toBe(50_001);
  expect(rows.at(50_000)).toMatchObject({ level: 50_001, parent: 49_999 });
});

test('a row is found where it was, or wherever it is now', () => {
  const rows = new Rows(forest, () => true);
  expect(rows.indexOf('a2', 3)).toBe(3);
  expect(rows.indexOf('a2', 0)).toBe(3);
  expect(rows.indexOf('gone', 0)).toBe(-1);
  expect(rows.indexOf(null, 0)).toBe(-1);
});

/** Trees with some wide sets of siblings; `open` holds about half of the items. */
const forests = fc.array(fc.tuple(fc.nat(3), fc.nat(150), fc.nat(5), fc.boolean()), { maxLength: 6 }).map((shapes) => {
  let next = 0;
  const open = new Set<string>();
  const grow = (depth: number, width: number, step: number, opens: boolean): Item => {
    const id = String(next++);
    if (opens || next % 2 === 0) open.add(id);
    const children = depth === 0 ? [] : Array.from({ length: width }, (_, at) => at);
    return item(id, ...children.map((at) => grow(at % (step + 1) === 0 ? depth - 1 : 0, width % 17, step, !opens)));
  };
  return { roots: shapes.map((shape) => grow(...shape)), open };
});

test('of any forest the rows are those that one meets going through it', () => {
  fc.assert(
    fc.property(forests, fc.nat(4), ({ roots, open }, depth) => {
      const isExpanded = ({ id }: Item, level: number) => level < depth !== open.has(id);
      const expected: Row<Item>[] = [];
      const visit = (siblings: readonly Item[], level: number, parent: number): void => {
        siblings.forEach((one, at) => {
          const expanded = one.expandable && isExpanded(one, level);
          const index = expected.push({
            item: one,
            level,
            parent,
            position: at + 1,
            setSize: siblings.length,
            expanded,
          });
          if (expanded) visit(one.children, level + 1, index - 1);
        });
      };
      visit(roots, 1, -1);
      const rows = new Rows(roots, isExpanded);
      expect(all(rows)).toEqual(expected);
      expect([...rows]).toEqual(expected.map((row) => row.item));
    }),
    { numRuns: 60 },
  );
});
