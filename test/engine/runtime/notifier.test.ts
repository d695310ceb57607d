import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '../../../engine/model/json.ts';
import { Notifier } from '../../../engine/runtime/notifier.ts';
import { withResolvers } from '../../with-resolvers.ts';
import { listen } from '../actions/action-fixture.ts';
import { until } from '../actions/processes.ts';
import { Simulation } from '../core/simulation.ts';
import { openEngine, quiet, temporaryFolder } from './engine-fixture.ts';

const workflows = `
version: '2.0'
fails:
  tasks:
    publishes: {action: std.noop, publish: {n: <% nothing() %>}}
fails_at_once:
  tasks:
    asks: {action: "std.echo output='<% nothing() %>'"}
`;

/** A webhook, and what it was told. */
async function webhook(): Promise<{ readonly told: readonly JsonObject[]; readonly notify: readonly JsonObject[] }> {
  const told: JsonObject[] = [];
  const server = createServer(async (request, response) => {
    told.push(JSON.parse(await text(request)) as JsonObject);
    response.end();
  });
  const port = await listen(server);
  return { told, notify: [{ type: 'webhook', url: `http://127.0.0.1:${port}/` }] };
}

test.each([
  ['fails', 'what came later in the same turn'],
  ['fails_at_once', 'what came later in the same commit'],
])('a webhook is told of each moment as it was: %s, and not %s', async (workflow) => {
  const { told, notify } = await webhook();
  await using folder = await temporaryFolder('notifier');
  const { library, start, close } = await openEngine(folder.path);
  onTestFinished(close);
  await library.save(workflows, '');

  await Promise.all([1, 2, 3].map(() => start(workflow, {}, { notify })));
  const seen = (name: string) => told.filter(({ event }) => event === name);
  const names = ['WORKFLOW_LAUNCHED', 'TASK_LAUNCHED', 'TASK_FAILED', 'WORKFLOW_FAILED'];
  await until(() => (told.length >= 3 * names.length ? true : null));

  expect(names.map((name) => seen(name).length)).toEqual([3, 3, 3, 3]);
  const launched = [...seen('WORKFLOW_LAUNCHED'), ...seen('TASK_LAUNCHED')];
  for (const each of launched) expect(each).toMatchObject({ state: 'RUNNING', state_info: null });
  for (const each of seen('TASK_LAUNCHED')) expect(each).toMatchObject({ finished_at: null });
  for (const failed of [...seen('TASK_FAILED'), ...seen('WORKFLOW_FAILED')]) {
    expect(failed).toMatchObject({ state: 'ERROR', state_info: expect.stringContaining('nothing') });
  }
});

test('a webhook is told once the commit is on disk, and neither of one that never is nor after the end', async () => {
  const { told, notify } = await webhook();
  const made = (prefix: string) => {
    const run = new Simulation(workflows, prefix);
    run.start('fails', {}, { notify });
    return [run.tree, run.commits[0]?.events ?? []] as const;
  };
  const notifier = new Notifier(quiet);
  const { promise: written, resolve: write } = withResolvers<void>();
  const lost = Promise.reject(new Error('the disk is gone'));
  notifier.committed(...made('lost'), lost);
  notifier.committed(...made('late'), written);
  notifier.committed(...made('first'), Promise.resolve());
  const all = (prefix: string) => told.filter(({ id }) => String(id).startsWith(prefix)).length;
  await until(() => (all('first') === 2 ? true : null));
  expect(told).toHaveLength(2);

  write();
  await until(() => (all('late') === 2 ? true : null));
  expect(told).toHaveLength(4);

  notifier.close();
  notifier.committed(...made('after'), Promise.resolve());
  const other = new Notifier(quiet);
  other.committed(...made('other'), Promise.resolve());
  await until(() => (all('other') === 2 ? true : null));
  expect(all('after') + all('lost')).toBe(0);
});
