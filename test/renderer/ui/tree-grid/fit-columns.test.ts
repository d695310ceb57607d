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

test('what must stay stays however narrow it is', () => {
  expect(fitting(20)).toEqual(['name']);
});
