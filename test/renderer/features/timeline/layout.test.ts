import { expect, test } from 'vitest';
import {
  firstEndingFrom,
  HEAD,
  ROW,
  rowAt,
  timeAt,
  visibleRows,
  xOf,
} from '../../../../renderer/features/timeline/layout.ts';

test('a time and its place on the canvas lead to each other', () => {
  const layout = { width: 800, height: 400, left: 200, range: { from: 5000, to: 9000 } };
  for (const time of [5000, 6234, 9000]) expect(timeAt(layout, xOf(layout, time))).toBeCloseTo(time, 6);
  expect(xOf(layout, 5000)).toBeGreaterThan(200);
  expect(xOf(layout, 9000)).toBeLessThan(800);
});

test('of a hundred thousand rows only those in view are looked at', () => {
  expect(visibleRows(0, HEAD + 10 * ROW, 100_000)).toEqual([0, 10]);
  expect(visibleRows(50_000 * ROW + 5, HEAD + 10 * ROW, 100_000)).toEqual([50_000, 50_011]);
  expect(visibleRows(0, 1000, 3)).toEqual([0, 3]);
});

test('the pointer finds the row beneath it, and none above and below the rows', () => {
  expect(rowAt(HEAD - 1, 0, 10)).toBe(-1);
  expect(rowAt(HEAD, 0, 10)).toBe(0);
  expect(rowAt(HEAD + ROW + 1, 3 * ROW, 10)).toBe(4);
  expect(rowAt(HEAD + 10 * ROW, 0, 10)).toBe(-1);
});

test('drawing begins with the first stretch that has not ended before what is seen', () => {
  const runs = Array.from({ length: 1000 }, (_, n) => ({ to: n === 999 ? null : n * 10 }));
  expect(firstEndingFrom(runs, -5)).toBe(0);
  expect(firstEndingFrom(runs, 500)).toBe(50);
  expect(firstEndingFrom(runs, 501)).toBe(51);
  expect(firstEndingFrom(runs, 1e9)).toBe(999);
  expect(firstEndingFrom([], 0)).toBe(0);
});
