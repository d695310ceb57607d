import { expect, test } from 'vitest';
import { allRows, emptyTable, getRow, putRows } from '../../../renderer/state/table.ts';

interface Row {
  readonly id: string;
  readonly value: number;
}

const rows = (from: number, to: number, value = 0): Row[] =>
  Array.from({ length: to - from }, (_, at) => ({ id: `r${from + at}`, value }));

test('a row is found by its id, and the newest version of it counts', () => {
  const table = putRows(putRows(emptyTable<Row>(), rows(0, 1000)), [{ id: 'r700', value: 7 }]);
  expect(table.size).toBe(1000);
  expect(getRow(table, 'r700')).toEqual({ id: 'r700', value: 7 });
  expect(getRow(table, 'r701')?.value).toBe(0);
  expect(getRow(table, 'nobody')).toBeUndefined();
});

test('rows keep the order in which they were first added', () => {
  const table = putRows(putRows(emptyTable<Row>(), rows(0, 600)), rows(100, 700, 1));
  expect([...allRows(table)].map(({ id }) => id)).toEqual(rows(0, 700).map(({ id }) => id));
});

test('a version does not see what was put into a later one', () => {
  const first = putRows(emptyTable<Row>(), rows(0, 10));
  const second = putRows(first, [...rows(10, 20), { id: 'r3', value: 3 }]);
  expect(getRow(first, 'r15')).toBeUndefined();
  expect(getRow(first, 'r3')?.value).toBe(0);
  expect(getRow(second, 'r3')?.value).toBe(3);
});

test('two versions that go on from the same one do not mix', () => {
  const common = putRows(emptyTable<Row>(), rows(0, 300));
  const left = putRows(common, [{ id: 'left', value: 1 }]);
  const right = putRows(common, [
    { id: 'right', value: 2 },
    { id: 'both', value: 2 },
  ]);
  expect(getRow(left, 'left')?.value).toBe(1);
  expect(getRow(left, 'right')).toBeUndefined();
  expect(getRow(right, 'right')?.value).toBe(2);
  expect(getRow(right, 'left')).toBeUndefined();
  expect([left.size, right.size]).toEqual([301, 302]);
});

test('what did not change is shared', () => {
  const before = putRows(emptyTable<Row>(), rows(0, 1000));
  const after = putRows(before, [{ id: 'r0', value: 1 }]);
  expect(after.chunks.filter((chunk, at) => chunk !== before.chunks[at])).toHaveLength(1);
  expect(putRows(before, [])).toBe(before);
});
