import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Change } from '../../../../engine/api/changes.ts';
import type { ActionNode } from '../../../../engine/api/resources.ts';
import { openLocalBackend } from '../../../../engine/backends/local/local-backend.ts';
import { until } from '../../actions/processes.ts';
import { temporaryFolder } from '../../runtime/engine-fixture.ts';
import { allow } from './allow.ts';

const log = { info: () => {}, warn: () => {}, error: console.error };

test('who watches an execution hears of the lines of a command while it runs, and of who waits for a turn', async () => {
  await using folder = await temporaryFolder('reports');
  const backend = await openLocalBackend({ folder: join(folder.path, 'store'), log, bounds: { actionsAtOnce: 1 } });
  const shown = new Map<string, ActionNode>();
  backend.subscribe((changes: readonly Change[]) => {
    for (const change of changes) {
      if (change.type !== 'nodes') continue;
      for (const node of change.nodes) if (node.kind === 'action') shown.set(node.id, node);
    }
  });
  const go = join(folder.path, 'go');
  const command = `echo begun; until [ -e ${go} ]; do sleep 0.02; done; echo done`;
  const task = `{action: local.run, input: {command: '${command}'}}`;
  await backend.call('workflows.save', { text: `version: '2.0'\ntwo:\n  tasks:\n    a: ${task}\n    b: ${task}\n` });
  await allow(backend, 'two');
  const { id: rootId } = await backend.call('executions.start', { workflow: 'two' });
  const { nodes } = await backend.call('executions.watch', { id: rootId });
  for (const node of nodes) if (node.kind === 'action' && !shown.has(node.id)) shown.set(node.id, node);

  const running = await until(() => [...shown.values()].find((node) => node.logLines === 1) ?? null);
  const waiting = await until(() => [...shown.values()].find((node) => node.message !== null) ?? null);
  expect(waiting).toMatchObject({
    state: 'RUNNING',
    hasBegun: false,
    startedAt: null,
    message: 'Waits for a place: 1 of 1 actions are at work',
  });
  expect(waiting.id).not.toBe(running.id);
  const told = async () => {
    const { events } = await backend.call('executions.history', { id: rootId });
    return events.map(({ name, text }) => `${name} ${text}`).filter((text) => text.includes('local.run'));
  };
  expect(await told()).toEqual(['a local.run started', 'b local.run waits for its turn']);
  expect((await backend.call('nodes.log', { rootId, id: running.id })).lines).toMatchObject([
    { number: 1, source: 'stdout', text: 'begun' },
  ]);

  await writeFile(go, '');
  await until(() => ([...shown.values()].every(({ state }) => state === 'SUCCESS') ? true : null));
  for (const { id } of shown.values()) {
    expect((await backend.call('nodes.log', { rootId, id, after: 1 })).lines).toMatchObject([
      { number: 2, text: 'done' },
    ]);
    expect(shown.get(id)).not.toHaveProperty('logLines');
    expect(shown.get(id)?.message).toBeNull();
    expect(shown.get(id)).not.toHaveProperty('hasBegun');
  }
  expect(shown.get(waiting.id)?.startedAt).toBeGreaterThan(waiting.createdAt);
  expect((await told()).filter((text) => text.startsWith('b '))).toEqual([
    'b local.run waits for its turn',
    'b local.run started',
    'b local.run succeeded',
  ]);
  await backend.close();
});

test('only what has begun is counted as running: by a pause, in the list, and among the items of a task', async () => {
  await using folder = await temporaryFolder('reports');
  const backend = await openLocalBackend({ folder: join(folder.path, 'store'), log, bounds: { actionsAtOnce: 2 } });
  const go = join(folder.path, 'go');
  const command = `until [ -e ${go} ]; do sleep 0.02; done`;
  const task = `{with-items: i in <% range(5) %>, action: local.run, input: {command: '${command}'}}`;
  await backend.call('workflows.save', { text: `version: '2.0'\nmany:\n  tasks:\n    t: ${task}\n` });
  await allow(backend, 'many');
  const { id } = await backend.call('executions.start', { workflow: 'many' });
  const running = async () => {
    const { executions } = await backend.call('executions.list', {});
    return executions.map((each) => (each.kind === 'workflow' ? each.runningActions : null));
  };
  const items = async () => {
    const { nodes } = await backend.call('executions.watch', { id });
    return nodes.flatMap((node) => (node.kind === 'task' ? [node.items] : []));
  };
  expect(await running()).toEqual([2]);
  expect(await items()).toMatchObject([{ total: 5, running: 2 }]);
  await backend.call('executions.pause', { id });
  expect(await running()).toEqual([2]);
  await writeFile(go, '');
  await until(async () => ((await running())[0] === 0 ? true : null));
  expect(await items()).toMatchObject([{ total: 5, running: 0, succeeded: 2 }]);
  await backend.call('executions.resume', { id });
  await until(async () => ((await items())[0]?.succeeded === 5 ? true : null));
  await backend.close();
});
