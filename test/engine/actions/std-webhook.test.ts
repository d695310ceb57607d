import { expect, test } from 'vitest';
import { stdWebhook } from '../../../engine/actions/std-webhook.ts';
import type { ActionResult } from '../../../engine/model/commands.ts';
import { failureOf, objectOf, runAction } from './action-fixture.ts';
import { serve } from './http-fixture.ts';

test('a webhook is told a value as JSON', async () => {
  const { url, seen } = await serve((response) => response.end('{"taken": true}'));
  const running = runAction(stdWebhook, { url, data: { event: 'done', n: [1] }, headers: { 'X-Token': 't' } });
  expect(await objectOf(running)).toMatchObject({ status: 200, content: { taken: true } });
  expect(seen).toMatchObject([
    {
      method: 'POST',
      body: '{"event": "done", "n": [1]}',
      headers: { 'x-token': 't', 'content-type': 'application/json' },
    },
  ]);
});

test.each([301, 404, 500])('a webhook that answers %i has not taken it', async (status) => {
  const { url, seen } = await serve((response) => response.writeHead(status, { Location: '/b' }).end());
  expect(await failureOf(runAction(stdWebhook, { url }))).toMatchObject({ status });
  expect(seen).toMatchObject([{ url: '/', body: '{}' }]);
});

test('a webhook that does not answer is left when nobody waits for it any more', async () => {
  const controller = new AbortController();
  let running: Promise<ActionResult> | null = null;
  await new Promise<void>((closed) => {
    const served = serve((response) => {
      response.on('close', closed);
      controller.abort();
    });
    running = served.then(({ url }) => runAction(stdWebhook, { url }, { signal: controller.signal }));
  });
  expect(await running).toMatchObject({ state: 'ERROR' });
});
