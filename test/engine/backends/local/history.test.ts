import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Backend } from '../../../../engine/api/backend.ts';
import { methods, type Output } from '../../../../engine/api/methods.ts';
import type { HistoryEvent } from '../../../../engine/api/resources.ts';
import { existingState } from '../../../../engine/backends/local/existing-tree.ts';
import { historyPage } from '../../../../engine/backends/local/history.ts';
import { openLocalBackend } from '../../../../engine/backends/local/local-backend.ts';
import { emptyTree } from '../../../../engine/core/execution-tree.ts';
import type { Event } from '../../../../engine/model/events.ts';
import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from '../../../../engine/model/ids.ts';
import type { Timer } from '../../../../engine/model/records.ts';
import { until } from '../../actions/processes.ts';
import { openEngine } from '../../runtime/engine-fixture.ts';
import { WatchedDisk } from '../../store/watched-disk.ts';

const text = `version: '2.0'
trip:
  vars: {seats: 2}
  tasks:
    pack:
      with-items: n in [1, 2]
      action: std.echo output=<% $.n %>
      publish: {packed: true}
      on-success: leave
    book:
      retry: {count: 1, delay: 0}
      action: std.fail
      on-success: leave
      on-error: call
    call: {workflow: apology, on-success: leave}
    leave: {join: 2, action: std.noop}
apology:
  tasks:
    sorry: {action: std.echo output='sorry'}
held:
  tasks:
    wait: {action: std.async_noop, on-success: after}
    after: {action: std.noop}
`;

let backend: Backend;
let folder: string;

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'windrose-history-'));
  backend = await openLocalBackend({ folder, log: { info() {}, warn() {}, error: console.error } });
  await backend.call('workflows.save', { text });
});
afterEach(async () => {
  await backend.close();
  await fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts it and resolves once it runs no longer. */
async function run(workflow: string): Promise<string> {
  const { id } = await backend.call('executions.start', { workflow });
  await expect
    .poll(async () => (await backend.call('executions.list', { text: id })).executions[0]?.state, { interval: 5 })
    .not.toBe('RUNNING');
  return id;
}

async function history(id: string, limit = 1000): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Output<'executions.history'> = await backend.call('executions.history', { id, cursor, limit });
    events.push(...page.events);
    cursor = page.end;
    if (!page.more) return events;
  }
}

const spoken = ({ name, text }: HistoryEvent) => `${name} ${text}`;

test('tells what happened from start to end, in sentences and in order', async () => {
  const events = await history(await run('trip'));
  expect(events.map(spoken)).toEqual([
    'trip started',
    'trip set the variables seats',
    'pack is to run',
    'book is to run',
    'pack started',
    'pack has 2 items',
    'pack std.echo (item 0) started',
    'pack std.echo (item 1) started',
    'book started',
    'book std.fail started',
    'pack std.echo (item 0) succeeded',
    'pack std.echo (item 1) succeeded',
    'pack published packed',
    'pack succeeded; next: leave',
    'leave has heard from pack',
    'leave waits for the tasks before it',
    'book std.fail failed: Fail action expected exception',
    'book is tried again',
    'book goes on at once',
    'book has waited long enough',
    'book started',
    'book std.fail (attempt 2) started',
    'book std.fail (attempt 2) failed: Fail action expected exception',
    'book failed, which is handled: Fail action expected exception; next: call',
    'call is to run, after book (on-error)',
    'call started',
    'apology started, run by call',
    'sorry is to run',
    'leave will not hear from book',
    'sorry started',
    'sorry std.echo started',
    'sorry std.echo succeeded',
    'sorry succeeded',
    'apology succeeded',
    'call succeeded; next: leave',
    'leave has heard from call',
    'leave waits no longer, after pack (on-success), call (on-success)',
    'leave started',
    'leave std.noop started',
    'leave std.noop succeeded',
    'leave succeeded',
    'trip succeeded',
  ]);
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => a - b));
});

test('names the node of each event, and for an action the task that it belongs to', async () => {
  const id = await run('trip');
  const { nodes } = await backend.call('executions.watch', { id });
  const nameOf = new Map(nodes.map((node) => [node.id, node.name]));
  for (const { nodeId, name } of await history(id)) {
    if (nodeId !== null) expect(nameOf.get(nodeId)).toBe(name);
  }
});

test('gives the same in small pages as in a large one', async () => {
  const id = await run('trip');
  expect(await history(id, 1)).toEqual(await history(id));
});

