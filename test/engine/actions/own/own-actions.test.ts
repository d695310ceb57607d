import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ActionContext, checkInput } from '../../../../engine/actions/action.ts';
import { OwnActions, type OwnActionsOptions } from '../../../../engine/actions/own/own-actions.ts';
import { actions as builtIn } from '../../../../engine/actions/registry.ts';
import type { Json, JsonObject } from '../../../../engine/model/json.ts';
import { failureOf, resultOf, runAction } from '../action-fixture.ts';
import { isAlive, until } from '../processes.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

const GREET = `
export const greet = {
  name: 'acme.greet',
  description: 'Greets somebody.',
  input: { properties: { name: { type: 'string', description: 'Whom.' }, times: { type: 'integer', default: 1 } }, required: ['name'] },
  output: { type: 'string', description: 'the greeting' },
  run: ({ name, times }) => Array(times).fill('Hello, ' + name).join('; '),
};`;

/** A folder with one action named `acme.do`, whose function has the given body. */
const doing = (body: string, rest = ''): string =>
  `${rest}\nexport const action = { name: 'acme.do', input: {}, async run(input, { signal, log, progress }) { ${body} } };`;

class Pack {
  readonly own: OwnActions;
  readonly folder: string;
  constructor(own: OwnActions, folder: string) {
    this.own = own;
    this.folder = folder;
  }

  static async open(files: Readonly<Record<string, string>>, options: Partial<OwnActionsOptions> = {}): Promise<Pack> {
    const folder = await mkdtemp(join(tmpdir(), 'windrose-actions-'));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const own = await OwnActions.open({ folder, builtIn, log, ...options });
    onTestFinished(async () => {
      await own.close();
      await rm(folder, { recursive: true, force: true });
    });
    return new Pack(own, folder);
  }

  async run(input: JsonObject = {}, name = 'acme.do', context: Partial<ActionContext> = {}) {
    const action = this.own.get(name);
    if (action === undefined) throw new Error(`there is no ${name}: ${JSON.stringify(this.own.problems())}`);
    return runAction(action, input, context);
  }

  /** Writes a module and waits until it is loaded. */
  async change(name: string, text: string): Promise<void> {
    const changed = new Promise<void>((resolve) => this.own.onChange(resolve));
    await writeFile(join(this.folder, name), text);
    await changed;
  }

  names(): readonly string[] {
    return [...this.own.values()].filter(({ file }) => file !== undefined).map(({ name }) => name);
  }

  messages(): readonly string[] {
    return this.own.problems().map(({ message }) => message);
  }
}

/** A module of several actions, by their bodies. */
const packOf = (bodies: readonly string[]): Promise<Pack> =>
  Pack.open({
    'a.js': bodies.map((body, n) => `export const a${n} = { name: 'acme.n${n}', async run() { ${body} } };`).join('\n'),
  });
const eachOf = (pack: Pack, outcome: (running: ReturnType<Pack['run']>) => Promise<Json>): Promise<readonly Json[]> =>
  Promise.all(
    pack.names().map(async (name) => {
      const value = await outcome(pack.run({}, name));
      return typeof value === 'string' ? value.replace(`${name} failed: `, '').replace(/\.$/, '') : value;
    }),
  );
const failure = async (pack: Pack): Promise<Json> => failureOf(pack.run());
/** Resolves with the number that an action logs first. */
const loggedNumber = () => {
  const { promise, resolve } = withResolvers<number>();
  return { number: promise, log: (text: string) => resolve(Number(text)) };
};
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}

