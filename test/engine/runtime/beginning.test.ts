import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Action, type ActionContext, succeeded } from '../../../engine/actions/action.ts';
import { stdNoop } from '../../../engine/actions/std-noop.ts';
import { isOwed } from '../../../engine/core/outstanding.ts';
import type { Event } from '../../../engine/model/events.ts';
import type { ActionExecutionId, WorkflowExecutionId } from '../../../engine/model/ids.ts';
import type { ActionExecution } from '../../../engine/model/records.ts';
import { until } from '../actions/processes.ts';
import { WatchedDisk } from '../store/watched-disk.ts';
import { type Opened, openEngine, temporaryFolder } from './engine-fixture.ts';

/** An action that keeps its place until it is let go or stopped, and remembers for which executions it ran. */
function blocking(name = 'test.work', more: Partial<Action> = {}) {
  const begun: string[] = [];
  const working = new Set<() => void>();
  const run = (_input: unknown, { actionId, signal }: ActionContext) => {
    begun.push(actionId);
    return new Promise<ReturnType<typeof succeeded>>((resolve) => {
      const end = (): void => {
        working.delete(end);
        resolve(succeeded(name));
      };
      signal.addEventListener('abort', end);
      working.add(end);
    });
  };
  const action: Action = { ...stdNoop, name, isPure: false, run, ...more };
  return {
    action,
    begun,
    working,
    letGo: () => {
      for (const end of [...working]) end();
    },
  };
}

const two = `version: '2.0'\ntwo:\n  tasks:\n    a: {action: test.work}\n    b: {action: test.work}\n`;
const one = (attributes = '') => `version: '2.0'\none:\n  tasks:\n    a: {action: test.work${attributes}}\n`;
const INTERRUPTED = /^Windrose was stopped while test\.work was running/;

async function actionsOf({ engine }: Opened, rootId: string): Promise<readonly ActionExecution[]> {
  const tree = await engine.tree(rootId);
  return [...(tree?.actions.values() ?? [])].sort((a, b) => a.order - b.order);
}

async function settled(opened: Opened, rootId: string): Promise<readonly ActionExecution[]> {
  await until(async () => {
    const tree = (await opened.engine.durableState(rootId))?.tree ?? null;
    return tree === null || isOwed(tree) ? null : true;
  });
  return actionsOf(opened, rootId);
}

async function eventsOf({ store }: Opened, rootId: string): Promise<readonly Event[]> {
  const events: Event[] = [];
  for await (const { commit } of store.history(rootId)) events.push(...commit.events);
  return events;
}

