import { describe, expect, test } from 'vitest';
import { checkInput } from '../../../engine/actions/action.ts';
import { actions } from '../../../engine/actions/registry.ts';
import { stdAsyncNoop } from '../../../engine/actions/std-async-noop.ts';
import { stdEcho } from '../../../engine/actions/std-echo.ts';
import { stdFail } from '../../../engine/actions/std-fail.ts';
import { stdNoop } from '../../../engine/actions/std-noop.ts';
import { stdSleep } from '../../../engine/actions/std-sleep.ts';
import { stdTestDict } from '../../../engine/actions/std-test-dict.ts';
import { Float, type Json } from '../../../engine/model/json.ts';
import { failureOf, resultOf, runAction } from './action-fixture.ts';

test('std.noop and std.async_noop give nothing', async () => {
  expect(await resultOf(runAction(stdNoop, {}))).toBeNull();
  expect(await resultOf(runAction(stdAsyncNoop, {}))).toBeNull();
});

describe('std.fail', () => {
  test.each<[Json]>([['sorry'], [[1, 2]], [{ a: null }], [5]])('fails with %j', async (data) => {
    expect(await failureOf(runAction(stdFail, { error_data: data }))).toEqual(data);
  });

  test.each<[Json]>([[null], [''], [0], [false], [[]], [{}], [new Float(0)]])(
    'says its own when %j is nothing to say',
    async (data) => {
      expect(await failureOf(runAction(stdFail, { error_data: data }))).toBe('Fail action expected exception.');
    },
  );
});

describe('std.test_dict', () => {
  test('gives as many keys as it is told', async () => {
    expect(await resultOf(runAction(stdTestDict, { size: 2, key_prefix: 'k', val: [1] }))).toEqual({
      k0: [1],
      k1: [1],
    });
    expect(await resultOf(runAction(stdTestDict, { size: -1 }))).toEqual({});
    expect(await resultOf(runAction(stdTestDict, { size: 1, key_prefix: '__proto__' }))).toEqual({ __proto__0: '' });
  });

  test.each<[Json]>([['3'], [new Float(3)], [1.5], [1e9]])('fails when the size is %j', async (size) => {
    expect(await failureOf(runAction(stdTestDict, { size }))).toBe(
      'std.test_dict: size must be a whole number up to 1000000.',
    );
  });
});

describe('time', () => {
  test.each<[Json]>([[0.02], ['0.02'], [new Float(0.02)]])(
    'passes before std.echo with a delay of %j answers',
    async (delay) => {
      const started = performance.now();
      expect(await resultOf(runAction(stdEcho, { output: 'x', delay }))).toBe('x');
      expect(performance.now() - started).toBeGreaterThan(18);
    },
  );

  test.each<[Json]>([['soon'], [-5], [null], [[1]]])('does not pass for std.echo with a delay of %j', async (delay) => {
    expect(await runAction(stdEcho, { output: 'x', delay })).toEqual({ state: 'SUCCESS', value: 'x' });
  });

  test.each<[Json]>([['1.5'], [0.9], [-1], ['x']])(
    'does not pass for std.sleep with %j, which is no whole second',
    async (seconds) => {
      const started = performance.now();
      expect(await resultOf(runAction(stdSleep, { seconds }))).toBeNull();
      expect(performance.now() - started).toBeLessThan(500);
    },
  );

  test('may be very long, and ends when nobody waits any more', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const long = [
      runAction(stdSleep, { seconds: 90 * 86_400 }, { signal }),
      runAction(stdEcho, { output: 1, delay: 1e12 }, { signal }),
    ];
    const first = await Promise.race([...long, runAction(stdEcho, { output: 'first', delay: 0.02 })]);
    expect(first.value).toBe('first');
    controller.abort();
    expect((await Promise.allSettled(long)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('an action', () => {
  test('says which parameters are missing or unknown, as Mistral does', () => {
    expect(checkInput(stdEcho, { foo: 1 })).toBe(
      "Invalid input [name=std.echo, class=mistral.actions.std_actions.EchoAction, missing=['output'], unexpected=['foo']]",
    );
  });

  test('is known by its name, and each of its parameters is explained', () => {
    for (const [name, action] of actions) {
      expect(action.name).toBe(name);
      expect(action.description).not.toBe('');
      for (const parameter of action.parameters) expect(parameter.description).not.toBe('');
    }
  });
});
