import { describe, expect, test } from 'vitest';
import { runScript } from '../../../engine/actions/javascript/sandbox.ts';
import { stdJavascript } from '../../../engine/actions/std-javascript.ts';
import { stdJs } from '../../../engine/actions/std-js.ts';
import { BigInteger, Float, type Json } from '../../../engine/model/json.ts';
import { failureOf, resultOf, runAction } from './action-fixture.ts';

const run = (script: string, context: Json = {}) => runAction(stdJs, { script, context });

describe('a script', () => {
  test.each<[string, Json]>([
    ['return $.a.b[1] + 1', 3],
    ['return {sum: 6.5, none: null, gone: undefined}', { sum: 6.5, none: null }],
    ['return "ü\\u2028😀"', 'ü\u2028😀'],
    ['return [1.0, 0.5, 1e21, -0, NaN]', [1, 0.5, new Float(1e21), 0, null]],
    ['var a = 1;', null],
    ['return function () {}', null],
    ['return new Date(0)', '1970-01-01T00:00:00.000Z'],
    ['return 1 // and nothing more', 1],
    ['return JSON.parse(\'{"__proto__": 1}\')', JSON.parse('{"__proto__": 1}')],
    ['return Object.keys($)', ['a', '__proto__']],
    ['return $.__proto__', 5],
  ])('gives what it returns: %s', async (script, expected) => {
    const context = JSON.parse('{"a": {"b": [1, 2]}, "__proto__": 5}');
    expect(await resultOf(run(script, context))).toEqual(expected);
  });

  test('sees every kind of value', async () => {
    const context = [new Float(1), new BigInteger(10n ** 20n), 0.5, null, true, 'x'];
    expect(await resultOf(run('return $.map(String)', context))).toEqual([
      '1',
      '100000000000000000000',
      '0.5',
      'null',
      'true',
      'x',
    ]);
  });

  test('is the same under its long name', async () => {
    expect(await resultOf(runAction(stdJavascript, { script: 'return $', context: 'x' }))).toBe('x');
  });

  test.each([
    ['throw new Error("boom")', 'Error: boom (line 1)'],
    ['var a;\n\nreturn nothing', 'ReferenceError: nothing is not defined (line 3)'],
    ['return $.a.b', "TypeError: Cannot read properties of undefined (reading 'b') (line 1)"],
    ['throw 1', '1'],
    ['throw {code: 7}', '{"code":7}'],
    ['throw undefined', 'undefined'],
    ['throw {toString() { throw 1 }}', 'it threw something that cannot be shown.'],
    ['throw new Proxy({}, {get() { throw 1 }})', 'it threw something that cannot be shown.'],
    ['return 1n', 'TypeError: Do not know how to serialize a BigInt'],
    ['var a = []; a.push(a); return a', 'TypeError: circular reference'],
  ])('fails with what it throws: %s', async (script, message) => {
    expect(await failureOf(run(script))).toBe(`JavaScriptAction failed: ${message}`);
  });

  test('fails with the place of a mistake in its text', async () => {
    expect(await failureOf(run('var a = 1;\nvar = 2;'))).toMatch(
      /^JavaScriptAction failed: SyntaxError: .* \(line 2\)$/,
    );
  });

  test('fails without a context, as in Mistral', async () => {
    expect(await failureOf(runAction(stdJs, { script: 'return 1' }))).toBe(
      'JavaScriptAction failed: ReferenceError: None is not defined',
    );
  });

  test('has to be a text', async () => {
    expect(await failureOf(runAction(stdJs, { script: 5, context: {} }))).toBe(
      'JavaScriptAction failed: the script must be a text.',
    );
  });
});

