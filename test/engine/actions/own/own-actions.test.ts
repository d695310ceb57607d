import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ActionContext, checkInput } from '../../../../engine/actions/action.ts';
import { OwnActions, type OwnActionsOptions } from '../../../../engine/actions/own/own-actions.ts';
import { actions as builtIn } from '../../../../engine/actions/registry.ts';
import type { Json, JsonObject } from '../../../../engine/model/json.ts';
import { withResolvers } from '../../../with-resolvers.ts';
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

/** A module of one action, whose function has the given body. */
const doing = (body: string, { rest = '', name = 'acme.do' } = {}): string =>
  `${rest}\nexport const ${name.replace('.', '_')} = { name: '${name}', input: {}, async run(input, { signal, log, progress }) { ${body} } };`;

/** A module of several actions, whose names are numbered. */
const several = (name: string, bodies: readonly string[]): string =>
  bodies
    .map((body, n) => `export const ${name.replace('.', '_')}${n} = { name: '${name}${n}', async run() { ${body} } };`)
    .join('\n');

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
    // The machine may be slow: who wants a short limit says so.
    const limits = { slow: 60_000, loading: 60_000, ...options };
    return new Pack(await OwnActions.open({ folder, builtIn, log, ...limits }), folder);
  }

  /** One that only this test uses. */
  static async openOnce(...given: Parameters<typeof Pack.open>): Promise<Pack> {
    const pack = await Pack.open(...given);
    onTestFinished(() => pack.close());
    return pack;
  }

  async close(): Promise<void> {
    await this.own.close();
    await rm(this.folder, { recursive: true, force: true });
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

/** What comes of each of the numbered actions, without what every failure begins with. */
const eachOf = (pack: Pack, prefix: string, outcome: (running: ReturnType<Pack['run']>) => Promise<Json>) =>
  Promise.all(
    pack
      .names()
      .filter((name) => name.startsWith(prefix))
      .map(async (name) => {
        const value = await outcome(pack.run({}, name));
        return typeof value === 'string' ? value.replace(`${name} failed: `, '').replace(/\.$/, '') : value;
      }),
  );
const failure = async (pack: Pack, name?: string): Promise<Json> => failureOf(pack.run({}, name));
/** Resolves with the number that an action logs first. */
const loggedNumber = () => {
  const { promise, resolve } = withResolvers<number>();
  return { number: promise, log: (text: string) => resolve(Number(text)) };
};

const spawnImport = "import { spawn } from 'node:child_process';";

describe('an action of one’s own', () => {
  /** They do each other no harm. */
  const modules = {
    'greet.js': GREET,
    'double.ts': `import { twice, type Amount } from './lib/twice.ts';
      interface Input { readonly amount: Amount }
      export const double = { name: 'acme.double', input: { properties: { amount: { type: 'number' } } },
        run: ({ amount }: Input): number => twice(amount) };`,
    'lib/twice.ts': 'export type Amount = number;\nexport const twice = (n: Amount): Amount => n * 2;',
    'throws.ts': doing("\n\nthrow new TypeError('no such thing');", { name: 'acme.throws' }),
    'many.js': [
      "export const seven = { name: 'acme.seven', output: { type: 'number' }, run: () => 'seven' };",
      several('acme.anything', [
        'throw undefined;',
        'throw null;',
        "throw 'a text';",
        'throw { code: 7 };',
        "throw Symbol('s');",
        'throw { toJSON() { throw 1 } };',
        'throw new Proxy(new Error(), { get() { throw 1 } });',
        "throw Object.assign(new Error('x'), { message: { a: 1 } });",
        'return new Promise((_, reject) => reject());',
      ]),
      several('acme.gives', ['', 'return () => 1;', 'return new Date(0);', 'return [undefined, NaN];']),
      several('acme.large', ['const a = {}; a.a = a; return a;', 'return 1n;', "return 'x'.repeat(11_000_000);"]),
      doing(
        `log('counting', { to: 2 }); progress(0.5, 'half');
        console.log('out'); console.error('bad'); process.stdout.write('no '); process.stdout.write('newline');`,
        { name: 'acme.reports' },
      ),
      doing('for (let n = 1; n <= 300_000; n++) log(n);', { name: 'acme.logs' }),
      doing("log(process.pid); await new Promise((r) => signal.addEventListener('abort', r)); return 'tidy';", {
        name: 'acme.tidies',
      }),
      doing('return typeof process.send;', { name: 'acme.channel' }),
    ].join('\n'),
  };
  let pack: Pack;
  beforeAll(async () => {
    pack = await Pack.open(modules);
    expect(pack.messages()).toEqual([]);
  });
  afterAll(() => pack.close());

  test('is described by its module, and runs with the input that its schema asks for', async () => {
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
    expect(await resultOf(pack.run({ amount: 21 }, 'acme.double'))).toBe(42);
  });

  test('is refused input that its schema does not know, lacks, or does not fit', async () => {
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
    expect(await failure(pack, 'acme.seven')).toMatch(
      /^acme\.seven failed: what it gave does not fit its output: .*number/,
    );
  });

  test('says what it throws, and in which line', async () => {
    expect(await failure(pack, 'acme.throws')).toBe('acme.throws failed: no such thing (throws.ts, line 4).');
  });

  test('fails with what it throws, whatever that is', async () => {
    expect(await eachOf(pack, 'acme.anything', failureOf)).toEqual([
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
    expect(await eachOf(pack, 'acme.gives', resultOf)).toEqual([null, null, '1970-01-01T00:00:00.000Z', [null, null]]);
  });

  test('fails when its result cannot be kept', async () => {
    expect(await eachOf(pack, 'acme.large', failureOf)).toEqual([
      expect.stringContaining('circular'),
      expect.stringContaining('BigInt'),
      'its result is larger than 10000000 characters, which is the limit',
    ]);
  });

  test('reports lines and how far it is; what it and its libraries write are lines, too', async () => {
    const lines: unknown[] = [];
    const reached: unknown[] = [];
    await resultOf(
      pack.run({}, 'acme.reports', {
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
    const lines: string[] = [];
    await resultOf(pack.run({}, 'acme.logs', { log: (text) => lines.push(text) }));
    expect(lines.length).toBeLessThan(5000);
    expect(lines.at(-1)).toBe('300000');
  });

  test('is told to stop, and can tidy up', async () => {
    const stop = new AbortController();
    const { number, log: logged } = loggedNumber();
    const running = pack.run({}, 'acme.tidies', { signal: stop.signal, log: logged });
    const pid = await number;
    stop.abort();
    expect(await resultOf(running)).toBe('tidy');
    expect(isAlive(pid)).toBe(true);
  });

  test('cannot speak for the engine’s channel', async () => {
    expect(await resultOf(pack.run({}, 'acme.channel'))).toBe('undefined');
  });
});

describe('an action of one’s own that ends its process', () => {
  const cases = [
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
      'const all = []; while (true) all.push(new Array(1e6).fill({}));',
      'more memory than the 64 MB',
    ],
  ] as const;
  let pack: Pack;
  beforeAll(async () => {
    const bodies = cases.map(([, body]) => `arguments[1].log('last words'); ${body}`);
    const deaf = "const child = spawn('sleep', ['1000']); log(child.pid); await null; while (true);";
    const modules = {
      'a.js': `${several('acme.ends', bodies)}\n${GREET}\n${doing(deaf, { rest: spawnImport, name: 'acme.deaf' })}`,
    };
    pack = await Pack.open(modules, { memory: 64, stopping: 200 });
  });
  afterAll(() => pack.close());

  test.each(cases.map(([name, , reason], n) => [name, n, reason] as const))(
    'fails with its last lines when it %s; the next one runs again',
    async (_, n, reason) => {
      const lines: string[] = [];
      const said = await failureOf(pack.run({}, `acme.ends${n}`, { log: (text) => lines.push(text) }));
      expect(said).toContain(`acme.ends${n} failed: the process of your own actions ended while it ran. The reason: `);
      expect(said).toContain(reason);
      expect(lines).toEqual(['last words']);
      expect(await resultOf(pack.run({ name: 'Ada' }, 'acme.greet'))).toBe('Hello, Ada');
    },
  );

  test('is killed when it does not stop, with all that it has started; the next one runs again', async () => {
    const stop = new AbortController();
    const { number, log: logged } = loggedNumber();
    const running = pack.run({}, 'acme.deaf', { signal: stop.signal, log: logged });
    const pid = await number;
    stop.abort();
    expect(await failureOf(running)).toContain('acme.deaf did not stop when it was told to');
    expect(isAlive(pid)).toBe(false);
    expect(await resultOf(pack.run({ name: 'Ada' }, 'acme.greet'))).toBe('Hello, Ada');
  });
});

describe('the process of one’s own actions', () => {
  test('ends with the app, even in an endless loop', async () => {
    const pack = await Pack.openOnce({ 'a.js': doing('log(process.pid); while (true);') });
    const { number, log: logged } = loggedNumber();
    const running = pack.run({}, 'acme.do', { log: logged });
    const pid = await number;
    await pack.own.close();
    expect(await failureOf(running)).toContain('it was ended');
    expect(isAlive(pid)).toBe(false);
  });

  test('is there only while there is something to do', async () => {
    const pack = await Pack.openOnce({ 'a.js': doing('return process.pid;') }, { idle: 0 });
    const pid = Number(await resultOf(pack.run()));
    await until(() => (isAlive(pid) ? null : pid));
    expect(Number(await resultOf(pack.run()))).not.toBe(pid);
  });

  test('is one of a few that stay without anything to do, however many modules there are; what runs is not ended', async () => {
    const names = Array.from({ length: 3 }, (_, n) => `acme.n${n}`);
    const quick = names.map((name, n) => [`${n}.js`, doing('return process.pid;', { name })]);
    const wait = "log(process.pid); await new Promise((r) => signal.addEventListener('abort', r)); return 'ran';";
    const pack = await Pack.openOnce({ ...Object.fromEntries(quick), 'a.js': doing(wait) }, { mostIdle: 2 });
    const stop = new AbortController();
    const { number, log: logged } = loggedNumber();
    const running = pack.run({}, 'acme.do', { signal: stop.signal, log: logged });
    const busy = await number;
    const pids: number[] = [];
    for (const name of names.slice(0, 2)) pids.push(Number(await resultOf(pack.run({}, name))));
    // The first has idled longest until it runs again.
    expect(await resultOf(pack.run({}, 'acme.n0'))).toBe(pids[0]);
    for (const name of names.slice(2)) pids.push(Number(await resultOf(pack.run({}, name))));
    await until(() => (pids.filter(isAlive).length <= 2 ? true : null));
    expect(pids.filter((pid) => !isAlive(pid))).toEqual([pids[1]]);
    expect(isAlive(busy)).toBe(true);
    stop.abort();
    expect(await resultOf(running)).toBe('ran');
  });
});

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
    const pack = await Pack.openOnce({
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
  }, 120_000);

  test('does not let the others wait for a module that takes long', async () => {
    const going = join(await mkdtemp(join(tmpdir(), 'windrose-actions-')), 'going');
    const waits = `import { existsSync } from 'node:fs';
      while (!existsSync(${JSON.stringify(going)})) await new Promise((resolve) => setTimeout(resolve, 5));`;
    const modules = { 'a.js': doing('return 1;', { rest: waits }), 'b.js': GREET };
    const pack = await Pack.openOnce(modules, { slow: 100 });
    await until(() => (pack.names().includes('acme.greet') ? true : null));
    expect(await resultOf(pack.run({ name: 'Ada' }, 'acme.greet'))).toBe('Hello, Ada');
    expect(pack.messages()).toEqual(['a.js takes long to load: its actions can be used once it is loaded.']);
    await writeFile(going, '');
    await until(() => (pack.messages().length === 0 ? true : null));
    expect(pack.names()).toEqual(['acme.do', 'acme.greet']);
    expect(await resultOf(pack.run())).toBe(1);
    await rm(join(going, '..'), { recursive: true });
  });

  test('keeps what is known of a module while it is loaded again, however long that takes', async () => {
    const going = join(await mkdtemp(join(tmpdir(), 'windrose-actions-')), 'going');
    const pack = await Pack.openOnce({ 'a.js': doing("return 'old';"), 'b.js': GREET }, { slow: 100 });
    await until(() => (pack.messages().length === 0 ? true : null));
    const waits = `import { existsSync } from 'node:fs';
      while (!existsSync(${JSON.stringify(going)})) await new Promise((resolve) => setTimeout(resolve, 5));`;
    await writeFile(join(pack.folder, 'a.js'), doing("return 'new';", { rest: waits }));
    await until(() => (pack.messages().some((each) => each.startsWith('a.js takes long')) ? true : null));
    expect(pack.names()).toContain('acme.do');
    expect(pack.own.loading).not.toBeNull();
    const running = pack.run();
    await writeFile(going, '');
    expect(await resultOf(running)).toBe('new');
    await pack.own.loading;
    expect([pack.names(), pack.messages()]).toEqual([['acme.do', 'acme.greet'], []]);
    // One that cannot be loaded any more has no actions, and none that is gone.
    await writeFile(join(pack.folder, 'a.js'), 'export const a = {');
    await until(() => (pack.messages().some((each) => each.includes('could not be loaded')) ? true : null));
    expect(pack.names()).not.toContain('acme.do');
    await rm(join(going, '..'), { recursive: true });
  });

  test('has no module that keeps another one from being loaded and run', async () => {
    const bad = (rest: string): string => doing('return 1;', { rest });
    const harm = {
      'changes-and-fails': "Object.prototype.map = 1; throw new Error('no');",
      changes: bad('Object.prototype.isAdmin = true;'),
      'changes-later': bad('setTimeout(() => { Object.prototype.isAdmin = true; });').replace('acme.do', 'acme.do2'),
      'does-not-end': 'while (true);',
      ends: 'process.exit(1);',
      'ends-later': bad('setTimeout(() => process.exit(1));').replace('acme.do', 'acme.do3'),
      'keeps-the-process-later': bad('setTimeout(() => { while (true); });').replace('acme.do', 'acme.do4'),
    };
    // Each stands before another sound one.
    const modules = Object.entries(harm).flatMap(([name, text], n) => [
      [`${n}-${name}.js`, text],
      [`${n}-sound.js`, doing(`return ${n};`, { name: `acme.sound${n}` })],
    ]);
    const pack = await Pack.openOnce(Object.fromEntries(modules), { slow: 500, loading: 5000 });
    await until(() => (pack.messages().some((each) => each.includes('takes long')) ? null : true));
    expect(pack.names()).toEqual(expect.arrayContaining(Object.keys(harm).map((_, n) => `acme.sound${n}`)));
    expect(pack.messages().map((each) => /^\d-(.*)\.js could not be loaded/.exec(each)?.[1])).toEqual([
      'changes-and-fails',
      'does-not-end',
      'ends',
    ]);
    // Those that can be loaded do their harm again when they run, beside a sound one.
    for (const name of ['acme.do', 'acme.do2', 'acme.do3', 'acme.do4']) void pack.run({}, name);
    expect(await resultOf(pack.run({}, 'acme.sound6'))).toBe(6);
  }, 120_000);

  test('refuses names that are taken', async () => {
    const pack = await Pack.openOnce({
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
    const pack = await Pack.openOnce({ 'a.js': doing(wait) });
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
    const pack = await Pack.openOnce({ 'lib/value.js': 'export const value = 1;' });
    expect(pack.names()).toEqual([]);
    await pack.change('a.js', doing('return value'));
    expect(await failure(pack)).toContain('value is not defined (a.js, line 2)');
    await pack.change('a.js', doing('return value', { rest: "import { value } from './lib/value.js';" }));
    expect(await resultOf(pack.run())).toBe(1);
    await pack.change('lib/value.js', 'export const value = 2;');
    expect(await resultOf(pack.run())).toBe(2);
  });
});

test('the README’s ten lines are an action', async () => {
  const readme = await readFile(join(import.meta.dirname, '../../../../engine/actions/README.md'), 'utf8');
  const text = /```js\n(.*?)```/s.exec(readme)?.[1] ?? '';
  expect(text.trim().split('\n').length).toBeLessThanOrEqual(10);
  const pack = await Pack.openOnce({ 'readme.js': text });
  expect(pack.messages()).toEqual([]);
  expect(pack.names()).toHaveLength(1);
});