describe('an action of one’s own', () => {
  test('is described by its module, and runs with the input that its schema asks for', async () => {
    const pack = await Pack.open({ 'greet.js': GREET });
    const greet = pack.own.get('acme.greet');
    expect(greet).toMatchObject({
      description: 'Greets somebody.',
      result: 'the greeting',
      reaches: ['commands', 'files', 'network'],
      isPure: false,
      parameters: [
        { name: 'name', required: true, description: 'Whom.', types: ['text'] },
        { name: 'times', required: false, types: ['number'] },
      ],
    });
    expect(await resultOf(pack.run({ name: 'Ada' }, 'acme.greet'))).toBe('Hello, Ada');
    expect(await resultOf(pack.run({ name: 'Ada', times: 2 }, 'acme.greet'))).toBe('Hello, Ada; Hello, Ada');
  });

  test('can be written in TypeScript, and import what is beside it', async () => {
    const pack = await Pack.open({
      'double.ts': `import { twice, type Amount } from './lib/twice.ts';
        interface Input { readonly amount: Amount }
        export const double = { name: 'acme.double', input: { properties: { amount: { type: 'number' } } },
          run: ({ amount }: Input): number => twice(amount) };`,
      'lib/twice.ts': 'export type Amount = number;\nexport const twice = (n: Amount): Amount => n * 2;',
    });
    expect(await resultOf(pack.run({ amount: 21 }, 'acme.double'))).toBe(42);
  });

  test('is refused input that its schema does not know, lacks, or does not fit', async () => {
    const pack = await Pack.open({ 'greet.js': GREET });
    const greet = pack.own.get('acme.greet');
    if (greet === undefined) throw new Error('there is none');
    expect(checkInput(greet, {})).toContain("missing=['name']");
    expect(checkInput(greet, { name: 'a', nmae: 'b' })).toContain("unexpected=['nmae']");
    expect(checkInput(greet, { name: 1 })).toBe('acme.greet: name must be a text.');
    expect(await failureOf(pack.run({ name: 'Ada', times: 1.5 }, 'acme.greet'))).toMatch(
      /^acme\.greet failed: the input does not fit: times: .*int/,
    );
  });

  test('fails when what it gives does not fit its output', async () => {
    const pack = await Pack.open({
      'a.js': `export const a = { name: 'acme.do', output: { type: 'number' }, run: () => 'seven' };`,
    });
    expect(await failure(pack)).toMatch(/^acme\.do failed: what it gave does not fit its output: .*number/);
  });

  test('says what it throws, and in which line', async () => {
    const pack = await Pack.open({ 'a.ts': doing("\n\nthrow new TypeError('no such thing');") });
    expect(await failure(pack)).toBe('acme.do failed: no such thing (a.ts, line 4).');
  });

  test('fails with what it throws, whatever that is', async () => {
    const pack = await packOf([
      'throw undefined;',
      'throw null;',
      "throw 'a text';",
      'throw { code: 7 };',
      "throw Symbol('s');",
      'throw { toJSON() { throw 1 } };',
      'throw new Proxy(new Error(), { get() { throw 1 } });',
      "throw Object.assign(new Error('x'), { message: { a: 1 } });",
      'return new Promise((_, reject) => reject());',
    ]);
    expect(await eachOf(pack, failureOf)).toEqual([
      'it threw undefined',
      'it threw null',
      'it threw a text',
      'it threw {"code":7}',
      'it threw Symbol(s)',
      'it threw something that cannot be shown',
      'it threw something that cannot be shown',
      expect.stringContaining('[object Object]'),
      'it threw undefined',
    ]);
  });

  test('gives what JSON makes of its result', async () => {
    const pack = await packOf(['', 'return () => 1;', 'return new Date(0);', 'return [undefined, NaN];']);
    expect(await eachOf(pack, resultOf)).toEqual([null, null, '1970-01-01T00:00:00.000Z', [null, null]]);
  });

  test('fails when its result cannot be kept', async () => {
    const pack = await packOf(['const a = {}; a.a = a; return a;', 'return 1n;', "return 'x'.repeat(11_000_000);"]);
    expect(await eachOf(pack, failureOf)).toEqual([
      expect.stringContaining('circular'),
      expect.stringContaining('BigInt'),
      'its result is larger than 10000000 characters, which is the limit',
    ]);
  });

  test('reports lines and how far it is; what it and its libraries write are lines, too', async () => {
    const pack = await Pack.open({
      'a.js': doing(`log('counting', { to: 2 }); progress(0.5, 'half');
        console.log('out'); console.error('bad'); process.stdout.write('no '); process.stdout.write('newline');`),
    });
    const lines: unknown[] = [];
    const reached: unknown[] = [];
    await resultOf(
      pack.run({}, 'acme.do', {
        log: (text, source) => lines.push([text, source]),
        progress: (fraction, text) => reached.push([fraction, text]),
      }),
    );
    expect(lines).toEqual([
      ['counting { to: 2 }', undefined],
      ['out', 'stdout'],
      ['bad', 'stderr'],
      ['no newline', 'stdout'],
    ]);
    expect(reached).toEqual([[0.5, 'half']]);
  });

  test('may log without end: the newest lines are kept', async () => {
    const pack = await Pack.open({ 'a.js': doing('for (let n = 1; n <= 300_000; n++) log(n);') });
    const lines: string[] = [];
    await resultOf(pack.run({}, 'acme.do', { log: (text) => lines.push(text) }));
    expect(lines.length).toBeLessThan(5000);
    expect(lines.at(-1)).toBe('300000');
  });

  test('is told to stop, and can tidy up', async () => {
    const pack = await Pack.open({
      'a.js': doing("log(process.pid); await new Promise((r) => signal.addEventListener('abort', r)); return 'tidy';"),
    });
    const stop = new AbortController();
    const { number, log: logged } = loggedNumber();
    const running = pack.run({}, 'acme.do', { signal: stop.signal, log: logged });
    const pid = await number;
    stop.abort();
    expect(await resultOf(running)).toBe('tidy');
    expect(isAlive(pid)).toBe(true);
  });

  test('is killed when it does not stop, with all that it has started; the next one runs again', async () => {
    const pack = await Pack.open({
      'a.js': doing("const child = spawn('sleep', ['1000']); log(child.pid); await null; while (true);", spawnImport),
      'b.js': GREET,
    });
    const stop = new AbortController();
    const { number, log: logged } = loggedNumber();
    const running = pack.run({}, 'acme.do', { signal: stop.signal, log: logged });
    const pid = await number;
    stop.abort();
    expect(await failureOf(running)).toContain('acme.do did not stop when it was told to');
    expect(isAlive(pid)).toBe(false);
    expect(await resultOf(pack.run({ name: 'Ada' }, 'acme.greet'))).toBe('Hello, Ada');
  });

  test.each([
    ['leaves the process', 'process.exit(3);', 'it was left with the exit code 3'],
    [
      'throws where nobody catches',
      "setTimeout(() => { throw new Error('late') }); await new Promise(() => {});",
      'late',
    ],
    ['rejects where nobody catches', "Promise.reject(new Error('lost')); await new Promise(() => {});", 'lost'],
    ['kills itself', "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});", 'it was killed (SIGKILL)'],
    [
      'takes all memory',
      'const all = []; while (true) all.push(new Array(1e5).fill({}));',
      'more memory than the 64 MB',
    ],
  ])('fails with its last lines when it %s; the next one runs again', async (_, body, reason) => {
    const pack = await Pack.open({ 'a.js': doing(`log('last words'); ${body}`), 'b.js': GREET }, { memory: 64 });
    const lines: string[] = [];
    const said = await failureOf(pack.run({}, 'acme.do', { log: (text) => lines.push(text) }));
    expect(said).toContain('acme.do failed: the process of your own actions ended while it ran. The reason: ');
    expect(said).toContain(reason);
    expect(lines).toEqual(['last words']);
    expect(await resultOf(pack.run({ name: 'Ada' }, 'acme.greet'))).toBe('Hello, Ada');
  });

  test('cannot speak for the engine’s channel', async () => {
    const pack = await Pack.open({ 'a.js': doing('return typeof process.send;') });
    expect(await resultOf(pack.run())).toBe('undefined');
  });

  test('ends with the app, even in an endless loop', async () => {
    const pack = await Pack.open({ 'a.js': doing('log(process.pid); while (true);') });
    const { number, log: logged } = loggedNumber();
    const running = pack.run({}, 'acme.do', { log: logged });
    const pid = await number;
    await pack.own.close();
    expect(await failureOf(running)).toContain('it was ended');
    expect(isAlive(pid)).toBe(false);
  });

  test('has a process only while there is something to do', async () => {
    const pack = await Pack.open({ 'a.js': doing('return process.pid;') }, { idle: 0 });
    const pid = Number(await resultOf(pack.run()));
    await until(() => (isAlive(pid) ? null : pid));
    expect(Number(await resultOf(pack.run()))).not.toBe(pid);
  });
});