describe('a hostile script', () => {
  test('finds nothing but the language', async () => {
    const names = [
      'process',
      'require',
      'fetch',
      'setTimeout',
      'console',
      'Worker',
      'WebAssembly',
      'Atomics',
      'std',
      'os',
    ];
    const script = `return ${JSON.stringify(names)}.filter((name) => name in globalThis)`;
    expect(await resultOf(run(script))).toEqual([]);
    expect(await resultOf(run('return this.constructor.constructor("return typeof process")()'))).toBe('undefined');
    expect(await failureOf(run('return import("node:fs").then(String).x.y'))).toContain('TypeError');
  });

  test('leaves nothing behind for the next one', async () => {
    await resultOf(run('globalThis.left = 1; Array.prototype.left = 1; JSON.stringify = () => "changed"; return 1'));
    expect(await resultOf(run('return [typeof left, [].left === undefined, JSON.stringify(1)]'))).toEqual([
      'undefined',
      true,
      '1',
    ]);
  });

  test.each([
    'for (var a = [];;) a.push({})',
    'var a = {}; for (var i = 0;; i++) a["k" + i] = {i: i}',
    'for (var a = [];;) a.push(function () { return a })',
    'for (var a = [];;) a.push(new Uint8Array(100000))',
    'for (var a = [];;) a.push("x".repeat(1000) + a.length)',
    'var m = new Map(); for (;;) m.set({}, {})',
    'return "x".repeat(1 << 26).split("").length',
    'return new Uint8Array(1 << 30).length',
    'var a = []; function more() { try { for (;;) a.push([a]) } catch (e) { return more() } } return more()',
  ])('cannot fill the memory: %s', async (script) => {
    let most = 0;
    const before = process.memoryUsage.rss();
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 5);
    try {
      expect(await failureOf(run(script))).toMatch(
        /^JavaScriptAction failed: (it needs more memory than the 128 MiB that a script may have\.|InternalError: )/,
      );
    } finally {
      clearInterval(watching);
    }
    expect((most - before) / 1024 / 1024).toBeLessThan(256);
  });

  test('cannot throw more than can be shown', async () => {
    expect(String(await failureOf(run('throw "x".repeat(5e6)'))).length).toBeLessThan(11_000);
  });

  test('gets no context that is too large for it', async () => {
    expect(await failureOf(run('return 1', 'x'.repeat(10_000_001)))).toBe(
      'JavaScriptAction failed: the context has more than 10000000 characters of JSON.',
    );
    expect(await resultOf(run('return $.length', 'x'.repeat(9_000_000)))).toBe(9_000_000);
  });

  test('cannot overflow the stack', async () => {
    for (const script of [
      'return f()',
      'return JSON.parse("[".repeat(1e6))',
      'return /(?:)/.test(eval("(".repeat(1e5)))',
    ]) {
      expect(await failureOf(run(script))).toContain('stack overflow');
    }
  });

  test('cannot give a result without end', async () => {
    expect(await failureOf(run('return "x".repeat(6e6)'))).toBe(
      'JavaScriptAction failed: the result has more than 5000000 characters of JSON.',
    );
  });

  test.each(['for (;;);', 'return /(a+)+$/.test("a".repeat(60) + "b")', 'throw {get stack() { for (;;); }}'])(
    'is stopped when its time is over: %s',
    async (body) => {
      const outcome = await runScript({ body, context: '{}' }, 0.3, new AbortController().signal);
      expect(outcome).toEqual({ type: 'threw', message: 'it was stopped after 0.3 seconds.', line: null });
    },
  );

  test('is stopped when nobody waits for it any more, and others go on', async () => {
    const controller = new AbortController();
    const endless = { script: 'for (;;);', context: {} };
    const hostile = Array.from({ length: 6 }, () => runAction(stdJs, endless, { signal: controller.signal }));
    const harmless = run('return 1');
    controller.abort();
    expect((await Promise.allSettled(hostile)).map(({ status }) => status)).toEqual(Array(6).fill('rejected'));
    expect(await resultOf(harmless)).toBe(1);
  });
});

test('many scripts at once all get their turn', async () => {
  const running = Array.from({ length: 40 }, (_, i) => resultOf(run('return $ * 2', i)));
  expect(await Promise.all(running)).toEqual(Array.from({ length: 40 }, (_, i) => i * 2));
});
