import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalBackendFixture } from './backend-fixture.ts';

describe('trust', () => {
  let backend: LocalBackendFixture;
  let server: Server;
  let url: string;
  let visits: string[];

  beforeEach(async () => {
    backend = await LocalBackendFixture.open();
    visits = [];
    server = createServer((request, response) => {
      visits.push(request.url ?? '');
      response.end('"ok"');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await backend.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const save = (tasks: string, name = 'calls'): Promise<unknown> =>
    backend.call('workflows.save', { text: `version: '2.0'\n${name}:\n  tasks:\n    ${tasks}\n` });
  const visit = (path: string, task = 'visit'): string => `${task}: {action: std.http, input: {url: '${url}/${path}'}}`;
  const ask = (workflow = 'calls') => backend.call('trust.question', { workflow });
  const start = async (workflow = 'calls') => {
    const { id } = await backend.call('executions.start', { workflow });
    return backend.ended(id);
  };
  const allow = async (workflow = 'calls'): Promise<void> => {
    const { key } = await ask(workflow);
    await backend.call('trust.allow', { workflow, key });
  };
  const codeOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'no error',
      (error: unknown) => (error as { code?: unknown }).code,
    );

  test('is not asked for by a workflow that only handles its own data', async () => {
    await save('think: {action: std.echo, input: {output: 1}}');
    expect((await ask()).needs).toEqual([]);
    expect((await start()).state).toBe('SUCCESS');
  });

  test('is asked for before a workflow that reaches out starts, with what it may do', async () => {
    await save(visit('a'));
    expect(await codeOf(start())).toBe('UNTRUSTED');
    expect((await ask()).needs).toEqual([
      {
        workflow: 'calls',
        task: 'visit',
        action: 'std.http',
        reaches: ['network', 'files'],
        input: `{"url":"${url}/a"}`,
      },
    ]);
    expect(visits).toEqual([]);
    await allow();
    expect((await start()).state).toBe('SUCCESS');
    expect(visits).toEqual(['/a']);
  });

  test('is kept over a restart', async () => {
    await save(visit('a'));
    await allow();
    await backend.reopen();
    expect((await start()).state).toBe('SUCCESS');
  });

  test('is asked for again only for what a changed text may do more', async () => {
    await save(visit('a'));
    await allow();
    await save(`${visit('a', 'renamed')}\n    think: {action: std.echo, input: {output: 1}}`);
    expect((await start()).state).toBe('SUCCESS');
    await save(`${visit('a')}\n    ${visit('b', 'more')}`);
    expect(await codeOf(start())).toBe('UNTRUSTED');
    expect((await ask()).needs.map(({ task }) => task)).toEqual(['more']);
  });

  test('sees through sub-workflows and ad-hoc actions', async () => {
    await backend.call('actions.save', {
      text: `version: '2.0'\nfetch:\n  input: [path]\n  base: std.http\n  base-input: {url: "${url}/<% $.path %>"}\n`,
    });
    await save('get: {action: fetch, input: {path: deep}}', 'inner');
    await save('nested: {workflow: inner}');
    expect((await ask()).needs).toMatchObject([{ workflow: 'inner', task: 'get', action: 'std.http' }]);
    await allow();
    expect((await start()).state).toBe('SUCCESS');
    expect(visits).toEqual(['/deep']);
  });

  test('is asked for again by a task that is run again after its ad-hoc action has changed', async () => {
    const saveAction = (path: string): Promise<unknown> =>
      backend.call('actions.save', {
        text: `version: '2.0'\nfetch:\n  base: std.http\n  base-input: {url: "${url}/${path}"}\n`,
      });
    await saveAction('seen');
    await save('get: {action: fetch, fail-on: <% true %>}');
    await allow();
    const { id } = await start();
    expect(visits).toEqual(['/seen']);
    const rerun = async (): Promise<unknown> => {
      const { nodes } = await backend.call('executions.watch', { id });
      const task = nodes.find(({ kind }) => kind === 'task')?.id ?? '';
      await backend.call('tasks.rerun', { rootId: id, id: task, reset: true });
      await backend.ended(id);
      return backend.value(id, task, 'stateInfo');
    };
    await saveAction('unseen');
    expect(await rerun()).toContain("std.http was not run: nobody has allowed this text of the workflow 'calls'");
    expect(visits).toEqual(['/seen']);
    expect((await ask()).needs).toMatchObject([{ workflow: 'calls', task: 'get', action: 'std.http' }]);
    await allow();
    await rerun();
    expect(visits).toEqual(['/seen', '/unseen']);
  });

  test('holds also for a workflow that is named only while another runs', async () => {
    await save(visit('a'), 'inner');
    await save("nested: {workflow: <% 'in' + 'ner' %>}");
    const ended = await start();
    expect(ended.state).toBe('ERROR');
    expect(await backend.value(ended.id, ended.id, 'stateInfo')).toContain(
      "nobody has allowed this text of the workflow 'inner'",
    );
    expect(visits).toEqual([]);
    await allow('inner');
    expect((await start()).state).toBe('SUCCESS');
  });

  test('for an action that an expression names is trust in any action', async () => {
    await save(`visit: {action: "<% 'std' + '.http' %>", input: {url: '${url}/any'}}`);
    expect((await ask()).needs).toMatchObject([
      { action: "<% 'std' + '.http' %>", reaches: ['commands', 'files', 'network', 'person'] },
    ]);
    await allow();
    expect((await start()).state).toBe('SUCCESS');
  });

  test('can be taken back', async () => {
    await save(visit('a'));
    await allow();
    expect(await backend.call('trust.list', {})).toMatchObject([{ name: 'calls', needs: [{ task: 'visit' }] }]);
    await backend.call('trust.revoke', { workflow: 'calls' });
    expect(await backend.call('trust.list', {})).toEqual([]);
    expect(await codeOf(start())).toBe('UNTRUSTED');
  });

  test('is only given to what was shown', async () => {
    await save(visit('a'));
    const { key } = await ask();
    await save(visit('b'));
    expect(await codeOf(backend.call('trust.allow', { workflow: 'calls', key }))).toBe('REFUSED');
  });

  test('in one workflow of a text is no trust in another', async () => {
    const text = `version: '2.0'
calls:
  tasks:
    ${visit('shown')}
    nested: {workflow: <% 'hid' + 'den' %>}
hidden:
  tasks:
    ${visit('hidden')}
`;
    await backend.call('workflows.save', { text });
    await allow();
    expect((await start()).state).toBe('ERROR');
    expect(visits).toEqual(['/shown']);
  });

  test('in what an expression comes to holds for one text only', async () => {
    const saveVars = (path: string) =>
      backend.call('workflows.save', {
        text: `version: '2.0'\ncalls:\n  vars: {path: ${path}}\n  tasks:\n    visit: {action: std.http, input: {url: '${url}/<% $.path %>'}}\n`,
      });
    await saveVars('a');
    await allow();
    expect((await start()).state).toBe('SUCCESS');
    await saveVars('b');
    expect(await codeOf(start())).toBe('UNTRUSTED');
    expect(visits).toEqual(['/a']);
  });

  test('is not got round by notifications that a definition asks for', async () => {
    const notify = JSON.stringify([{ type: 'webhook', url: `${url}/told` }]);
    await save(`think: {action: std.noop}`, 'inner');
    await save(
      `nested: {workflow: inner, input: {notify: ${notify}}, on-success: after}\n    after: {action: std.noop}`,
    );
    expect((await start()).state).toBe('SUCCESS');
    await save(visit('last'), 'last');
    await allow('last');
    await start('last');
    expect(visits).toEqual(['/last']);
  });

  test('is not needed for an action that a person runs by itself', async () => {
    const { id } = await backend.call('actions.run', { action: 'std.http', input: { url: `${url}/own` } });
    expect((await backend.ended(id)).state).toBe('SUCCESS');
  });
});
