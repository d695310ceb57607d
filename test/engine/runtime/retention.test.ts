import { expect, test } from 'vitest';
import { type Retained, RetentionKeeper, surplusOf } from '../../../engine/runtime/retention.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const ended = (id: string, finishedAt: number): Retained => ({ id, state: 'SUCCESS', finishedAt });

test('nothing is deleted unless somebody asks for it', () => {
  expect(surplusOf([ended('a', 1)], { age: null, count: null }, 1e12)).toEqual({ surplus: [], nextAt: null });
});

test('what ended first goes first, until no more are left than are to be kept', () => {
  const executions = [ended('c', 3), ended('a', 1), ended('d', 4), ended('b', 2)];
  expect(surplusOf(executions, { age: null, count: 2 }, 10).surplus).toEqual(['a', 'b']);
  expect(surplusOf(executions, { age: null, count: 0 }, 10).surplus).toEqual(['a', 'b', 'c', 'd']);
  expect(surplusOf(executions, { age: null, count: 9 }, 10).surplus).toEqual([]);
});

test('what is older goes, and it is known when the next one will be', () => {
  const executions = [ended('a', 100), ended('b', 200), ended('c', 300)];
  expect(surplusOf(executions, { age: 50, count: null }, 250)).toEqual({ surplus: ['a', 'b'], nextAt: 350 });
  expect(surplusOf(executions, { age: 50, count: null }, 400)).toEqual({ surplus: ['a', 'b', 'c'], nextAt: null });
  expect(surplusOf(executions, { age: 1000, count: 1 }, 400)).toEqual({ surplus: ['a', 'b'], nextAt: 1300 });
});

test('what runs, is paused or owes something is never deleted, and does not count', () => {
  const executions: readonly Retained[] = [
    { id: 'runs', state: 'RUNNING', finishedAt: null },
    { id: 'paused', state: 'PAUSED', finishedAt: null },
    { id: 'owed', state: 'CANCELLED', finishedAt: 1, isOwed: true },
    ended('a', 2),
    ended('b', 3),
  ];
  expect(surplusOf(executions, { age: 0, count: 0 }, 1000).surplus).toEqual(['a', 'b']);
  expect(surplusOf(executions, { age: null, count: 1 }, 1000).surplus).toEqual(['a']);
});

test('a change of mind counts at once, also in the middle of many deletions', async () => {
  const left = new Map(Array.from({ length: 500 }, (_, n) => [`${n}`, ended(`${n}`, n)]));
  let stop: Promise<void> | null = null;
  const keeper = new RetentionKeeper({
    executions: async () => [...left.values()],
    remove: async (id) => {
      left.delete(id);
      if (left.size === 350) stop = keeper.set({ age: null, count: null });
    },
    log: silent,
  });
  await keeper.set({ age: null, count: 100 });
  await stop;
  expect(left.size).toBe(350);
  await keeper.close();
});
