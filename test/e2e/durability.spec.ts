import fs from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, launch, test } from './app.ts';
import { addWorkflow, executionRow, go, inspector, runFromLibrary, runSample, taskRow } from './screen.ts';

test('killed in the middle, an execution goes on after the next start and finishes', async ({ userData }) => {
  const first = await launch(userData);
  await runSample(first.page, 'Fan-out and join');
  await expect(taskRow(first.page, 'first', 'Succeeded')).toBeVisible();
  await expect(taskRow(first.page, 'third', 'Running')).toBeVisible();
  await first.kill();

  const second = await launch(userData);
  const { page } = second;
  await go(page, 'Executions');
  await executionRow(page, 'fan_out_and_join').click();
  await page.keyboard.press('ArrowRight');
  await expect(taskRow(page, 'first', 'Succeeded')).toBeVisible();
  await expect(executionRow(page, 'fan_out_and_join', 'Succeeded')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('42').first()).toBeVisible();
  await second.close();
  expect(second.errors).toEqual([]);
});

/** A server that takes requests and never answers. */
async function silentServer() {
  let requests = 0;
  const server = http.createServer(() => {
    requests += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, requests: () => requests, close: () => server.closeAllConnections() };
}

const order = (url: string, extra: string) => `version: '2.0'

order:
  tasks:
    pay:
      action: std.http
      input:
        url: ${url}
        method: POST
${extra}`;

test('an action that was running and may not be repeated ends its task, and says why', async ({ userData }) => {
  const server = await silentServer();
  const first = await launch(userData);
  await addWorkflow(first, userData, order(server.url, ''));
  await runFromLibrary(first.page, 'order');
  await expect(taskRow(first.page, 'pay', 'Running')).toBeVisible();
  await expect.poll(server.requests).toBe(1);
  await first.kill();

  const { page, close, errors } = await launch(userData);
  await go(page, 'Executions');
  await executionRow(page, 'order', 'Failed').click();
  await page.keyboard.press('ArrowRight');
  await taskRow(page, 'pay', 'Failed').click();
  await expect(inspector(page)).toContainText('safe-rerun');
  expect(server.requests()).toBe(1);
  await close();
  server.close();
  expect(errors).toEqual([]);
});

test('an action that is declared safe to repeat is run again', async ({ userData }) => {
  const server = await silentServer();
  const first = await launch(userData);
  await addWorkflow(first, userData, order(server.url, '      safe-rerun: true\n'));
  await runFromLibrary(first.page, 'order');
  await expect.poll(server.requests).toBe(1);
  await first.kill();

  const second = await launch(userData);
  await expect.poll(server.requests).toBe(2);
  await go(second.page, 'Executions');
  await expect(executionRow(second.page, 'order', 'Running')).toBeVisible();
  await second.close();
  server.close();
});

test('what was paused when the app was killed is still paused, and can be resumed', async ({ userData }) => {
  const first = await launch(userData);
  await runSample(first.page, 'Pause before approval');
  await expect(executionRow(first.page, 'pause_before_approval', 'Paused')).toBeVisible();
  await first.kill();

  const { page, close, errors } = await launch(userData);
  await go(page, 'Executions');
  await executionRow(page, 'pause_before_approval', 'Paused').click();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(executionRow(page, 'pause_before_approval', 'Succeeded')).toBeVisible();
  await close();
  expect(errors).toEqual([]);
});

test('a damaged file is said and kept, and everything else is there', async ({ userData }) => {
  const first = await launch(userData);
  await runSample(first.page, 'Hello');
  await expect(executionRow(first.page, 'hello', 'Succeeded')).toBeVisible();
  await runSample(first.page, 'Pause before approval');
  await expect(executionRow(first.page, 'pause_before_approval', 'Paused')).toBeVisible();
  await first.close();
  const damaged = await executionFileOf(path.join(userData, 'store'), 'hello');
  await fs.writeFile(damaged, '{"half of a docum');

  const { page, close, errors } = await launch(userData);
  await go(page, 'Executions');
  await executionRow(page, 'hello').click();
  await expect(page.getByText(path.basename(damaged)).first()).toBeVisible();
  await executionRow(page, 'pause_before_approval', 'Paused').click();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(executionRow(page, 'pause_before_approval', 'Succeeded')).toBeVisible();
  await go(page, 'Library');
  await expect(page.getByRole('row', { name: /^hello/ })).toBeVisible();
  await close();
  expect(errors).toEqual([]);
});

/** The file of an execution of this workflow. */
async function executionFileOf(store: string, workflow: string): Promise<string> {
  const names = await fs.readdir(path.join(store, 'executions'), { recursive: true });
  for (const name of names.filter((each) => each.endsWith('.json') && !each.startsWith('index'))) {
    const file = path.join(store, 'executions', name);
    if ((await fs.readFile(file, 'utf8')).includes(`"${workflow}"`)) return file;
  }
  throw new Error(`No file of ${workflow} in ${names.join(', ')}`);
}
