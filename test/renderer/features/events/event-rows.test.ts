import { expect, test } from 'vitest';
import { type HistoryEvent, historyEvent } from '../../../../engine/api/resources.ts';
import { eventKinds, everyEvent, findRows, growRows } from '../../../../renderer/features/events/event-rows.ts';

const event = (name: string | null, text: string, at = 1000): HistoryEvent => ({
  position: 1,
  at,
  type: 'noted',
  kind: 'task',
  nodeId: null,
  name,
  text,
});

test('rows stay the same objects while the history grows', () => {
  const first = [event('build', 'started', 500), event('build', 'succeeded')];
  const rows = growRows([], first);
  const grown = growRows(rows, [...first, event('test', 'started')]);
  expect(grown.slice(0, 2)).toEqual(rows);
  expect(grown.every((row, index) => index === 2 || row === rows[index])).toBe(true);
  expect(grown.map(({ id, since }) => [id, since])).toEqual([
    ['0', 500],
    ['1', 500],
    ['2', 500],
  ]);
  expect(growRows(rows, first)).toBe(rows);
});

test('a text is looked for in the whole sentence, in capital letters or not', () => {
  const rows = growRows(
    [],
    [event('Build', 'started'), event(null, 'a build is near'), event('test', 'failed: no disk')],
  );
  const found = (text: string) => findRows(rows, { ...everyEvent, text }).map(({ id }) => id);
  expect(found('build')).toEqual(['0', '1']);
  expect(found(' BUILD started ')).toEqual(['0']);
  expect(found('no disk')).toEqual(['2']);
  expect(found('nobody')).toEqual([]);
  expect(findRows(rows, { ...everyEvent, text: '  ' })).toBe(rows);
});

test('a kind and a node are looked for together with the text', () => {
  const failed = { ...event('build', 'failed'), type: 'failed' as const, nodeId: 'a' };
  const other = { ...event('test', 'failed'), type: 'failed' as const, nodeId: 'b' };
  const rows = growRows([], [event('build', 'started'), failed, other]);
  const found = (filter: Partial<typeof everyEvent>) =>
    findRows(rows, { ...everyEvent, ...filter }).map(({ id }) => id);
  expect(found({ kind: 'failure' })).toEqual(['1', '2']);
  expect(found({ kind: 'failure', nodeId: 'b' })).toEqual(['2']);
  expect(found({ kind: 'failure', text: 'build' })).toEqual(['1']);
  expect(found({ kind: 'wait' })).toEqual([]);
});

test('every type of event belongs to exactly one kind', () => {
  const types = Object.values(eventKinds).flatMap((kind) => kind.types);
  expect(types.toSorted()).toEqual([...historyEvent.shape.type.options].toSorted());
});
