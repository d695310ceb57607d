import { expect, test } from 'vitest';
import {
  formatCountdown,
  formatDuration,
  formatExactTime,
  formatSeconds,
  formatTime,
} from '../../../renderer/ui/duration.ts';

test.each([
  [0, '0 ms'],
  [420.4, '420 ms'],
  [999.4, '999 ms'],
  [1000, '1.0 s'],
  [3240, '3.2 s'],
  [9949, '9.9 s'],
  [9960, '9 s'],
  [42_900, '42 s'],
  [60_000, '1 m 00 s'],
  [125_000, '2 m 05 s'],
  [3_600_000, '1 h 00 m'],
  [93_600_000, '1 d 02 h'],
  [-5, '0 ms'],
])('%d ms is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('what is counted on is told in whole seconds', () => {
  expect(formatSeconds(3999)).toBe('3 s');
  expect(formatSeconds(0)).toBe('0 s');
});

test('a countdown never says that nothing is left', () => {
  expect(formatCountdown(7001)).toBe('8 s');
  expect(formatCountdown(0)).toBe('1 s');
  expect(formatCountdown(-9000)).toBe('1 s');
});

test('the date is told only of another day', () => {
  const noon = new Date(2026, 10, 23, 12, 0, 0).getTime();
  expect(formatTime(new Date(2026, 10, 23, 4, 3, 2).getTime(), noon)).toBe('04:03:02');
  expect(formatTime(new Date(2026, 10, 22, 23, 59, 2).getTime(), noon)).toBe('22 Nov 23:59');
});

test('an exact time has everything down to the millisecond', () => {
  expect(formatExactTime(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('2026-01-02 03:04:05.006');
});
