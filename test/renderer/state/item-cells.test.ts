import { expect, test } from 'vitest';
import { itemCells, nextFailed } from '../../../renderer/state/item-cells.ts';
import { action } from '../example-nodes.ts';

const item = (index: number, state: 'SUCCESS' | 'ERROR' | 'RUNNING', order = index) =>
  action(`${index}.${order}`, 'task', { index, state, order });

test('each item has a cell, those that have not started too', () => {
  expect(itemCells(3, [item(2, 'RUNNING'), item(0, 'SUCCESS')])).toEqual([
    { first: 0, last: 0, look: 'SUCCESS', id: '0.0', failed: 0 },
    { first: 1, last: 1, look: 'IDLE', id: null, failed: 0 },
    { first: 2, last: 2, look: 'RUNNING', id: '2.2', failed: 0 },
  ]);
});

test('an item that was tried again stands as its newest attempt does', () => {
  expect(itemCells(1, [item(0, 'SUCCESS', 9), item(0, 'ERROR', 1)])).toMatchObject([{ look: 'SUCCESS', id: '0.9' }]);
});

test('many items share cells, which show the worst of them and lead to it', () => {
  const items = Array.from({ length: 10_000 }, (_, index) => item(index, index === 4321 ? 'ERROR' : 'SUCCESS'));
  const cells = itemCells(10_000, items);
  expect(cells).toHaveLength(500);
  expect(cells[216]).toEqual({ first: 4320, last: 4339, look: 'ERROR', id: '4321.4321', failed: 1 });
  expect(cells.at(-1)).toMatchObject({ last: 9999, look: 'SUCCESS' });
});

test('the next failed item is looked for behind the current one, and then from the beginning', () => {
  const cells = itemCells(4, [item(1, 'ERROR'), item(3, 'ERROR')]);
  expect([-1, 1, 3].map((after) => nextFailed(cells, after))).toEqual([1, 3, 1]);
  expect(nextFailed(itemCells(2, []), 0)).toBe(-1);
});

test('a task of no items has no cells', () => {
  expect(itemCells(0, [])).toEqual([]);
});
