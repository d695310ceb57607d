import { expect, test } from 'vitest';
import { fitColumns } from '../../../../renderer/ui/tree-grid/fit-columns.ts';

const columns = [
  { id: 'name', width: 200 },
  { id: 'why', width: 100, leaves: 1 },
  { id: 'tries', width: 50, leaves: 3 },
  { id: 'items', width: 50, leaves: 2 },
];
const fitting = (width: number) => fitColumns(columns, width).map(({ id }) => id);

test('all columns are there where they have room', () => {
  expect(fitColumns(columns, 412)).toBe(columns);
});

test('where there is too little room the columns leave in their order, and the others keep theirs', () => {
  expect(fitting(411)).toEqual(['name', 'tries', 'items']);
  expect(fitting(300)).toEqual(['name', 'tries']);
});

test('a column that wants more than it needs has that before those that leave earlier have any', () => {
  const wanting = columns.map((column) => (column.id === 'why' ? { ...column, wanted: 180, leaves: 4 } : column));
  const fittingIn = (width: number) => fitColumns(wanting, width).map(({ id }) => id);
  expect(fittingIn(492)).toEqual(['name', 'why', 'tries', 'items']);
  expect(fittingIn(491)).toEqual(['name', 'why', 'tries']);
  expect(fittingIn(312)).toEqual(['name', 'why']);
});

test('what must stay stays however narrow it is', () => {
  expect(fitting(20)).toEqual(['name']);
});
