import { expect, test } from 'vitest';
import { type Cursor, stepOf } from '../../../../renderer/ui/tree-grid/keys.ts';
import { Rows, type TreeItem } from '../../../../renderer/ui/tree-grid/rows.ts';

interface Item extends TreeItem<Item> {}

const item = (id: string, ...children: readonly Item[]): Item => ({ id, children, expandable: children.length > 0 });
/** 0 a (open), 1 a1 (closed parent), 2 a2, 3 b */
const rows = new Rows([item('a', item('a1', item('x')), item('a2')), item('b')], ({ id }) => id === 'a');
const extent = { cells: 3, page: 2 };
const press = (key: string, from: Cursor, ctrlKey = false) => stepOf(rows, from, { key, ctrlKey }, extent);
const to = (row: number, cell: number | null = null) => ({ type: 'move', to: { row, cell } });
const onRow = (row: number): Cursor => ({ row, cell: null });

test('up and down go from row to row and stop at the ends', () => {
  expect(press('ArrowDown', onRow(0))).toEqual(to(1));
  expect(press('ArrowDown', onRow(3))).toEqual(to(3));
  expect(press('ArrowUp', onRow(0))).toEqual(to(0));
  expect(press('ArrowDown', { row: 0, cell: 2 })).toEqual(to(1, 2));
});

test('pages, home and end', () => {
  expect(press('PageDown', onRow(0))).toEqual(to(2));
  expect(press('PageDown', onRow(2))).toEqual(to(3));
  expect(press('PageUp', onRow(3))).toEqual(to(1));
  expect(press('Home', onRow(2))).toEqual(to(0));
  expect(press('End', onRow(0))).toEqual(to(3));
  expect(press('End', onRow(0), true)).toEqual(to(3));
});

test('within the cells home and end stay in the row, with Ctrl they go to the ends of the data', () => {
  expect(press('Home', { row: 2, cell: 1 })).toEqual(to(2, 0));
  expect(press('End', { row: 2, cell: 1 })).toEqual(to(2, 2));
  expect(press('Home', { row: 2, cell: 1 }, true)).toEqual(to(0, 1));
  expect(press('End', { row: 2, cell: 1 }, true)).toEqual(to(3, 1));
});

test('right opens a closed parent, else goes into the cells and along them', () => {
  expect(press('ArrowRight', onRow(1))).toEqual({ type: 'expand', row: 1 });
  expect(press('ArrowRight', onRow(0))).toEqual(to(0, 0));
  expect(press('ArrowRight', onRow(2))).toEqual(to(2, 0));
  expect(press('ArrowRight', { row: 2, cell: 1 })).toEqual(to(2, 2));
  expect(press('ArrowRight', { row: 2, cell: 2 })).toEqual(to(2, 2));
});

test('left comes back along the cells, then closes, then goes to the parent', () => {
  expect(press('ArrowLeft', { row: 2, cell: 1 })).toEqual(to(2, 0));
  expect(press('ArrowLeft', { row: 2, cell: 0 })).toEqual(to(2));
  expect(press('ArrowLeft', onRow(0))).toEqual({ type: 'collapse', row: 0 });
  expect(press('ArrowLeft', onRow(2))).toEqual(to(0));
  expect(press('ArrowLeft', onRow(3))).toBeNull();
});

test('other keys mean nothing here, and nothing means anything without rows', () => {
  expect(press('x', onRow(0))).toBeNull();
  const none = new Rows<Item>([], () => false);
  expect(stepOf(none, onRow(0), { key: 'ArrowDown', ctrlKey: false }, extent)).toBeNull();
});
