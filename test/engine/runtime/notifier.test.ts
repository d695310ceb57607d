import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '../../../engine/model/json.ts';
import { listen } from '../actions/action-fixture.ts';
import { openEngine, temporaryFolder } from './engine-fixture.ts';

const workflow = `
version: '2.0'
fails:
  tasks:
    publishes: {action: std.noop, publish: {n: <% nothing() %>}}
`;

test('a webhook is told of each moment as it was, and not what came later in the same turn', async () => {
  const told: JsonObject[] = [];
  let enough = (): void => {};
  const everything = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const server = createServer(async (request, response) => {
    told.push(JSON.parse(await text(request)) as JsonObject);
    response.end();
    if (told.length === 4 * 3) enough();
  });
  const port = await listen(server);
  await using folder = await temporaryFolder('notifier');
  const { library, start, close } = await openEngine(folder.path);
  onTestFinished(close);
  await library.save(workflow, '');

  const notify = [{ type: 'webhook', url: `http://127.0.0.1:${port}/` }];
  await Promise.all([1, 2, 3].map(() => start('fails', {}, { notify })));
  await everything;

  const seen = (name: string) => told.filter(({ event }) => event === name);
  for (const launched of [...seen('WORKFLOW_LAUNCHED'), ...seen('TASK_LAUNCHED')]) {
    expect(launched).toMatchObject({ state: 'RUNNING', state_info: null });
  }
  expect(seen('TASK_LAUNCHED').map(({ finished_at }) => finished_at)).toEqual([null, null, null]);
  for (const failed of seen('TASK_FAILED')) {
    expect(failed).toMatchObject({ state: 'ERROR', state_info: expect.stringContaining('nothing') });
  }
  expect(seen('WORKFLOW_LAUNCHED')).toHaveLength(3);
  expect(seen('TASK_FAILED')).toHaveLength(3);
  expect(seen('WORKFLOW_FAILED')).toHaveLength(3);
});
