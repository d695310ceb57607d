import { mkdir, readFile, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkInput } from '../../../engine/actions/action.ts';
import { localRun } from '../../../engine/actions/local-run.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { temporaryFolder } from '../runtime/engine-fixture.ts';
import { failureOf, objectOf, runAction } from './action-fixture.ts';
import { isAlive, until } from './processes.ts';

const run = (command: Json, more: JsonObject = {}) => runAction(localRun, { command, ...more });

describe('a command that succeeds', () => {
  test('gives its exit code and both streams', async () => {
    expect(await objectOf(run('echo out; echo err >&2'))).toEqual({ exit_code: 0, stdout: 'out\n', stderr: 'err\n' });
  });

  test('is run by no shell when it is a list', async () => {
    expect(await objectOf(run(['echo', '$HOME', 'a  b', 5, true]))).toMatchObject({ stdout: '$HOME a  b 5 true\n' });
  });

  test('gets its folder, its variables and its input', async () => {
    await using folder = await temporaryFolder('run');
    await mkdir(join(folder.path, 'in here'));
    const more = { cwd: join(folder.path, 'in here'), env: { COLOUR: 'blue', HOME: null }, stdin: 'typed' };
    const { stdout } = await objectOf(run('pwd; echo "$COLOUR $' + '{HOME-none}"; cat', more));
    expect(stdout).toBe(`${await realpath(more.cwd)}\nblue none\ntyped`);
    expect(await objectOf(run('cat', { stdin: { a: [1] } }))).toMatchObject({ stdout: '{"a":[1]}' });
    expect(await objectOf(run('pwd'))).toMatchObject({ stdout: `${await realpath(homedir())}\n` });
  });

  test('need not read what it is given', async () => {
    expect(await objectOf(run('exit 0', { stdin: 'x'.repeat(1_000_000) }))).toMatchObject({ exit_code: 0 });
  });

  test('is logged line by line while it runs', async () => {
    const lines: [string, string | undefined][] = [];
    let logged = (): void => {};
    const first = new Promise<void>((resolve) => {
      logged = resolve;
    });
    await using folder = await temporaryFolder('run');
    const go = join(folder.path, 'go');
    const running = runAction(
      localRun,
      { command: `echo one; until [ -e ${go} ]; do sleep 0.01; done; printf 'two\\nthree'; echo no >&2` },
      {
        log: (text, source) => {
          lines.push([text, source]);
          logged();
        },
      },
    );
    await first;
    expect(lines).toEqual([['one\n', 'stdout']]);
    await mkdir(go);
    await objectOf(running);
    expect(lines.filter(([, source]) => source === 'stdout').map(([text]) => text)).toEqual([
      'one\n',
      'two\n',
      'three',
    ]);
    expect(lines).toContainEqual(['no\n', 'stderr']);
  });

  test('may end with another code that was said to be no failure', async () => {
    expect(await objectOf(run('exit 3', { accept: [0, 3] }))).toMatchObject({ exit_code: 3 });
  });
});

describe('a command that fails', () => {
  test('gives the same, and a sentence', async () => {
    expect(await failureOf(run('echo so far; exit 7'))).toEqual({
      exit_code: 7,
      stdout: 'so far\n',
      stderr: '',
      error: 'The command ended with 7.',
    });
    expect(await failureOf(run('kill -9 $$'))).toMatchObject({ error: 'The command was ended by SIGKILL.' });
  });

  test.each<[Json, JsonObject, string]>([
    [['no-such-program'], {}, 'The command could not be started: there is no program no-such-program.'],
    [['/etc/passwd'], {}, 'The command could not be started: /etc/passwd may not be run.'],
    ['true', { cwd: '/no/such/folder' }, 'There is no folder /no/such/folder.'],
    [
      ['echo', 'x'.repeat(4_000_000)],
      {},
      'The command could not be started: its arguments and variables are too long.',
    ],
  ])('says why it was not started (%#)', async (command, more, error) => {
    expect(await failureOf(run(command, more))).toMatchObject({ exit_code: null, error });
  });

  test.each<[JsonObject, string]>([
    [{ command: 5 }, 'local.run: command must be a text or a list.'],
    [{ command: 'true', env: [] }, 'local.run: env must be a dictionary.'],
    [{ command: 'true', timeout: 'long' }, 'local.run: timeout must be a number.'],
    [{}, "Invalid input [name=local.run, class=windrose.actions.local.RunAction, missing=['command']]"],
  ])('is not begun with a wrong input: %j', (input, problem) => {
    expect(checkInput(localRun, input)).toBe(problem);
  });
});

describe('a command that does not end', () => {
  test('is stopped when its time is over, with what it had written', async () => {
    expect(await failureOf(run('echo begun; sleep 100', { timeout: 0.2 }))).toEqual({
      exit_code: null,
      stdout: 'begun\n',
      stderr: '',
      error: 'The command was stopped after 0.2 seconds.',
    });
  });

  test('is killed with all that it has started, however deaf, when nobody waits any more', async () => {
    await using folder = await temporaryFolder('run');
    const controller = new AbortController();
    const pids = join(folder.path, 'pids');
    const deaf = `trap '' TERM; echo $$ >> ${pids}; (trap '' TERM; sh -c 'echo $$ >> ${pids}; exec sleep 1000') & sleep 1000`;
    const running = runAction(localRun, { command: deaf }, { signal: controller.signal });
    const started = await until(async () => {
      const text = await readFile(pids, 'utf8').catch(() => '');
      return text.split('\n').length === 3 ? text.trim().split('\n').map(Number) : null;
    });
    expect(started.every(isAlive)).toBe(true);
    controller.abort();
    await expect(running).rejects.toThrow();
    expect(started.some(isAlive)).toBe(false);
  });

  test('is not even begun when nobody waits any more', async () => {
    await using folder = await temporaryFolder('run');
    const signal = AbortSignal.abort();
    await expect(runAction(localRun, { command: 'touch made', cwd: folder.path }, { signal })).rejects.toThrow();
    await expect(readFile(join(folder.path, 'made'))).rejects.toThrow('ENOENT');
  });
});

test('what a command leaves behind in its group ends with it, also when it holds its streams', async () => {
  const { stdout } = await objectOf(run('sleep 1000 & echo $!'));
  expect(isAlive(Number(stdout))).toBe(false);
});

test('of huge output the beginning and the end are kept, and the loop stays free', async () => {
  const more = { output_limit: 1000 };
  const { stdout } = await objectOf(
    run('i=0; echo begin; head -c 30000000 /dev/zero | tr "\\0" x; echo; echo end', more),
  );
  expect(String(stdout)).toMatch(/^begin\nx{494}\n… 29\d{6} characters are left out here …\nx{494,495}\nend\n$/);
});

test('output without end or lines is stopped with its command, in bounded memory', async () => {
  const before = process.memoryUsage().heapUsed;
  expect(await failureOf(run('yes', { timeout: 0.5, output_limit: 100 }))).toMatchObject({
    error: 'The command was stopped after 0.5 seconds.',
  });
  expect((process.memoryUsage().heapUsed - before) / 1024 / 1024).toBeLessThan(100);
});

test('bytes that are no text are shown as such', async () => {
  const { stdout } = await objectOf(run("printf 'a\\377b\\303'"));
  expect(stdout).toBe('a\ufffdb\ufffd');
});
