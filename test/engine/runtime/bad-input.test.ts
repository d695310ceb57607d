import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Backend } from '../../../engine/api/backend.ts';
import type { Node } from '../../../engine/api/resources.ts';
import { openLocalBackend } from '../../../engine/backends/local/local-backend.ts';
import { allow } from '../backends/local/allow.ts';
import { temporaryFolder } from './engine-fixture.ts';

/** Another execution, which goes on meanwhile: held by an action until the bad one has ended. */
const sound =
  "version: '2.0'\nsound:\n  tasks:\n    held: {action: std.async_noop, on-success: after}\n    after: {action: std.noop}\n";

/** A backend in which the other execution runs; `part` does something bad, and then the other one has to finish. */
async function besideAnother(part: (backend: Backend) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder('bad-input');
  const backend = await openLocalBackend({ folder: folder.path, log: { info() {}, warn() {}, error: console.error } });
  try {
    await backend.call('workflows.save', { text: sound });
    const { id } = await backend.call('executions.start', { workflow: 'sound' });
    await part(backend);
    const nodes = await nodesOf(backend, id);
    const action = nodes.find((node) => node.kind === 'action')?.id ?? '';
    await backend.call('actions.complete', { rootId: id, id: action, state: 'SUCCESS', output: null });
    expect(await ended(backend, id)).toMatchObject({ state: 'SUCCESS' });
    expect(await backend.call('troubles.list', {})).toEqual([]);
  } finally {
    await backend.close();
  }
}

async function nodesOf(backend: Backend, id: string): Promise<readonly Node[]> {
  return (await backend.call('executions.watch', { id })).nodes;
}

/** The root once it runs no longer. */
function ended(backend: Backend, id: string): Promise<Node | undefined> {
  return new Promise((resolve) => {
    const look = async (): Promise<void> => {
      const root = (await nodesOf(backend, id)).find((node) => node.id === id);
      if (root?.state === 'RUNNING') return;
      stop();
      resolve(root);
    };
    const stop = backend.subscribe(() => void look());
    void look();
  });
}

const levels = (count: number): string => `${'['.repeat(count)}${']'.repeat(count)}`;
/** Each list holds the one before it nine times: 9 lines, 387 million values. Definitions have no aliases, as in Mistral. */
const bomb = ['l0: &l0 [x, x, x, x, x, x, x, x, x]']
  .concat(
    [1, 2, 3, 4, 5, 6, 7, 8].map(
      (at) =>
        `l${at}: &l${at} [${Array(9)
          .fill(`*l${at - 1}`)
          .join(', ')}]`,
    ),
  )
  .join('\n');

describe('a definition that nobody could run is refused with a sentence, while another execution goes on', () => {
  test.each([
    ['of 50 MB', `version: '2.0'\nbad:\n  description: ${'x'.repeat(50_000_000)}\n`, 'characters'],
    ['nested 1,000 levels deep', `version: '2.0'\nbad:\n  vars: {x: ${levels(1000)}}\n  tasks: {t: {}}\n`, 'nested'],
    ['that is a YAML bomb', `version: '2.0'\n${bomb}\n`, ''],
    ['with an alias that contains itself', "version: '2.0'\nbad: &a\n  tasks: *a\n", ''],
    ['of 100,000 mistakes', `version: '2.0'\nbad:\n  tasks:\n${'    "": {joyn: all}\n'.repeat(100_000)}`, ''],
    ['that is no text at all', '\u0000\u0001\uffff\ud800', ''],
  ])('one %s', (_what, text, sentence) =>
    besideAnother(async (backend) => {
      const { workflows, problems } = await backend.call('workflows.save', { text });
      expect(workflows).toEqual([]);
      expect(problems.map(({ message }) => message).join('\n')).toContain(sentence);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(1000);
      for (const { line, column } of problems) expect([line > 0, column > 0]).toEqual([true, true]);
    }),
  );
});

describe('an execution that would never end or never fit ends in ERROR with a sentence, and no other with it', () => {
  const echo = (expression: string): string =>
    `version: '2.0'\nbad:\n  input: [text: '']\n  tasks:\n    t: {action: std.echo, input: {output: "${expression}"}}\n`;

  test.each([
    ['JSON that is nested too deep', echo('<% json_parse($.text) %>'), levels(5000), 'nests too deeply'],
    [
      'a pattern that backtracks for ever',
      echo("<% regex('(a+)+b').search($.text) %>"),
      `${'a'.repeat(60)}c`,
      'too long',
    ],
    ['a list without end', echo('<% sequence().toList() %>'), '', 'more than 1000000 items'],
    [
      'an expression without end',
      echo('{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}{{ 1 }}'),
      '',
      'too long',
    ],
    ['a text without end', echo("<% 'a' * 1000000000 %>"), '', 'more than 10000000 characters'],
    [
      'a workflow that calls itself without end',
      "version: '2.0'\nbad:\n  tasks:\n    t: {workflow: bad}\n",
      null,
      'nested 64 deep',
    ],
    [
      'items that call their workflow without end',
      "version: '2.0'\nbad:\n  tasks:\n    t:\n      with-items: i in [1]\n      workflow: bad\n",
      null,
      'nested 64 deep',
    ],
  ])('%s', (_what, text, input, sentence) =>
    besideAnother(async (backend) => {
      expect((await backend.call('workflows.save', { text })).problems).toEqual([]);
      const { id } = await backend.call('executions.start', {
        workflow: 'bad',
        input: input === null ? {} : { text: input },
      });
      expect(await ended(backend, id)).toMatchObject({ state: 'ERROR' });
      const messages = await Promise.all(
        (await nodesOf(backend, id))
          .filter((node) => node.kind === 'task')
          .map((node) => backend.call('nodes.payload', { rootId: id, id: node.id, field: 'stateInfo' })),
      );
      expect(JSON.stringify(messages)).toContain(sentence);
    }),
  );
});

test('an answer that is nested 100,000 levels deep is a failure of the action that got it, and can be handled', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(levels(100_000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await besideAnother(async (backend) => {
      const text = `version: '2.0'
deep:
  tasks:
    ask: {action: "std.http url='http://127.0.0.1:${port}/'", on-error: handle}
    handle: {action: std.noop}
`;
      await backend.call('workflows.save', { text });
      await allow(backend, 'deep');
      const { id } = await backend.call('executions.start', { workflow: 'deep' });
      expect(await ended(backend, id)).toMatchObject({ state: 'SUCCESS' });
      const ask = (await nodesOf(backend, id)).find((node) => node.name === 'ask');
      expect(ask).toMatchObject({ state: 'ERROR', message: expect.stringContaining('500 levels') });
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
