import { expect, test } from 'vitest';
import type { HistoryEvent } from '../../../../engine/api/resources.ts';
import { findRows, growRows } from '../../../../renderer/features/events/event-rows.ts';

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
  const found = (text: string) => findRows(rows, text).map(({ id }) => id);
  expect(found('build')).toEqual(['0', '1']);
  expect(found(' BUILD started ')).toEqual(['0']);
  expect(found('no disk')).toEqual(['2']);
  expect(found('nobody')).toEqual([]);
  expect(findRows(rows, '  ')).toBe(rows);
});
