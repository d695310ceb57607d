import { expect, test } from 'vitest';
import { everything } from '../../../renderer/state/execution-list.ts';
import { getState } from '../../../renderer/state/store.ts';
import { dropView, filterInWords, keepView } from '../../../renderer/state/views.ts';

const slow = { ...everything, state: 'ERROR', workflow: 'nightly', within: 604_800_000, longerThan: 60_000 } as const;

test('a view is called what it lets through', () => {
  expect(filterInWords(slow)).toBe('Failed, nightly, last 7 days, longer than 1 min');
  expect(filterInWords({ ...everything, text: ' db ' })).toBe('“db”');
  expect(filterInWords(everything)).toBe('Everything');
});

test('a view is kept once, and can be dropped', () => {
  keepView(slow);
  keepView({ ...everything, text: 'db' });
  keepView({ ...slow });
  expect(getState().views.map(filterInWords)).toEqual(['“db”', filterInWords(slow)]);
  dropView(slow);
  expect(getState().views).toHaveLength(1);
});