describe('after a restart', () => {
  test('commands that only waited for a place run, each once, and nothing is failed that had not begun', async () => {
    await using folder = await temporaryFolder('begun');
    const [log, go] = [join(folder.path, 'log'), join(folder.path, 'go')];
    const text = `version: '2.0'
many:
  input: [log, go]
  tasks:
    t:
      with-items: i in <% range(20) %>
      action: local.run
      input: {command: [sh, -c, 'echo <% $.i %> >> <% $.log %>; until [ -e <% $.go %> ]; do sleep 0.02; done']}
`;
    const ran = async () => (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number);
    const before = await openEngine(folder.path, [], { actionsAtOnce: 2 });
    await before.library.save(text, '');
    const id = await before.start('many', { log, go });
    await until(async () => ((await ran()).length === 2 ? true : null));
    await before.close();

    await writeFile(go, '');
    const after = await openEngine(folder.path, [], { actionsAtOnce: 2 });
    const tree = await after.ended(id);
    await after.close();
    expect((await ran()).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    const actions = [...tree.actions.values()].sort((a, b) => a.index - b.index);
    expect(actions.map(({ state }) => state)).toEqual([...Array(2).fill('ERROR'), ...Array(18).fill('SUCCESS')]);
    expect(actions.every(({ begunAt }) => begunAt !== null)).toBe(true);
    expect(tree.workflows.get(id as WorkflowExecutionId)?.interruption).toMatchObject({ repeated: 0, failed: 2 });
  });

  test('an asynchronous action that only waited starts; one that had begun is not started again', async () => {
    await using folder = await temporaryFolder('begun');
    const text = `version: '2.0'\nboth:\n  tasks:\n    a: {action: test.work}\n    b: {action: test.outside}\n`;
    const outside = blocking('test.outside', { isSync: false });
    const open = () => openEngine(folder.path, [blocking().action, outside.action], { actionsAtOnce: 1 });
    const first = await open();
    await first.library.save(text, '');
    const id = await first.start('both');
    await until(async () => ((await actionsOf(first, id))[1] === undefined ? null : true));
    await first.close();
    expect(outside.begun).toEqual([]);

    const second = await open();
    await until(() => (outside.working.size === 1 ? true : null));
    outside.letGo();
    const [, waited] = await actionsOf(second, id);
    expect(waited).toMatchObject({ state: 'RUNNING', begunAt: expect.any(Number) });
    await second.close();

    const third = await open();
    const result = { state: 'SUCCESS', value: 1 } as const;
    await third.engine.submit(id, { type: 'CompleteAction', id: waited?.id as ActionExecutionId, result });
    expect((await settled(third, id))[1]).toMatchObject({ state: 'SUCCESS', output: { result: 1 } });
    await third.close();
    expect(outside.begun).toHaveLength(1);
  });

  test('what waited below an execution that was cancelled does not begin', async () => {
    await using folder = await temporaryFolder('begun');
    const before = await openEngine(folder.path, [blocking().action], { actionsAtOnce: 1 });
    await before.library.save(two, '');
    const id = (await before.start('two')) as WorkflowExecutionId;
    await before.engine.durable(id);
    await before.engine.stop();
    // The machine stopped right after this commit, before the actions were told.
    const event = { type: 'WorkflowEnded', id, state: 'CANCELLED', stateInfo: null, output: {} } as const;
    await before.store.commit(id, { at: Date.now(), events: [event] });
    await before.store.close();

    const work = blocking();
    const after = await openEngine(folder.path, [work.action], { actionsAtOnce: 1 });
    expect((await settled(after, id))[1]).toMatchObject({ state: 'CANCELLED', begunAt: null });
    await after.close();
    expect(work.begun).toEqual([]);
  });
});

describe('before the commit that says so is on disk', () => {
  /** Starts the workflow on a disk that takes everything and syncs nothing, and copies what is there. */
  async function killedBeforeSync(path: string, text: string) {
    const disk = new WatchedDisk();
    const work = blocking();
    const before = await openEngine(path, [work.action], { disk, durability: 'durable' });
    await before.library.save(text, '');
    let sync = (): void => {};
    const held = new Promise<void>((resolve) => {
      sync = resolve;
    });
    const asked = new Promise<void>((resolve) => {
      disk.beforeDatasync = async (file) => {
        if (!file.includes('journal')) return;
        resolve();
        await held;
      };
    });
    const id = before.start('one');
    await asked;
    await cp(path, `${path}-killed`, { recursive: true });
    await rm(join(`${path}-killed`, 'lock'));
    expect(work.begun).toEqual([]);
    disk.beforeDatasync = async () => {};
    sync();
    const rootId = await id;
    await until(() => (work.working.size === 1 ? true : null));
    await before.close();
    return rootId;
  }

  test('no action begins, and one that was killed in between counts as interrupted', async () => {
    await using folder = await temporaryFolder('begun');
    const path = join(folder.path, 'data');
    const id = await killedBeforeSync(path, one());
    const work = blocking();
    const after = await openEngine(`${path}-killed`, [work.action]);
    const [action] = await settled(after, id);
    await after.close();
    expect(action).toMatchObject({ state: 'ERROR', output: { result: expect.stringMatching(INTERRUPTED) } });
    expect(work.begun).toEqual([]);
  });

  test('one that is safe to run again then begins anew, and its record says when', async () => {
    await using folder = await temporaryFolder('begun');
    const path = join(folder.path, 'data');
    const id = await killedBeforeSync(path, one(', safe-rerun: true'));
    const work = blocking();
    const after = await openEngine(`${path}-killed`, [work.action]);
    await until(() => (work.working.size === 1 ? true : null));
    work.letGo();
    const [action] = await settled(after, id);
    const events = (await eventsOf(after, id)).map(({ type }) => type).filter((type) => /^Action/.test(type));
    await after.close();
    expect(action).toMatchObject({ state: 'SUCCESS' });
    expect(events).toEqual(['ActionScheduled', 'ActionBegun', 'ActionRepeated', 'ActionBegun', 'ActionCompleted']);
    expect(work.begun).toHaveLength(1);
  });

  test('a disk that refuses lets none begin, and each begins once when it takes it again', async () => {
    await using folder = await temporaryFolder('begun');
    const disk = new WatchedDisk();
    const work = blocking();
    const options = { disk, retryDelay: 1, actionsAtOnce: 1 };
    const opened = await openEngine(folder.path, [work.action], options);
    await opened.library.save(two, '');
    const refused = new Promise<void>((resolve) => {
      disk.fault = (operation, path) => {
        if (operation !== 'write' || !path.includes('journal')) return null;
        resolve();
        return { code: 'ENOSPC' };
      };
    });
    const starting = opened.start('two');
    await refused;
    expect(work.begun).toEqual([]);
    disk.fault = () => null;
    const id = await starting;
    await until(() => (work.working.size === 1 ? true : null));
    work.letGo();
    await until(() => (work.begun.length === 2 ? true : null));
    work.letGo();
    expect((await settled(opened, id)).map(({ state }) => state)).toEqual(['SUCCESS', 'SUCCESS']);
    await opened.close();
    expect(new Set(work.begun).size).toBe(2);
    expect(work.begun).toHaveLength(2);
  });
});

test('an action that finds a place begins with the commit that schedules it, another with one of its own', async () => {
  await using folder = await temporaryFolder('begun');
  const work = blocking();
  const opened = await openEngine(folder.path, [work.action], { actionsAtOnce: 1 });
  await opened.library.save(two, '');
  const id = await opened.start('two');
  const [first, second] = await actionsOf(opened, id);
  expect([first?.begunAt, second?.begunAt]).toEqual([first?.createdAt, null]);
  await until(() => (work.working.size === 1 ? true : null));
  work.letGo();
  await until(() => (work.begun.length === 2 ? true : null));
  expect((await actionsOf(opened, id))[1]).toMatchObject({ begunAt: expect.any(Number) });
  work.letGo();
  await settled(opened, id);
  const commits: string[][] = [];
  for await (const { commit } of opened.store.history(id)) {
    const begun = commit.events.filter(({ type }) => type === 'ActionBegun' || type === 'ActionScheduled');
    if (begun.length > 0) commits.push(begun.map(({ type }) => type));
  }
  await opened.close();
  expect(commits).toEqual([['ActionScheduled', 'ActionScheduled', 'ActionBegun'], ['ActionBegun']]);
});

test('an action that a pause in the same commit follows begins when it finds a place, as in Mistral', async () => {
  await using folder = await temporaryFolder('begun');
  const work = blocking();
  const opened = await openEngine(folder.path, [work.action], { actionsAtOnce: 1 });
  const text = `version: '2.0'
one:
  tasks:
    a: {action: std.noop, on-success: [b, c, pause]}
    b: {action: test.work}
    c: {action: test.work}
`;
  await opened.library.save(text, '');
  const id = await opened.start('one');
  await until(() => (work.working.size === 1 ? true : null));
  work.letGo();
  const [, b, c] = await until(async () => {
    const actions = await actionsOf(opened, id);
    return actions[1]?.state === 'SUCCESS' ? actions : null;
  });
  expect(b?.begunAt).toBe(b?.createdAt);
  expect(c).toMatchObject({ state: 'RUNNING', begunAt: null });
  expect(opened.engine.waitReason(c?.id ?? '')).toBe('Waits until its execution is resumed');
  await opened.engine.submit(id, { type: 'ResumeExecution', id: id as WorkflowExecutionId, env: null });
  await until(() => (work.working.size === 1 ? true : null));
  work.letGo();
  await settled(opened, id);
  await opened.close();
});

test('a pure action has nothing to wait for: its journal says nothing of a beginning', async () => {
  await using folder = await temporaryFolder('begun');
  const opened = await openEngine(folder.path);
  await opened.library.save("version: '2.0'\npure:\n  tasks:\n    a: {action: std.echo output=1}\n", '');
  const tree = await opened.ended(await opened.start('pure'));
  const events = await eventsOf(opened, tree.rootId);
  await opened.close();
  const [action] = [...tree.actions.values()];
  expect(action?.begunAt).toBe(action?.createdAt);
  expect(events.filter(({ type }) => type === 'ActionBegun')).toEqual([]);
  expect(JSON.stringify(events)).not.toContain('beginsLater');
});

test('an action that is completed from outside while it waits never begins, and its place in the line goes on', async () => {
  await using folder = await temporaryFolder('begun');
  const work = blocking();
  const opened = await openEngine(folder.path, [work.action], { actionsAtOnce: 1 });
  await opened.library.save(`${two}    c: {action: test.work}\n`, '');
  const id = await opened.start('two');
  await until(() => (work.working.size === 1 ? true : null));
  const [, waiting, last] = await actionsOf(opened, id);
  const result = { state: 'SUCCESS', value: 1 } as const;
  await opened.engine.submit(id, { type: 'CompleteAction', id: waiting?.id as ActionExecutionId, result });
  work.letGo();
  await until(() => (work.begun.length === 2 ? true : null));
  work.letGo();
  const actions = await settled(opened, id);
  await opened.close();
  expect(actions.map(({ state }) => state)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
  expect(actions[1]).toMatchObject({ begunAt: null, output: { result: 1 } });
  expect(work.begun[1]).toBe(last?.id);
});

test('an asynchronous action that waits and is paused by itself begins only when it goes on', async () => {
  await using folder = await temporaryFolder('begun');
  const work = blocking();
  const outside = blocking('test.outside', { isSync: false });
  const opened = await openEngine(folder.path, [work.action, outside.action], { actionsAtOnce: 1 });
  const command = { namespace: '', input: {}, isAwaited: false, isSaved: true, safeRerun: false, timeout: null };
  await opened.engine.startAction({ ...command, action: 'test.work' });
  const answer = await opened.engine.startAction({ ...command, action: 'test.outside' });
  const id = answer.type === 'done' ? (answer.tree.rootId as ActionExecutionId) : expect.fail(answer.reason);
  await opened.engine.submit(id, { type: 'UpdateAction', id, state: 'PAUSED' });
  work.letGo();
  const last = await opened.engine.startAction({ ...command, action: 'test.work' });
  // It has got the place, though it came later.
  await until(() => (work.begun.length === 2 ? true : null));
  expect([last.type, outside.begun]).toEqual(['done', []]);
  await opened.engine.submit(id, { type: 'UpdateAction', id, state: 'RUNNING' });
  work.letGo();
  await until(() => (outside.working.size === 1 ? true : null));
  outside.letGo();
  await opened.close();
  expect(outside.begun).toEqual([id]);
});

test('a standalone action waits for its place and begins like any other; a deletion lets its place go', async () => {
  await using folder = await temporaryFolder('begun');
  const work = blocking();
  const opened = await openEngine(folder.path, [work.action], { actionsAtOnce: 1 });
  const command = { action: 'test.work', namespace: '', input: {}, isAwaited: false, isSaved: true };
  const start = async (): Promise<string> => {
    const answer = await opened.engine.startAction({ ...command, safeRerun: false, timeout: null });
    if (answer.type === 'refused') throw new Error(answer.reason);
    return answer.tree.rootId;
  };
  const [first, second, third] = [await start(), await start(), await start()];
  expect(await actionsOf(opened, second)).toMatchObject([{ state: 'RUNNING', begunAt: null }]);
  expect(opened.engine.waitReason(second)).toBe('Waits for a place: 1 of 1 actions are at work');
  await opened.engine.delete(second);
  await opened.engine.delete(first);
  await until(() => (work.begun.at(-1) === third ? true : null));
  work.letGo();
  expect(await settled(opened, third)).toMatchObject([{ state: 'SUCCESS' }]);
  await opened.close();
  expect(work.begun).toEqual([first, third]);
});
