import { expect, test } from 'vitest';
import { type HistoryEvent, historyEvent } from '../../../../engine/api/resources.ts';
import { eventKinds, rowsOf } from '../../../../renderer/features/events/event-rows.ts';

const event = (position: number, text: string): HistoryEvent => ({
  ...{ position, at: 1000, type: 'noted', kind: 'task', nodeId: null, name: 'build', text },
});

test('a row is named after the place of its event, whatever is fetched before it', () => {
  const events = [event(7, 'started'), event(7, 'published size'), event(9, 'succeeded')];
  const rows = rowsOf(events, 500);
  expect(rows.map(({ id, since }) => [id, since])).toEqual([
    ['7.0', 500],
    ['7.1', 500],
    ['9.0', 500],
  ]);
  expect(rowsOf([event(5, 'is to run'), ...events], 500).slice(1)).toEqual(rows);
});

test('every type of event belongs to exactly one kind', () => {
  const types = Object.values(eventKinds).flatMap((kind) => kind.types);
  expect(types.toSorted()).toEqual([...historyEvent.shape.type.options].toSorted());
});
