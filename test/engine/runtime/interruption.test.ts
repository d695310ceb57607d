import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEngine, temporaryFolder } from './engine-fixture.ts';

/** Answers the first request never, and every later one at once. */
let server: Server;
let requests: number;
let firstRequest: Promise<void>;

beforeEach(async () => {
  requests = 0;
  firstRequest = new Promise((resolve) => {
    server = createServer((_request, response) => {
      requests++;
      resolve();
      if (requests > 1) response.end('"answered"');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function call(attributes: string): string {
  const { port } = server.address() as AddressInfo;
  return `version: '2.0'\ncall:\n  tasks:\n    ask: {action: "std.http url='http://127.0.0.1:${port}/'"${attributes}}\n`;
}

describe('an action that was under way when the engine stopped', () => {
  test('is not run again, and its task ends in ERROR with a sentence that says why', async () => {
    await using folder = await temporaryFolder('interrupted');
    const before = await openEngine(folder.path);
    await before.library.save(call(''), '');
    const id = await before.start('call');
    await firstRequest;
    await before.close();

    const after = await openEngine(folder.path);
    const tree = await after.ended(id);
    await after.close();
    expect(requests).toBe(1);
    expect(tree.tasks.first()).toMatchObject({ state: 'ERROR' });
    expect(tree.tasks.first()?.stateInfo).toMatch(/stopped while std\.http was running.*safe-rerun/s);
  });

  test('is run again when the task says that this is safe', async () => {
    await using folder = await temporaryFolder('repeated');
    const before = await openEngine(folder.path);
    await before.library.save(call(', safe-rerun: true'), '');
    const id = await before.start('call');
    await firstRequest;
    await before.close();

    const after = await openEngine(folder.path);
    const tree = await after.ended(id);
    await after.close();
    expect(requests).toBe(2);
    expect(tree.tasks.first()).toMatchObject({ state: 'SUCCESS' });
  });
});

test('a delay goes on after a restart, and ends when it was to end', async () => {
  await using folder = await temporaryFolder('delayed');
  const before = await openEngine(folder.path);
  await before.library.save("version: '2.0'\nlater:\n  tasks:\n    t: {wait-before: 1}\n", '');
  const id = await before.start('later');
  const dueAt = (await before.engine.tree(id))?.timers.first()?.dueAt ?? 0;
  await before.close();

  const after = await openEngine(folder.path);
  const tree = await after.ended(id);
  await after.close();
  expect(tree.workflows.first()).toMatchObject({ state: 'SUCCESS' });
  expect(tree.actions.first()?.createdAt).toBeGreaterThanOrEqual(dueAt);
});
