import { expect, test } from 'vitest';
import type { HistoryEvent } from '../../../engine/api/resources.ts';
import { joined } from '../../../renderer/state/history.ts';

/** One event for each commit behind `start` up to `end`. */
const page = (start: number, end: number, more: boolean) => ({
  events: Array.from({ length: end - start }, (_, at): HistoryEvent => {
    return { position: start + at + 1, at: 0, type: 'noted', kind: 'task', nodeId: null, name: 'a', text: 'b' };
  }),
  ...{ start: String(start), end: String(end), last: 90_000, more },
});
const ends = (history: ReturnType<typeof joined>) => {
  const { start, end, hasBefore, hasAfter, events } = history;
  return { start, end, hasBefore, hasAfter, first: events[0]?.position, last: events.at(-1)?.position };
};

test('pages adjoin each other, in both directions', () => {
  const middle = joined(null, page(100, 200, true), 'after');
  expect(ends(middle)).toEqual({ start: 100, end: 200, hasBefore: false, hasAfter: true, first: 101, last: 200 });
  const end = joined(null, page(800, 900, true), 'before');
  expect(ends(end)).toEqual({ start: 800, end: 900, hasBefore: true, hasAfter: false, first: 801, last: 900 });
  const longer = joined(end, page(0, 800, false), 'before');
  expect(ends(longer)).toEqual({ start: 0, end: 900, hasBefore: false, hasAfter: false, first: 1, last: 900 });
  expect(ends(joined(longer, page(900, 950, false), 'after'))).toMatchObject({ end: 950, last: 950, hasAfter: false });
});

test('of a long history only what is near to what is looked at is kept, and the rest can be fetched again', () => {
  const start = joined(null, page(0, 15_000, true), 'after');
  const forwards = joined(start, page(15_000, 30_000, true), 'after');
  expect(ends(forwards)).toEqual({
    ...{ start: 10_000, end: 30_000, hasBefore: true, hasAfter: true },
    first: 10_001,
    last: 30_000,
  });
  const back = joined(forwards, page(0, 10_000, false), 'before');
  expect(ends(back)).toEqual({ start: 0, end: 20_000, hasBefore: false, hasAfter: true, first: 1, last: 20_000 });
});

test('the events are others whenever some come in, also when as many go, and the same when none do', () => {
  const full = joined(joined(null, page(0, 15_000, true), 'after'), page(15_000, 30_000, false), 'after');
  const next = joined(full, page(30_000, 30_003, false), 'after');
  expect(next.events).toHaveLength(full.events.length);
  expect(next.events.at(-1)?.position).toBe(30_003);
  expect(next.events).not.toBe(full.events);
  expect(joined(next, page(30_003, 30_003, false), 'after').events).toBe(next.events);
});

test('what was committed at once is never divided', () => {
  const { events, ...rest } = page(0, 15_000, true);
  const first = joined(
    null,
    { ...rest, events: events.map((event) => ({ ...event, position: Math.ceil(event.position / 4000) })) },
    'after',
  );
  const next = joined(first, { ...page(15_000, 25_000, true), start: '4' }, 'after');
  expect(next.events[0]?.position).toBe(3);
  expect(next.start).toBe(2);
});
