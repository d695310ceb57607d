import { expect, test } from 'vitest';
import { everything } from '../../../renderer/state/execution-list.ts';
import { readSession, type Session, writeSession } from '../../../renderer/state/session.ts';

const session: Session = {
  place: 'library',
  selectedEntry: 'workflow /report',
  selected: { rootId: 'r', id: 'n' },
  expansions: new Map([
    ['r', { depth: Number.POSITIVE_INFINITY, toggled: new Set(['n']) }],
    ['s', { depth: 2, toggled: new Set<string>() }],
  ]),
  centre: { shown: true, tab: 'definition' },
  paneSizes: new Map([['inspector', 512]]),
  filter: { ...everything, text: 'rep', state: 'ERROR', within: 3_600_000 },
  views: [{ ...everything, workflow: 'report' }],
};

test('a session comes back from JSON as it was', () => {
  expect(readSession(JSON.parse(JSON.stringify(writeSession(session))))).toEqual(session);
});

test('trees that are closed are not kept', () => {
  const closed = { ...session, expansions: new Map([['r', { depth: 1, toggled: new Set<string>() }]]) };
  expect(readSession(writeSession(closed)).expansions?.size).toBe(0);
});

test('what makes no sense is left out and the rest is kept', () => {
  expect(readSession(null)).toEqual({});
  expect(readSession('no')).toEqual({});
  expect(
    readSession({
      place: 'moon',
      selected: { rootId: 1 },
      selectedEntry: [],
      expansions: [['r', 2, ['a', 7]], ['s', 'deep', []], 3],
      centre: { shown: 1, tab: 'graph' },
      paneSizes: [['inspector', 300], ['other']],
      filter: 7,
      views: [3, { text: 'kept', state: 'IDLE', within: 'long' }],
    }),
  ).toEqual({
    expansions: new Map([['r', { depth: 2, toggled: new Set(['a']) }]]),
    paneSizes: new Map([['inspector', 300]]),
    views: [{ ...everything, text: 'kept' }],
  });
});
