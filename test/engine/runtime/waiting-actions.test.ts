import { expect, test } from 'vitest';
import { type Action, succeeded } from '../../../engine/actions/action.ts';
import { stdNoop } from '../../../engine/actions/std-noop.ts';
import type { ActionExecutionId } from '../../../engine/model/ids.ts';
import type { ActionExecution } from '../../../engine/model/records.ts';
import { WaitingActions } from '../../../engine/runtime/waiting-actions.ts';

const action: Action = { ...stdNoop, name: 'test.work', isPure: false, run: () => succeeded(null) };

function execution(order: number): ActionExecution {
  return {
    id: `action-${order}` as ActionExecutionId,
    taskId: null,
    order,
    name: action.name,
    index: 0,
    attempt: 1,
    state: 'RUNNING',
    accepted: false,
    input: {},
    runs: { name: action.name, input: {}, outputs: [] },
    output: null,
    isSync: true,
    safeRerun: false,
    timeout: null,
    createdAt: 0,
    begunAt: null,
    finishedAt: null,
  };
}

/** One place, and who has come to it: each is about to begin, and has not done so yet. */
function onePlace() {
  const paused = new Set<string>();
  const called: (readonly [string, () => boolean])[] = [];
  const waiting = new WaitingActions({
    actionsAtOnce: 1,
    isPaused: (rootId) => paused.has(rootId),
    onTurn: () => {},
    onPlace: (_rootId, id, hasPlace) => called.push([id, hasPlace]),
  });
  return { waiting, paused, called };
}

const idOf = (order: number): ActionExecutionId => execution(order).id;

test('a pause between the turn of an action and its beginning holds it, and its place goes to the next', () => {
  const { waiting, paused, called } = onePlace();
  waiting.add('root', execution(0), action);
  waiting.add('other', execution(1), action);
  const [[first, hasPlace] = ['', () => false]] = called;
  expect([first, hasPlace()]).toEqual([idOf(0), true]);
  paused.add('root');
  waiting.lookAtPauses([idOf(0)]);
  expect(hasPlace()).toBe(false);
  expect(waiting.reason(idOf(0))).toBe('Waits until its execution is resumed');
  expect(called.map(([id]) => id)).toEqual([idOf(0), idOf(1)]);
});

test('a resume before that lets it stand in line again, and the first turn does not count', () => {
  const { waiting, paused, called } = onePlace();
  waiting.add('root', execution(0), action);
  paused.add('root');
  waiting.lookAtPauses([idOf(0)]);
  paused.clear();
  waiting.lookAtPauses([idOf(0)]);
  expect(called.map(([, hasPlace]) => hasPlace())).toEqual([false, true]);
});

test('one that is taken out between its turn and its beginning leaves its place to the next', () => {
  const { waiting, called } = onePlace();
  waiting.add('root', execution(0), action);
  waiting.add('root', execution(1), action);
  expect([waiting.remove(idOf(0)), waiting.remove(idOf(0))]).toEqual([true, false]);
  expect(called.map(([id, hasPlace]) => [id, hasPlace()])).toEqual([
    [idOf(0), false],
    [idOf(1), true],
  ]);
});

test('who has begun keeps the place until it gives it back, and giving back twice frees one place', () => {
  const { waiting, called } = onePlace();
  expect([waiting.findsPlace(execution(0), action), waiting.findsPlace(execution(1), action)]).toEqual([true, false]);
  waiting.add('root', execution(1), action);
  waiting.add('root', execution(2), action);
  const giveBack = waiting.begun(idOf(0));
  expect(called).toEqual([]);
  giveBack();
  giveBack();
  expect(called.map(([id]) => id)).toEqual([idOf(1)]);
});

test('what a resume lets go stands in line in the order in which it was made', () => {
  const { waiting, paused, called } = onePlace();
  paused.add('root');
  for (const order of [0, 1, 2]) waiting.add('root', execution(order), action);
  paused.clear();
  waiting.lookAtPauses([idOf(2), idOf(0), idOf(1)]);
  waiting.begun(idOf(0))();
  waiting.begun(idOf(1))();
  expect(called.map(([id]) => id)).toEqual([idOf(0), idOf(1), idOf(2)]);
});