const spawnImport = "import { spawn } from 'node:child_process';";

describe('the folder of one’s own actions', () => {
  test('is made when it is not there', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'windrose-actions-')), 'actions');
    const own = await OwnActions.open({ folder, builtIn, log });
    await own.close();
    expect(own.problems()).toEqual([]);
    expect([...own.values()]).toEqual([...builtIn.values()]);
    await rm(folder, { recursive: true });
  });

  test('names modules that cannot be loaded, and why; the others can be used', async () => {
    const pack = await Pack.open({
      'a-syntax.js': 'export const a = {\n  name: ,\n};',
      'b-syntax.ts': 'export const a: = 1;',
      'c-throws.js': "\nthrow new Error('not today');",
      'd-nothing.js': 'export const a = 1;',
      'e-import.js': "import './missing.js';",
      'f-exits.js': 'process.exit(0);',
      'g-name.js': "export const a = { name: 'has spaces', run() {} };",
      'h-schema.js': "export const a = { name: 'acme.h', input: { properties: { x: { type: 'strnig' } } }, run() {} };",
      'i-input.js': "export const a = { name: 'acme.i', input: 'text', run() {} };",
      'j-empty.js': '',
      'k-getter.js': "export const a = { get name() { throw new Error('trap') }, run() {} };",
      'z-greet.js': GREET,
      'notes.txt': 'no module',
      'types.d.ts': 'export interface X {}',
    });
    expect(pack.names()).toEqual(['acme.greet']);
    const said = (name: string): string => pack.messages().find((each) => each.startsWith(name)) ?? '';
    expect(said('a-syntax.js')).toContain('a-syntax.js, line 2, column ');
    expect(said('b-syntax.ts')).toContain('b-syntax.ts, line 1, column ');
    expect(said('c-throws.js')).toContain('not today (c-throws.js, line 2)');
    expect(said('d-nothing.js')).toContain('it exports no action');
    expect(said('e-import.js')).toContain('missing.js');
    expect(said('f-exits.js')).toContain('exit code 0');
    expect(said('g-name.js')).toContain("the name of 'a' must be a text of letters");
    expect(said('h-schema.js')).toContain("acme.h: its 'input'");
    expect(said('i-input.js')).toContain("acme.i: its 'input' must be a JSON schema");
    expect(said('j-empty.js')).toContain('it exports no action');
    expect(said('k-getter.js')).toContain('trap');
    expect(pack.messages()).toHaveLength(11);
  });

  test('gives a module that never finishes loading some seconds, and loads the others', async () => {
    const pack = await Pack.open({ 'a.js': 'while (true);', 'b.js': GREET });
    expect(pack.names()).toEqual(['acme.greet']);
    expect(pack.messages()).toEqual([
      'a.js could not be loaded, and its actions cannot be used: it took longer than 5 seconds to load.',
    ]);
  }, 20_000);

  test('refuses names that are taken', async () => {
    const pack = await Pack.open({
      'a.js': "export const a = { name: 'std.echo', run: () => 1 }, b = { name: 'local.mine', run: () => 1 };",
      'b.js': doing('return 1;'),
      'c.js': doing('return 2;'),
    });
    expect(pack.own.get('std.echo')).toBe(builtIn.get('std.echo'));
    expect(pack.names()).toEqual(['acme.do']);
    expect(await resultOf(pack.run())).toBe(1);
    expect(pack.messages()).toEqual([
      expect.stringContaining("The action 'std.echo' of a.js cannot be used: names that begin with 'std.'"),
      expect.stringContaining("The action 'local.mine' of a.js cannot be used"),
      "The action 'acme.do' of c.js cannot be used: b.js has an action of that name, too. Choose another one.",
    ]);
  });

  test('is read again when a module changes; what runs ends as it began', async () => {
    const wait = "log(1); await new Promise((r) => signal.addEventListener('abort', r)); return 'old';";
    const pack = await Pack.open({ 'a.js': doing(wait) });
    const stop = new AbortController();
    const { number, log: logged } = loggedNumber();
    const running = pack.run({}, 'acme.do', { signal: stop.signal, log: logged });
    await number;
    await pack.change('a.js', doing("return 'new';"));
    expect(await resultOf(pack.run())).toBe('new');
    stop.abort();
    expect(await resultOf(running)).toBe('old');
  });

  test('is read again when a module comes, is mended, or what it imports changes', async () => {
    const pack = await Pack.open({ 'lib/value.js': 'export const value = 1;' });
    expect(pack.names()).toEqual([]);
    await pack.change('a.js', doing('return value'));
    expect(await failure(pack)).toContain('value is not defined (a.js, line 2)');
    await pack.change('a.js', doing('return value', "import { value } from './lib/value.js';"));
    expect(await resultOf(pack.run())).toBe(1);
    await pack.change('lib/value.js', 'export const value = 2;');
    expect(await resultOf(pack.run())).toBe(2);
  });
});

test('the README’s ten lines are an action', async () => {
  const readme = await readFile(join(import.meta.dirname, '../../../../engine/actions/README.md'), 'utf8');
  const text = /```js\n(.*?)```/s.exec(readme)?.[1] ?? '';
  expect(text.trim().split('\n').length).toBeLessThanOrEqual(10);
  const pack = await Pack.open({ 'readme.js': text });
  expect(pack.messages()).toEqual([]);
  expect(pack.names()).toHaveLength(1);
});
