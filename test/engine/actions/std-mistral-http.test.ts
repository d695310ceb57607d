import { describe, expect, test } from 'vitest';
import { stdMistralHttp } from '../../../engine/actions/std-mistral-http.ts';
import type { ExecutionTree } from '../../../engine/core/execution-tree.ts';
import { type Opened, openEngine, temporaryFolder } from '../runtime/engine-fixture.ts';
import { failureOf, resultOf, runAction } from './action-fixture.ts';
import { serve } from './http-fixture.ts';

function ask(url: string): string {
  return `version: '2.0'\nask:\n  tasks:\n    t: {action: "std.mistral_http url='${url}/'"}\n`;
}

async function start(opened: Opened, url: string): Promise<string> {
  await opened.library.save(ask(url), '');
  return opened.start('ask');
}

const onlyAction = (tree: ExecutionTree | null) => [...(tree?.actions.values() ?? [])][0];

describe('an asynchronous request', () => {
  test('says who is asking, and waits until whoever got it completes it', async () => {
    await using folder = await temporaryFolder('asked');
    const opened = await openEngine(folder.path);
    let answered = (): void => {};
    const asked = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const { url, seen } = await serve((response) => {
      response.on('close', answered);
      response.end('"later"');
    });
    const rootId = await start(opened, url);
    await asked;

    const tree = await opened.engine.tree(rootId);
    const action = onlyAction(tree);
    expect(action).toMatchObject({ state: 'RUNNING', output: null });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.headers).toMatchObject({
      'mistral-workflow-name': 'ask',
      'mistral-workflow-execution-id': rootId,
      'mistral-task-id': [...(tree?.tasks.keys() ?? [])][0],
      'mistral-action-execution-id': action?.id,
      'mistral-callback-url': `/v2/action_executions/${action?.id}`,
    });

    if (action === undefined) throw new Error('there is no action');
    const result = { state: 'SUCCESS', value: 'done' } as const;
    await opened.engine.submit(rootId, { type: 'CompleteAction', id: action.id, result });
    expect(onlyAction(await opened.ended(rootId))).toMatchObject({ state: 'SUCCESS', output: { result: 'done' } });
    await opened.close();
  });

  test('fails when the request does', async () => {
    await using folder = await temporaryFolder('not-asked');
    const opened = await openEngine(folder.path);
    const { url } = await serve((response) => response.writeHead(500).end());
    const tree = await opened.ended(await start(opened, url));
    expect(onlyAction(tree)).toMatchObject({ state: 'ERROR', output: { result: { status: 500 } } });
    await opened.close();
  });

  test('is dropped when it is completed before it was answered', async () => {
    await using folder = await temporaryFolder('dropped');
    const opened = await openEngine(folder.path);
    let arrived = (): void => {};
    let dropped = (): void => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const drop = new Promise<void>((resolve) => {
      dropped = resolve;
    });
    const { url } = await serve((response) => {
      response.on('close', dropped);
      arrived();
    });
    const rootId = await start(opened, url);
    await arrival;
    const action = onlyAction(await opened.engine.tree(rootId));
    if (action === undefined) throw new Error('there is no action');
    await opened.engine.submit(rootId, {
      type: 'CompleteAction',
      id: action.id,
      result: { state: 'SUCCESS', value: 1 },
    });
    await drop;
    await opened.ended(rootId);
    await opened.close();
  });

  test('is not sent again by the next start', async () => {
    await using folder = await temporaryFolder('asked-once');
    const before = await openEngine(folder.path);
    let answered = (): void => {};
    const asked = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const { url, seen } = await serve((response) => {
      response.on('close', answered);
      response.end();
    });
    const rootId = await start(before, url);
    await asked;
    await before.close();

    const after = await openEngine(folder.path);
    expect(onlyAction(await after.engine.tree(rootId))).toMatchObject({ state: 'RUNNING' });
    expect(seen).toHaveLength(1);
    await after.close();
  });
});

test('on its own it names only the action, and its own headers win', async () => {
  const { url, seen } = await serve((response) => response.end());
  const headers = { 'mistral-action-execution-id': 'mine', 'X-Own': 'a' };
  await resultOf(runAction(stdMistralHttp, { url, headers }));
  expect(seen[0]?.headers).toMatchObject({ 'mistral-action-execution-id': 'the-action', 'x-own': 'a' });
  expect(seen[0]?.headers).not.toHaveProperty('mistral-task-id');
  expect(await failureOf(runAction(stdMistralHttp, { url, headers: 'x' }))).toContain(
    'The headers must be a dictionary.',
  );
});
