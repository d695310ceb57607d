import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../engine/expressions/evaluate.ts';
import type { Json } from '../../../../engine/model/json.ts';
import { oracleScope } from '../../../conformance/expression-oracles.ts';

const world = { now: Date.UTC(2026, 4, 20, 10, 11, 12), newId: () => '', random: () => 0 };
const run = (text: string): Json => evaluate(`<% ${text} %>`, { ...oracleScope({}), world });

describe('dates', () => {
  test.each([
    ["'2015-08-29T10:20:30.5Z'", '2015-08-29T10:20:30.500000'],
    ["'20150829T102030'", '2015-08-29T10:20:30.000000'],
    ["'Sat, 29 Aug 2015 10:20:30 GMT'", '2015-08-29T10:20:30.000000'],
    ["'29/8/15 3pm'", '2015-08-29T15:00:00.000000'],
    ["'8/29/2015'", '2015-08-29T00:00:00.000000'],
    ["'10:30'", '2026-05-20T10:30:00.000000'],
    ["'Friday'", '2026-05-22T00:00:00.000000'],
    ["'Jan 99'", '1999-01-20T00:00:00.000000'],
    ["'12h30m5s'", '2026-05-20T12:30:05.000000'],
  ])('are read in about any form: %s', (text, expected) => {
    expect(run(`datetime(${text})`)).toBe(expected);
  });

  test('are read and written by a format', () => {
    expect(run("datetime('29.08.15 22:05', '%d.%m.%y %H:%M')")).toBe('2015-08-29T22:05:00.000000');
    expect(run("datetime('2015 W35 6', '%G W%V %u')")).toBe('2015-08-29T00:00:00.000000');
    expect(run("datetime(2015, 8, 9, 22, 5).format('%a %-d %b %Y, %I:%M %p, day %j, week %V')")).toBe(
      'Sun 9 Aug 2015, 10:05 PM, day 221, week 32',
    );
    expect(() => run("datetime('x', '%Y')")).toThrow("time data 'x' does not match format '%Y'");
    expect(() => run("datetime('nothing of the kind')")).toThrow('Unknown string format: nothing of the kind');
  });

  test('know their zone and compare across zones', () => {
    expect(run("str(datetime('2015-08-29T10:20:30+02:00'))")).toBe('2015-08-29 10:20:30+02:00');
    expect(run("datetime('2015-08-29T10:00:00+02:00') = datetime('2015-08-29T08:00:00Z')")).toBe(true);
    expect(run("(datetime('2016-03-01') - datetime('2016-02-28')).hours")).toEqual({ value: 48 });
    expect(run("datetime('2016-02-28') + timespan(days => 1, microseconds => 1)")).toBe('2016-02-29T00:00:00.000001');
  });

  test('and spans of time print as in Python', () => {
    expect(run('str(timespan(days => 1, hours => 2, milliseconds => 5))')).toBe('1 day, 2:00:00.005000');
    expect(run('str(-timespan(hours => 1))')).toBe('-1 day, 23:00:00');
  });
});
