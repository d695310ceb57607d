import { expect, test } from 'vitest';
import { firstOf, mountedRows } from '../../../../renderer/ui/tree-grid/mounted-rows.ts';

const view = { first: 100, last: 120, count: 1000, cursor: 110 };
const none = () => false;
/** While many come at once. */
const mounted = (at: typeof view, isShown: (row: number) => boolean, most: number) =>
  firstOf(mountedRows(at), at, isShown, most);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

test('what is in view is mounted, and some rows above and below of it', () => {
  expect(mountedRows(view)).toEqual(range(92, 128));
  expect(mountedRows({ ...view, first: 0, last: 20, cursor: 0 })).toEqual(range(0, 28));
  expect(mountedRows({ ...view, count: 115 })).toEqual(range(92, 114));
});

test('the row with the keyboard is mounted wherever it is', () => {
  expect(mounted({ ...view, cursor: 3 }, none, 0)).toEqual([3, ...range(100, 120)]);
  expect(mounted({ ...view, cursor: 500 }, none, 0)).toEqual([...range(100, 120), 500]);
  expect(mounted({ ...view, first: 0, last: -1, count: 0, cursor: -1 }, none, 0)).toEqual([]);
});

test('while many rows come at once those in view come first, and the others as far as there are elements', () => {
  expect(mounted(view, none, 0)).toEqual(range(100, 120));
  expect(mounted(view, none, 23)).toEqual([92, 93, ...range(100, 120)]);
});

test('what is shown around the view stays', () => {
  expect(mounted(view, (row) => row === 125, 22)).toEqual([...range(100, 120), 125]);
});
