import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalBackendFixture } from './backend-fixture.ts';

/** As a definition names a secret. */
const named = (name: string): string => ['$', `{secret:${name}}`].join('');
const phrase = named('phrase');
const value = 'correct "horse" battery';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Not what a key ring does, but no more to be read by looking for the value. */
const secretBox = {
  seal: (text: string) => Buffer.from(text).toString('hex'),
  open: (sealed: string) => Buffer.from(sealed, 'hex').toString(),
};

describe('secrets', () => {
  let backend: LocalBackendFixture;
  let server: Server;
  let url: string;
  let seen: string[];
  /** What the service answers to /given. */
  let said: string;

  beforeEach(async () => {
    backend = await LocalBackendFixture.open({ secretBox });
    seen = [];
    server = createServer((request, response) => {
      seen.push(String(request.headers.authorization));
      response.statusCode = request.url === '/fails' ? 500 : 200;
      if (request.url === '/given') {
        response.setHeader('content-type', 'application/json');
        response.end(said);
        return;
      }
      // Says back what it was told, as careless services do.
      response.end(
        JSON.stringify({
          path: decodeURIComponent((request.url ?? '').split('/says/')[1] ?? ''),
          youSaid: request.headers.authorization,
          [String(request.headers.authorization)]: 1,
        }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await backend.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function run(authorization: string, path = 'ok', params: Record<string, unknown> = {}) {
    const text = `version: '2.0'
calls:
  output: {answer: <% task(call).result %>}
  output-on-error: {answer: <% task(call).result %>}
  tasks:
    call:
      action: std.http
      input: {url: '${url}/${path}', headers: {Authorization: ${JSON.stringify(authorization)}}}
`;
    await backend.call('workflows.save', { text });
    const { key } = await backend.call('trust.question', { workflow: 'calls' });
    await backend.call('trust.allow', { workflow: 'calls', key });
    const { id } = await backend.call('executions.start', { workflow: 'calls', params });
    const ended = await backend.ended(id);
    return {
      state: ended.state,
      message: await backend.value(id, id, 'stateInfo'),
      output: await backend.value(id, id, 'output'),
    };
  }

  /** Everything that the backend has written, as one text. */
  async function written(): Promise<string> {
    const files = await readdir(backend.folder, { recursive: true, withFileTypes: true });
    const texts = files
      .filter((each) => each.isFile())
      .map((each) => readFile(join(each.parentPath, each.name), 'utf8'));
    return (await Promise.all(texts)).join('\n');
  }

  test('reach the service, and nothing that can be read afterwards', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    const { state, output } = await run(`Bearer ${phrase}`);
    expect(state).toBe('SUCCESS');
    expect(seen).toEqual([`Bearer ${value}`]);
    expect(output).toMatchObject({
      answer: { content: { youSaid: 'Bearer [secret phrase]', 'Bearer [secret phrase]': 1 } },
    });
    await backend.reopen();
    const all = await written();
    expect(all).toContain(phrase);
    expect(all).not.toContain('horse');
  });

  test('are not in what an action fails with', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    const { state, output } = await run(phrase, 'fails');
    expect(state).toBe('ERROR');
    expect(JSON.stringify(output)).toContain('[secret phrase]');
    expect(await written()).not.toContain('horse');
  });

  test('are named in an environment as well as in a definition', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    await backend.call('environments.save', { name: 'home', variables: { token: phrase } });
    expect((await run('<% env().token %>', 'ok', { env: 'home' })).state).toBe('SUCCESS');
    expect(seen).toEqual([value]);
  });

  test('are not given to a name that an expression makes up', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    const { state, message } = await run("<% '$' + '{secret:phrase}' %>");
    expect(state).toBe('ERROR');
    expect(message).toContain(
      "The secret 'phrase' is named neither in the definition nor in what it was started with.",
    );
    expect(seen).toEqual([]);
  });

  test('are not given to what a service asks for in its answer', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    const text = `version: '2.0'
calls:
  vars: {named: '${phrase}'}
  tasks:
    ask:
      action: std.http
      input: {url: '${url}/says/$%7Bsecret:phrase%7D'}
      publish: {said: <% task().result.content.path %>}
      on-success: tell
    tell:
      action: std.http
      input: {url: '${url}/ok', headers: {Authorization: <% $.said %>}}
`;
    await backend.call('workflows.save', { text });
    const { key } = await backend.call('trust.question', { workflow: 'calls' });
    await backend.call('trust.allow', { workflow: 'calls', key });
    const { id } = await backend.call('executions.start', { workflow: 'calls' });
    expect((await backend.ended(id)).state).toBe('SUCCESS');
    expect(seen.join()).not.toContain('horse');
  });

  test.each([
    ['"', 'JSON', JSON.stringify],
    ['"', 'JSON in JSON', (text: string) => JSON.stringify(JSON.stringify(text))],
    ['u00fc', 'JSON of Python', (text: string) => JSON.stringify(text).replace('ü', '\\u00fc')],
    ['/', 'JSON of PHP', (text: string) => JSON.stringify(text).replaceAll('/', '\\/')],
    ['%20', 'an address', encodeURIComponent],
    [
      '%2f',
      'an address in small letters',
      (text: string) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['/', 'a path', (text: string) => encodeURIComponent(text).replaceAll('%2F', '/')],
    ['+', 'a form', (text: string) => new URLSearchParams({ text }).toString()],
    ['&lt;', 'HTML', (text: string) => text.replace(/[&<>"]/g, (char) => entities[char] ?? char)],
    ['', 'base64', (text: string) => Buffer.from(text).toString('base64')],
    ['', 'basic authentication', (text: string) => Buffer.from(`me:${text}`).toString('base64')],
    ['', 'a token', (text: string) => Buffer.from(`token=${text}&x`).toString('base64url')],
  ])('are not in what an action gives, with %j in %s', async (sign, _kind, write) => {
    const secret = 'pass "ü" wo/rd <of> ours & theirs~';
    await backend.call('secrets.save', { name: 'phrase', value: secret });
    const said = write(secret);
    expect(said).toContain(sign);
    const { id } = await backend.call('actions.run', {
      action: 'local.run',
      input: { command: ['printf', '%s', `before ${said} after`] },
    });
    await backend.ended(id);
    const { stdout } = (await backend.value(id, id, 'output')) as { stdout: string };
    expect(stdout).toMatch(/^before \S{0,12}\[secret phrase\]\S{0,5} after$/);
  });

  test('are not in numbers of what an action gives, as far as they are the whole number', async () => {
    for (const [name, secret] of [
      ['pin', '12345'],
      ['card', '12345678901234567890'],
      ['rate', '-0.625'],
    ] as const) {
      await backend.call('secrets.save', { name, value: secret });
    }
    said = '{"pin": [12345, 12345.0, 123456, 1234], "card": 12345678901234567890, "rate": -0.625, "text": "a12345b"}';
    const { id } = await backend.call('actions.run', { action: 'std.http', input: { url: `${url}/given` } });
    await backend.ended(id);
    const { content } = (await backend.value(id, id, 'output')) as { content: unknown };
    expect(content).toEqual({
      pin: ['[secret pin]', '[secret pin]', 123456, 1234],
      card: '[secret card]',
      rate: '[secret rate]',
      text: 'a[secret pin]b',
    });
    expect(await written()).not.toMatch(/\b(12345|12345678901234567890|0\.625)\b/);
  });

  test('are not in what an action is completed with from outside', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    await backend.call('workflows.save', {
      text: "version: '2.0'\ncalls:\n  tasks:\n    call: {action: std.async_noop}\n",
    });
    const { id } = await backend.call('executions.start', { workflow: 'calls' });
    const { nodes } = await backend.call('executions.watch', { id });
    const held = nodes.find((node) => node.kind === 'action')?.id ?? '';
    await backend.call('actions.complete', { rootId: id, id: held, state: 'SUCCESS', output: { echoed: value } });
    await backend.ended(id);
    expect(await backend.value(id, held, 'output')).toEqual({ echoed: '[secret phrase]' });
    expect(await written()).not.toContain('horse');
  });

  test('that were replaced are still taken out of what comes back', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    await backend.call('secrets.save', { name: 'phrase', value: 'another value' });
    const { output } = await run(value.replaceAll('"', ''));
    expect(output).toBeDefined();
    await run(value);
    expect(JSON.stringify(seen)).toContain('horse');
    const { id } = await backend.call('actions.run', {
      action: 'std.http',
      input: { url: `${url}/own`, headers: { Authorization: value } },
    });
    await backend.ended(id);
    expect(JSON.stringify(await backend.value(id, id, 'output'))).toContain('[secret phrase]');
  });

  /** Runs a text that defines the workflow `calls`, once it is allowed. */
  async function runText(text: string, allowed = true) {
    const { problems } = await backend.call('workflows.save', { text });
    expect(problems).toEqual([]);
    if (allowed) {
      const { key } = await backend.call('trust.question', { workflow: 'calls' });
      await backend.call('trust.allow', { workflow: 'calls', key });
    }
    const { id } = await backend.call('executions.start', { workflow: 'calls' });
    const { state } = await backend.ended(id);
    return { id, state, message: String(await backend.value(id, id, 'stateInfo')) };
  }

  const adHoc = (name: string): string =>
    `version: '2.0'\nknock:\n  base: std.http\n  base-input: {url: '${url}/ok', headers: {Authorization: '${name}'}}\n`;
  const knocks = "version: '2.0'\ncalls:\n  tasks:\n    call: {action: knock}\n";

  test('are given to an ad-hoc action whose base-input names them, once a workflow that uses it was allowed', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    await backend.call('actions.save', { text: adHoc(phrase) });
    expect((await runText(knocks)).state).toBe('SUCCESS');
    expect(seen).toEqual([value]);
    expect(await written()).not.toContain('horse');
  });

  test('are not given to an ad-hoc action that names another one since it was allowed, but asked about first', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    await backend.call('actions.save', { text: adHoc('nobody') });
    const held = `version: '2.0'
calls:
  tasks:
    hold: {action: std.async_noop, on-success: call}
    call: {action: knock}
`;
    await backend.call('workflows.save', { text: held });
    const { key } = await backend.call('trust.question', { workflow: 'calls' });
    await backend.call('trust.allow', { workflow: 'calls', key });
    const { id } = await backend.call('executions.start', { workflow: 'calls' });
    await backend.call('actions.save', { text: adHoc(phrase) });
    const { nodes } = await backend.call('executions.watch', { id });
    const hold = nodes.find((node) => node.kind === 'action')?.id ?? '';
    await backend.call('actions.complete', { rootId: id, id: hold, state: 'SUCCESS', output: null });
    expect((await backend.ended(id)).state).toBe('ERROR');
    expect(seen).toEqual([]);
    expect((await backend.call('trust.question', { workflow: 'calls' })).needs).toHaveLength(1);
  });

  test.each([
    ['in one piece', 'printf %s "$P"'],
    ['in two pieces', 'printf %s "$P" | { head -c 12; }; sleep 0.2; printf %s "$P" | tail -c +13'],
  ])('are masked in what a command writes %s, where the output limit would cut them in half', async (_how, command) => {
    await backend.call('secrets.save', { name: 'phrase', value });
    const input = { command, env: { P: phrase }, output_limit: 20 };
    const { id, state } = await runText(
      `version: '2.0'\ncalls:\n  tasks:\n    call: {action: local.run, input: ${JSON.stringify(input)}}\n`,
    );
    expect(state).toBe('SUCCESS');
    const { nodes } = await backend.call('executions.watch', { id });
    const call = nodes.find((node) => node.kind === 'action')?.id ?? '';
    const { lines } = await backend.call('nodes.log', { rootId: id, id: call, after: 0 });
    expect(lines.map(({ text }) => text).join('')).toBe('[secret phrase]');
    const output = JSON.stringify(await backend.value(id, call, 'output'));
    expect(output).not.toMatch(/corr|horse|batt|ery/);
    expect(output).toContain('[secret phrase]');
  });

  test('that are not there fail the task with a sentence', async () => {
    const { message } = await run(named('gone'));
    expect(message).toContain("There is no secret 'gone'.");
  });

  test('stay names in what pure actions handle', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    const { id } = await backend.call('actions.run', { action: 'std.echo', input: { output: phrase } });
    await backend.ended(id);
    expect(await backend.value(id, id, 'output')).toBe(phrase);
  });

  test('are there after a restart where the system keeps them, and forgotten where it does not', async () => {
    await backend.call('secrets.save', { name: 'phrase', value });
    await backend.reopen();
    expect(await backend.call('secrets.list', {})).toEqual([{ name: 'phrase', isKept: true }]);
    expect((await run(phrase)).state).toBe('SUCCESS');
    await backend.call('secrets.delete', { name: 'phrase' });
    await backend.reopen({ secretBox: null });
    await backend.call('secrets.save', { name: 'fleeting', value });
    expect(await backend.call('secrets.list', {})).toEqual([{ name: 'fleeting', isKept: false }]);
    expect((await run(named('fleeting'))).state).toBe('SUCCESS');
    await backend.reopen({ secretBox: null });
    expect(await backend.call('secrets.list', {})).toEqual([]);
    expect(await written()).not.toContain('horse');
  });

  test.each([
    ['', value, /a name of letters/],
    ['a b', value, /a name of letters/],
    ['short', 'abc', /from 4 to/],
    ['long', 'x'.repeat(65 * 1024), /from 4 to/],
  ])('cannot be kept as %j when the name or the value is of no use', async (name, secret, reason) => {
    await expect(backend.call('secrets.save', { name, value: secret })).rejects.toThrow(reason);
  });
});
