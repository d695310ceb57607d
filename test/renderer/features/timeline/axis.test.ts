import { expect, test } from 'vitest';
import { axisTicks } from '../../../../renderer/features/timeline/axis.ts';

const start = 1_000_000;
const SECOND = 1000;
const HOUR = 3600 * SECOND;

const labels = (from: number, to: number, width = 500) =>
  axisTicks({ from: start + from, to: start + to }, start, width, 100).map(({ label }) => label);

test('ticks are at round times since the start', () => {
  expect(labels(0, 10 * SECOND)).toEqual(['0', '2 s', '4 s', '6 s', '8 s', '10 s']);
  expect(labels(0, 800)).toEqual(['0', '200 ms', '400 ms', '600 ms', '800 ms']);
  expect(labels(0, 5 * 60 * SECOND)).toEqual(['0', '1 m', '2 m', '3 m', '4 m', '5 m']);
  expect(labels(0, 30 * 24 * HOUR)).toEqual(['0', '6 d', '12 d', '18 d', '24 d', '30 d']);
});

test('far from the start they say so, to the digit that tells them apart', () => {
  expect(labels(89_990, 90_060)).toEqual(['1 m 30.00 s', '1 m 30.02 s', '1 m 30.04 s', '1 m 30.06 s']);
  expect(labels(26 * HOUR, 26 * HOUR + 2 * SECOND)).toEqual([
    '1 d 2 h',
    '1 d 2 h 0.5 s',
    '1 d 2 h 1.0 s',
    '1 d 2 h 1.5 s',
    '1 d 2 h 2.0 s',
  ]);
});

test('they are never closer to each other than asked for', () => {
  for (const span of [1, 37, 999, 12_345, 7 * HOUR, 9999 * HOUR]) {
    for (const width of [0, 80, 333, 1800]) {
      const ticks = axisTicks({ from: start, to: start + span }, start, width, 60);
      expect((ticks.length - 1) * 60).toBeLessThanOrEqual(width);
    }
  }
});
