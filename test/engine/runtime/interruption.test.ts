import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ExecutionTree } from '../../../engine/core/execution-tree.ts';
import type { WorkflowExecutionId } from '../../../engine/model/ids.ts';
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

/** Starts `call`, stops the engine while its request is under way, and goes on until the execution has ended. */
async function interrupted(folder: string, attributes: string): Promise<ExecutionTree> {
  const before = await openEngine(folder);
  await before.library.save(call(attributes), '');
  const id = await before.start('call');
  await firstRequest;
  await before.close();

  const after = await openEngine(folder);
  const tree = await after.ended(id);
  await after.close();
  return tree;
}

describe('an action that was under way when the engine stopped', () => {
  test('is not run again, and its task ends in ERROR with a sentence that says why', async () => {
    await using folder = await temporaryFolder('interrupted');
    const { tasks, workflows } = await interrupted(folder.path, '');
    expect(requests).toBe(1);
    expect(firstOf(tasks)).toMatchObject({ state: 'ERROR' });
    expect(firstOf(tasks)?.stateInfo).toMatch(/stopped while std\.http was running.*safe-rerun/s);
    expect(firstOf(workflows)?.interruption).toMatchObject({ repeated: 0, failed: 1, timers: 0 });
  });

  test('is run again when the task says that this is safe', async () => {
    await using folder = await temporaryFolder('repeated');
    const { tasks, workflows } = await interrupted(folder.path, ', safe-rerun: true');
    expect(requests).toBe(2);
    expect(firstOf(tasks)).toMatchObject({ state: 'SUCCESS' });
    expect(firstOf(workflows)?.interruption).toMatchObject({ repeated: 1, failed: 0, timers: 0 });
  });
});

test('what still ran below an execution that was stopped ends after a restart, too', async () => {
  await using folder = await temporaryFolder('stopped');
  const before = await openEngine(folder.path);
  await before.library.save(call(''), '');
  const id = await before.start('call');
  await firstRequest;
  const root = id as WorkflowExecutionId;
  await before.engine.submit(id, { type: 'StopExecution', id: root, state: 'ERROR', message: null });
  await before.store.flush();
  await before.close();

  const after = await openEngine(folder.path);
  const ended = new Promise<void>((resolve) => after.engine.onCommit(() => resolve()));
  await ended;
  const tree = await after.engine.tree(id);
  await after.close();
  expect([...(tree?.actions.values() ?? [])]).toMatchObject([{ state: 'ERROR' }]);
});

test('a delay goes on after a restart, and ends when it was to end', async () => {
  await using folder = await temporaryFolder('delayed');
  const before = await openEngine(folder.path);
  await before.library.save("version: '2.0'\nlater:\n  tasks:\n    t: {wait-before: 1}\n", '');
  const id = await before.start('later');
  const dueAt = firstOf((await before.engine.tree(id))?.timers)?.dueAt ?? 0;
  await before.close();

  const after = await openEngine(folder.path);
  const tree = await after.ended(id);
  await after.close();
  expect(firstOf(tree.workflows)).toMatchObject({
    state: 'SUCCESS',
    interruption: { repeated: 0, failed: 0, timers: 1 },
  });
  expect(firstOf(tree.actions)?.createdAt).toBeGreaterThanOrEqual(dueAt);
});

test('an execution whose last commits were lost to a damaged disk is paused, so that a person decides', async () => {
  await using folder = await temporaryFolder('lost');
  const before = await openEngine(folder.path);
  await before.library.save(
    "version: '2.0'\nlong:\n  tasks:\n    a: {action: std.noop, on-success: b}\n    b: {wait-before: 3600}\n",
    '',
  );
  const id = await before.start('long');
  await before.engine.submit(id, { type: 'UpdateExecution', id: id as WorkflowExecutionId, description: 'last' });
  await before.close();
  const [bucket = ''] = await readdir(join(folder.path, 'executions'), { recursive: true }).then((names) =>
    names.filter((name) => name.includes(id)),
  );
  expect(bucket).not.toBe('');
  const files = join(folder.path, 'executions', bucket.replace(/\.(history\.nd)?json$/, ''));
  await rm(`${files}.json`, { force: true });
  const [first = ''] = (await readFile(`${files}.history.ndjson`, 'utf8')).split('\n');
  await writeFile(`${files}.history.ndjson`, `${first}\n`);

  const after = await openEngine(folder.path);
  const tree = await after.engine.tree(id);
  await after.close();
  expect(firstOf(tree?.workflows)).toMatchObject({
    state: 'PAUSED',
    stateInfo: expect.stringContaining('could not be read'),
  });
});

function firstOf<T>(map: { values(): Iterable<T> } | undefined): T | undefined {
  return [...(map?.values() ?? [])][0];
}
