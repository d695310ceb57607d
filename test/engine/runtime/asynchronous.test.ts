import { expect, test } from 'vitest';
import type { Backend } from '../../../engine/api/backend.ts';
import { openLocalBackend } from '../../../engine/backends/local/local-backend.ts';
import { temporaryFolder } from './engine-fixture.ts';

const text = "version: '2.0'\nheld:\n  tasks:\n    wait: {action: std.async_noop}\n";
const open = (folder: string): Promise<Backend> =>
  openLocalBackend({ folder, log: { info() {}, warn() {}, error: console.error } });

/** The one action of the execution. */
async function actionOf(backend: Backend, id: string): Promise<{ readonly id: string; readonly state: string }> {
  const { nodes } = await backend.call('executions.watch', { id });
  const action = nodes.find((node) => node.kind === 'action');
  if (action === undefined) throw new Error('there is no action');
  return action;
}

test('an asynchronous action of an execution that was paused can be completed after a restart', async () => {
  await using folder = await temporaryFolder('paused');
  const before = await open(folder.path);
  await before.call('workflows.save', { text });
  const { id } = await before.call('executions.start', { workflow: 'held' });
  await before.call('executions.pause', { id });
  await before.close();

  const after = await open(folder.path);
  const action = await actionOf(after, id);
  await after.call('actions.complete', { id: action.id, state: 'SUCCESS', output: 1 });
  await after.call('executions.resume', { id });
  const { executions } = await after.call('executions.list', {});
  await after.close();
  expect(executions).toMatchObject([{ state: 'SUCCESS' }]);
});

test('one whose execution has ended can be completed after a restart by who knows the execution', async () => {
  await using folder = await temporaryFolder('stopped');
  const before = await open(folder.path);
  await before.call('workflows.save', { text });
  const { id } = await before.call('executions.start', { workflow: 'held' });
  const { id: action } = await actionOf(before, id);
  await before.call('executions.cancel', { id });
  await before.close();

  const after = await open(folder.path);
  await after.call('actions.complete', { rootId: id, id: action, state: 'SUCCESS' });
  expect(await actionOf(after, id)).toMatchObject({ state: 'SUCCESS' });
  await after.close();
});

test('one that runs on its own can be completed after a restart', async () => {
  await using folder = await temporaryFolder('alone');
  const before = await open(folder.path);
  const { id } = await before.call('actions.run', { action: 'std.async_noop' });
  await before.close();

  const after = await open(folder.path);
  await after.call('actions.complete', { id, state: 'SUCCESS', output: 'done' });
  expect(await after.call('nodes.payload', { rootId: id, id, field: 'result' })).toEqual({
    type: 'json',
    text: '"done"',
  });
  await after.close();
});
