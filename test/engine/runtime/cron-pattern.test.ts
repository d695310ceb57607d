import { describe, expect, test } from 'vitest';
import { CronPatternError, nextRuns } from '../../../engine/runtime/cron-pattern.ts';

const at = (text: string): number => Date.parse(text);
const iso = (times: readonly number[]): string[] => times.map((each) => new Date(each).toISOString());

describe('the times of a cron pattern', () => {
  test('are counted in its own time zone, and follow its summer time', () => {
    const rome = { pattern: '0 9 * * *', timeZone: 'Europe/Rome' };
    expect(iso(nextRuns(rome, at('2026-03-27T12:00:00Z'), 3))).toEqual([
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ]);
  });

  test('come once where the clock is set back, and right after where it is set forward', () => {
    const rome = { pattern: '30 2 * * *', timeZone: 'Europe/Rome' };
    expect(iso(nextRuns(rome, at('2026-10-24T12:00:00Z'), 2))).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
    expect(iso(nextRuns(rome, at('2026-03-28T12:00:00Z'), 2))).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  test('fall on a day of the month or a day of the week where both are given, as in cron', () => {
    const both = { pattern: '0 0 13 * 5', timeZone: 'UTC' };
    expect(iso(nextRuns(both, at('2026-11-01T00:00:00Z'), 3))).toEqual([
      '2026-11-06T00:00:00.000Z',
      '2026-11-13T00:00:00.000Z',
      '2026-11-20T00:00:00.000Z',
    ]);
  });

  test('may be seconds apart when there are six fields', () => {
    const often = { pattern: '*/20 * * * * *', timeZone: 'UTC' };
    expect(iso(nextRuns(often, at('2026-01-01T00:00:05Z'), 3))).toEqual([
      '2026-01-01T00:00:20.000Z',
      '2026-01-01T00:00:40.000Z',
      '2026-01-01T00:01:00.000Z',
    ]);
  });

  test('are none for a day that never comes', () => {
    expect(nextRuns({ pattern: '0 0 31 2 *', timeZone: 'UTC' }, at('2026-01-01T00:00:00Z'), 3)).toEqual([]);
  });

  test.each([
    ['', null, /five fields/],
    ['soon', null, /five fields/],
    ['2026-12-24T18:00:00', null, /five fields/],
    ['0 0 * * * * 2027', null, /five fields/],
    ['61 * * * *', null, /'61 \* \* \* \*' is no cron pattern/],
    ['* * * * mo-xx', null, /is no cron pattern/],
    ['*/0 * * * *', null, /is no cron pattern/],
    ['0 9 * * *', 'Rome', /no time zone 'Rome'/],
  ])('%j in the zone %s is refused with a sentence', (pattern, timeZone, reason) => {
    expect(() => nextRuns({ pattern, timeZone }, 0, 1)).toThrow(CronPatternError);
    expect(() => nextRuns({ pattern, timeZone }, 0, 1)).toThrow(reason);
  });
});
