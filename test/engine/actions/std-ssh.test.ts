import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ActionContext } from '../../../engine/actions/action.ts';
import { runSsh } from '../../../engine/actions/ssh/run-ssh.ts';
import { splitWords } from '../../../engine/actions/ssh/split-words.ts';
import { stdSsh } from '../../../engine/actions/std-ssh.ts';
import { stdSshProxied } from '../../../engine/actions/std-ssh-proxied.ts';
import { stdWaitSsh } from '../../../engine/actions/std-wait-ssh.ts';
import { plainText } from '../../../engine/actions/text-mask.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { failureOf, listen, resultOf, runAction } from './action-fixture.ts';
import { newKey, startSshServer } from './ssh-server.ts';

let home: string;

/** The person has no keys and no agent unless a test says so. */
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'windrose-home-'));
  await mkdir(path.join(home, '.ssh'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('SSH_AUTH_SOCK', '');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const common = { cmd: 'do it', host: '127.0.0.1', username: 'me' };
const run = (input: JsonObject) => runAction(stdSsh, { ...common, ...input });
describe('a command on another machine', () => {
  test('gives what it says', async () => {
    const { port, commands } = await startSshServer({ password: 'open' });
    expect(await resultOf(run({ port, password: 'open', cmd: 'echo "grüße"' }))).toBe('echo "grüße"\n');
    expect(commands).toEqual([{ user: 'me', by: 'password', command: 'echo "grüße"' }]);
  });

  test('gives a list for several hosts, and one result for a list of one', async () => {
    const { port } = await startSshServer({ password: 'open' });
    const input = { port, password: 'open' };
    expect(await resultOf(run({ ...input, host: ['127.0.0.1', 'localhost'] }))).toEqual(['do it\n', 'do it\n']);
    expect(await resultOf(run({ ...input, host: ['127.0.0.1'] }))).toBe('do it\n');
  });

  test('that fails is a failure that says what Mistral says, and why', async () => {
    const { port } = await startSshServer({ password: 'open', run: failing });
    expect(await failureOf(run({ port, password: 'open' }))).toBe(
      "Failed to execute ssh cmd 'do it' on ['127.0.0.1']: exit code 3. no way",
    );
  });

  test('may fail when its end is the result', async () => {
    const { port } = await startSshServer({ password: 'open', run: failing });
    const input = { port, password: 'open', return_result_on_error: true };
    const result = { stdout: 'half', stderr: 'no way\n', exit_code: 3 };
    expect(await resultOf(run(input))).toEqual(result);
    expect(await resultOf(run({ ...input, host: ['127.0.0.1', '127.0.0.1'] }))).toEqual([result, result]);
  });

  test('that a signal has ended has no exit code', async () => {
    const { port } = await startSshServer({
      password: 'open',
      run: (_command, channel) => {
        channel.exit('KILL');
        channel.end();
      },
    });
    expect(await resultOf(run({ port, password: 'open', return_result_on_error: true }))).toEqual({
      stdout: '',
      stderr: '',
      exit_code: -1,
    });
  });

  test('that says too much is stopped', async () => {
    const server = await startSshServer({
      password: 'open',
      run: (_command, channel) => {
        const more = (): void => {
          while (!channel.destroyed && channel.write(Buffer.alloc(32 * 1024)));
        };
        channel.on('drain', more);
        more();
      },
    });
    expect(await failureOf(run({ port: server.port, password: 'open' }))).toContain(
      'the command gave more than 5242880 bytes.',
    );
    await server.gone();
  });

  test('is told to end, and its connection closed, when nobody waits for it any more', async () => {
    const controller = new AbortController();
    const server = await startSshServer({
      password: 'open',
      // New keys are made together: by then the other side has seen that its command runs.
      run: (_command, _channel, connection) => connection.rekey(() => controller.abort()),
    });
    const input = { ...common, port: server.port, password: 'open' };
    await failureOf(runAction(stdSsh, input, { signal: controller.signal }));
    await server.gone();
    expect(server.signals).toEqual(['TERM']);
  });
});

describe('a way in', () => {
  test('is a password that the server asks for', async () => {
    const { port, commands } = await startSshServer({ password: 'open', asks: true });
    await resultOf(run({ port, password: 'open' }));
    expect(commands).toMatchObject([{ by: 'keyboard-interactive' }]);
  });

  test('is a key: a text, a file of the .ssh folder, or a file anywhere', async () => {
    const key = newKey();
    const { port, commands } = await startSshServer({ key });
    const elsewhere = path.join(home, 'key');
    await writeFile(elsewhere, key);
    await writeFile(path.join(home, '.ssh', 'mine'), key);
    await resultOf(run({ port, private_key: key }));
    await resultOf(run({ port, private_key_filename: 'mine' }));
    await resultOf(run({ port, private_key_filename: elsewhere }));
    expect(commands.map(({ by }) => by)).toEqual(['publickey', 'publickey', 'publickey']);
  });

  test('is a locked key with its password', async () => {
    const key = newKey('secret');
    const { port } = await startSshServer({ key: newKey(), password: null });
    expect(await failureOf(run({ port, private_key: key, password: 'wrong' }))).toContain(
      'The private key cannot be used',
    );
    const other = await startSshServer({ key: publicHalf(key, 'secret') });
    await resultOf(run({ port: other.port, private_key: key, password: 'secret' }));
  });

  test("is one of the person's usual keys", async () => {
    const key = newKey();
    const { port } = await startSshServer({ key });
    await writeFile(path.join(home, '.ssh', 'id_ed25519'), key);
    await resultOf(run({ port }));
  });

  test('that is wrong is a failure', async () => {
    const { port, commands } = await startSshServer({ password: 'open' });
    expect(await failureOf(run({ port, password: 'shut' }))).toBe(
      "Failed to execute ssh cmd 'do it' on ['127.0.0.1']: All configured authentication methods failed",
    );
    expect(commands).toEqual([]);
  });
});

/** The public half of a locked key, by which a server knows it. */
function publicHalf(key: string, passphrase: string): string {
  const parsed = ssh2.utils.parseKey(key, passphrase);
  if (parsed instanceof Error) throw parsed;
  return `${parsed.type} ${parsed.getPublicSSH().toString('base64')}`;
}

describe('a machine that cannot be reached', () => {
  test('is a failure when nobody listens', async () => {
    const server = net.createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(run({ port }))).toContain(`connect ECONNREFUSED 127.0.0.1:${port}`);
  });

  test('is a failure when it is no SSH server', async () => {
    const port = await listen(net.createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await failureOf(run({ port }))).toMatch(/^Failed to execute ssh cmd 'do it' on \['127.0.0.1'\]: ./);
  });

  test('is a failure when it says nothing', async () => {
    const port = await listen(net.createServer());
    const limits = {
      signal: new AbortController().signal,
      readySeconds: 0.05,
      outputLimit: 1000,
      maskText: () => plainText,
    };
    expect(await failureOf(runSsh({ ...common, port }, limits))).toContain('Timed out while waiting for handshake');
  });

  test('is a failure when the connection is lost in the middle', async () => {
    const { port } = await startSshServer({
      password: 'open',
      run: (_command, channel, connection) => {
        channel.write('half');
        connection.end();
      },
    });
    const input = { port, password: 'open', return_result_on_error: true };
    expect(await failureOf(run(input))).toContain('the connection was lost.');
  });
});

test.each<[JsonObject, string]>([
  [{ host: [] }, 'on []: the host must be a name, or a list of names.'],
  [{ host: 5 }, 'on [5]: the host must be a name, or a list of names.'],
  [{ cmd: ['ls'] }, "'['ls']' on ['127.0.0.1']: the cmd must be a text."],
  [{ port: 'ssh' }, 'the port must be a number from 1 to 65535.'],
  [{ username: 5 }, 'the username must be a text.'],
  [{ private_key: 'nonsense' }, 'The private key cannot be used: Unsupported key format'],
  [{ private_key_filename: '../key' }, "Private key filename must not contain '..'. Actual: ../key"],
  [{ private_key_filename: 'none' }, 'ENOENT: no such file or directory'],
])('an input of %j ends in a sentence', async (input, reason) => {
  expect(await failureOf(run({ port: 1, ...input }))).toContain(reason);
});

test('std.wait_ssh sees whether a machine answers', async () => {
  expect(stdWaitSsh.parameters.map(({ name }) => name)).toEqual(['host', 'username', 'password']);
  const running = runAction(stdWaitSsh, { host: 'nowhere.invalid', username: 'me', password: 'x' });
  expect(await failureOf(running)).toMatch(/^Failed to execute ssh cmd 'ls -l' on \['nowhere.invalid'\]: /);
});

/** With a port, which only tests can choose. */
const waitSshOn = (port: number, context: Partial<ActionContext> = {}) =>
  runAction(
    { ...stdWaitSsh, parameters: stdSsh.parameters },
    { host: '127.0.0.1', username: 'me', password: 'open', cmd: 'ls -l', port },
    context,
  );

test('std.wait_ssh gives what the command says', async () => {
  const server = await startSshServer({ password: 'open' });
  expect(await resultOf(waitSshOn(server.port))).toBe('ls -l\n');
  expect(server.commands).toEqual([{ user: 'me', by: 'password', command: 'ls -l' }]);
  await server.gone();
});

test('std.wait_ssh is told to end, and its connection closed, when nobody waits for it any more', async () => {
  const controller = new AbortController();
  const server = await startSshServer({
    password: 'open',
    run: (_command, _channel, connection) => connection.rekey(() => controller.abort()),
  });
  await failureOf(waitSshOn(server.port, { signal: controller.signal }));
  await server.gone();
  expect(server.signals).toEqual(['TERM']);
});

describe('a command behind a gateway', () => {
  const through = (input: JsonObject) =>
    runAction(stdSshProxied, { ...common, gateway_host: '127.0.0.1', private_key_filename: 'mine', ...input });

  test('is run there by way of nc, with the same key', async () => {
    const key = newKey();
    await writeFile(path.join(home, '.ssh', 'mine'), key);
    const target = await startSshServer({ key });
    const gateway = await startSshServer({ key });
    const input = { port: target.port, gateway_port: gateway.port, gateway_username: 'guard' };
    expect(await resultOf(through(input))).toBe('do it\n');
    expect(gateway.commands).toEqual([{ user: 'guard', by: 'publickey', command: `nc 127.0.0.1 ${target.port}` }]);
    expect(target.commands).toEqual([{ user: 'me', by: 'publickey', command: 'do it' }]);
    await Promise.all([target.gone(), gateway.gone()]);
  });

  test('fails as it does elsewhere', async () => {
    const key = newKey();
    const target = await startSshServer({ key, run: failing });
    const gateway = await startSshServer({ key });
    const input = { port: target.port, gateway_port: gateway.port, private_key: key, private_key_filename: null };
    expect(await failureOf(through(input))).toBe(
      "Failed to execute ssh cmd 'do it' on ['127.0.0.1']: exit code 3. no way",
    );
  });

  test('fails with what nc says when it does not get there', async () => {
    const key = newKey();
    const gateway = await startSshServer({ key });
    const input = { port: 1, gateway_port: gateway.port, private_key: key, private_key_filename: null };
    expect(await failureOf(through(input))).toContain('nc: connect ECONNREFUSED 127.0.0.1:1');
    expect(await failureOf(through({ ...input, host: 'a; rm -r /' }))).toContain("'a; rm -r /' is no name of a host.");
    expect(gateway.commands).toHaveLength(1);
  });

  test('may take a command of this machine to get to the gateway', async () => {
    const key = newKey();
    const target = await startSshServer({ key });
    const gateway = await startSshServer({ key });
    const script = `const s = require('net').connect(${gateway.port}, '127.0.0.1'); process.stdin.pipe(s).pipe(process.stdout)`;
    const input = { port: target.port, private_key: key, private_key_filename: null };
    const proxy = `"${process.execPath}" -e "${script}"`;
    expect(await resultOf(through({ ...input, gateway_host: 'behind', proxy_command: proxy }))).toBe('do it\n');
    await Promise.all([target.gone(), gateway.gone()]);
  });

  test('fails when that command cannot be started, or ends', async () => {
    const input = { private_key: newKey(), private_key_filename: null };
    expect(await failureOf(through({ ...input, proxy_command: '/nowhere/at/all x' }))).toContain(
      'the proxy_command cannot be started: spawn /nowhere/at/all ENOENT',
    );
    expect(await failureOf(through({ ...input, proxy_command: `"${process.execPath}" -e 0` }))).toMatch(
      /on \['127.0.0.1'\]: ./,
    );
    expect(await failureOf(through({ ...input, proxy_command: `a "b` }))).toContain(
      'a quote of the command does not end: "b',
    );
  });

  test('ends everything when nobody waits for it any more', async () => {
    const controller = new AbortController();
    const key = newKey();
    const target = await startSshServer({ key, run: () => controller.abort() });
    const gateway = await startSshServer({ key });
    const input = {
      ...common,
      gateway_host: '127.0.0.1',
      port: target.port,
      gateway_port: gateway.port,
      private_key: key,
      private_key_filename: null,
    };
    await failureOf(runAction(stdSshProxied, input, { signal: controller.signal }));
    await Promise.all([target.gone(), gateway.gone()]);
  });
});

test.each([
  ['', []],
  ['  a  b ', ['a', 'b']],
  [`a 'b c' "d \\"e\\" \\n" f\\ g h"i"'j' ''`, ['a', 'b c', 'd "e" \\n', 'f g', 'hij', '']],
])('the words of %j are %j', (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

function failing(_command: string, channel: ssh2.ServerChannel): void {
  channel.write('half');
  channel.stderr.write('no way\n');
  channel.exit(3);
  channel.end();
}