test('goes on where it ended once more has happened', async () => {
  const { id } = await backend.call('executions.start', { workflow: 'held' });
  const before = await backend.call('executions.history', { id });
  expect(before).toMatchObject({ more: false });
  expect(before.events.map(spoken).at(-1)).toBe('wait std.async_noop started');
  expect(await backend.call('executions.history', { id, cursor: before.end })).toMatchObject({ events: [] });

  await backend.call('executions.pause', { id });
  await backend.call('executions.cancel', { id, message: 'not needed.\nReally.' });
  const { events } = await backend.call('executions.history', { id, cursor: before.end });
  expect(events.map(spoken)).toContain('held paused');
  expect(events.map(spoken)).toContain('held was cancelled: not needed');
});

test('a task has not started while it waits for its start', async () => {
  const id = 't' as TaskExecutionId;
  const start: Timer = { id: 't:delay', taskId: id, dueAt: 150_000, purpose: { type: 'start' } };
  async function* commits() {
    const running: Event = { type: 'TaskStateChanged', id, state: 'RUNNING', stateInfo: null };
    yield {
      position: 1,
      commit: { at: 0, events: [running, { type: 'TaskDelayed', timer: start, stateInfo: '' }] as const },
    };
    yield { position: 2, commit: { at: 150_000, events: [{ type: 'TimerFired', id: start.id }, running] as const } };
  }
  const tree = emptyTree('w' as WorkflowExecutionId);
  const input = methods['executions.history'].input.parse({ id: 'w' });
  const { events } = await historyPage({ history: commits }, input, async () => ({ tree, position: 2 }));
  expect(events.map(({ at, text }) => [at, text])).toEqual([
    [0, 'waits 2 min 30 s before it starts'],
    [150_000, 'has waited long enough'],
    [150_000, 'started'],
  ]);
});

test('what happens while a page is read is told with its names, and once it is on disk', async () => {
  const disk = new WatchedDisk();
  const opened = await openEngine(path.join(folder, 'busy'), [], { disk, durability: 'durable' });
  const { engine, library, store } = opened;
  const two =
    'two:\n  tasks:\n    one: {action: std.async_noop, on-success: other}\n    other: {action: std.async_noop}\n';
  await library.save(`version: '2.0'\n${two}`, '');
  const id = (await opened.start('two')) as WorkflowExecutionId;
  const actionOf = (count: number): Promise<ActionExecutionId> =>
    until(() => {
      const actions = [...(engine.newest(id)?.tree.actions.keys() ?? [])];
      return actions.length === count ? (actions.at(-1) ?? null) : null;
    });
  const one = await actionOf(1);
  await engine.durable(id);

  const turns: (() => void)[] = [];
  disk.beforeDatasync = async (file) => {
    if (file.includes('journal')) await new Promise<void>((resolve) => turns.push(resolve));
  };
  const sync = async () => (await until(() => turns.shift() ?? null))();
  const noted = engine.submit(id, { type: 'UpdateExecution', id, description: 'noted' });
  await until(() => (turns.length === 1 ? true : null));
  const known = engine.newest(id)?.position ?? 0;
  const before = disk.count('datasync', /journal/);

  const read: Promise<void>[] = [];
  async function* history(rootId: string, after: number) {
    for await (const each of store.history(rootId, after)) {
      // Only now that the page has come to what happened meanwhile does the disk take that.
      if (each.position === known + 1) read.push(sync());
      yield each;
    }
  }
  const input = methods['executions.history'].input.parse({ id });
  const page = historyPage({ history }, input, () => existingState(engine, id)).then(({ events }) => ({
    events,
    synced: disk.count('datasync', /journal/) - before,
  }));
  const completed = engine.submit(id, { type: 'CompleteAction', id: one, result: { state: 'SUCCESS', value: null } });
  await actionOf(2);
  await sync();
  const { events, synced } = await page;
  await Promise.all([noted, completed, ...read]);
  disk.beforeDatasync = async () => {};
  await opened.close();
  expect(events.map(spoken)).toEqual([
    'two started',
    'one is to run',
    'one started',
    'one std.async_noop started',
    'two was given another description',
    'one std.async_noop succeeded',
    'one succeeded; next: other',
    'other is to run, after one (on-success)',
    'other started',
    'other std.async_noop started',
  ]);
  expect(synced).toBe(2);
});

test('an action that runs on its own has a history too', async () => {
  const { id } = await backend.call('actions.run', { action: 'std.echo', input: { output: 7 } });
  await expect.poll(async () => (await history(id)).map(spoken), { interval: 5 }).toHaveLength(2);
  expect((await history(id)).map(spoken)).toEqual(['std.echo started', 'std.echo succeeded']);
});

test('there is none of an execution that is not there, nor behind a place that is none', async () => {
  const id = '00000000-0000-0000-0000-000000000000';
  await expect(backend.call('executions.history', { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(backend.call('executions.history', { id, cursor: 'here' })).rejects.toMatchObject({ code: 'INVALID' });
});
