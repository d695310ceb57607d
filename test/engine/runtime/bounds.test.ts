import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Action, type Bounds, succeeded } from '../../../engine/actions/action.ts';
import { localSleep } from '../../../engine/actions/local-sleep.ts';
import { isOwed } from '../../../engine/core/outstanding.ts';
import type { ActionExecutionId, WorkflowExecutionId } from '../../../engine/model/ids.ts';
import { isAlive, until } from '../actions/processes.ts';
import { type Opened, openEngine, temporaryFolder } from './engine-fixture.ts';

const base: Action = { ...localSleep, parameters: [], isPure: false, reaches: ['commands'] };

/** An action that counts how many of it are at work, each until it is let go. */
function counting(name: string, bounds: Bounds = {}) {
  const working = new Set<() => void>();
  let most = 0;
  const action: Action = {
    ...base,
    name,
    bounds,
    run: (_input, { signal }) =>
      new Promise((resolve) => {
        const end = (): void => {
          working.delete(end);
          resolve(succeeded(name));
        };
        signal.addEventListener('abort', end);
        working.add(end);
        most = Math.max(most, working.size);
      }),
  };
  return { action, working, most: () => most, letOneGo: () => [...working][0]?.() };
}

const cancel = (opened: Opened, id: string) =>
  opened.engine.submit(id, {
    type: 'StopExecution',
    id: id as WorkflowExecutionId,
    state: 'CANCELLED',
    message: null,
  });

async function settled(opened: Opened, id: string) {
  return until(async () => {
    const tree = await opened.engine.tree(id);
    return tree === null || isOwed(tree) ? null : tree;
  });
}

const tasks = (count: number, action: string): string =>
  `version: '2.0'\nmany:\n  tasks:\n${Array.from({ length: count }, (_, i) => `    t${i}: {action: ${action}}\n`).join('')}`;

test('only so many actions are at work at once, and the others get their turn in order', async () => {
  await using folder = await temporaryFolder('bounds');
  const { action, working, most, letOneGo } = counting('test.work');
  const opened = await openEngine(folder.path, [action], { actionsAtOnce: 3 });
  const heard: string[] = [];
  opened.engine.onTurn((_rootId, id) => heard.push(id));
  await opened.library.save(tasks(10, 'test.work'), '');
  const id = await opened.start('many');
  await until(() => (heard.length === 7 ? true : null));
  expect(heard.map((each) => opened.engine.waitReason(each))).toEqual(
    Array(7).fill('Waits for a place: 3 of 3 actions are at work'),
  );
  const first = heard[0] as ActionExecutionId;
  await until(() => (working.size === 3 ? true : null));
  letOneGo();
  await until(() => (opened.engine.waitReason(first) === null ? true : null));
  const ended = opened.ended(id);
  const letting = setInterval(letOneGo, 1);
  await ended;
  clearInterval(letting);
  expect([most(), working.size]).toEqual([3, 0]);
  await opened.close();
});

test('of one kind only so many are at work, which does not hold up the others; who only waits takes no room', async () => {
  await using folder = await temporaryFolder('bounds');
  const narrow = counting('test.narrow', { atOnce: 1 });
  const wide = counting('test.wide');
  const idle = counting('test.idle', { onlyWaits: true });
  const opened = await openEngine(folder.path, [narrow.action, wide.action, idle.action], { actionsAtOnce: 3 });
  const names = ['narrow', 'narrow', 'narrow', 'wide', 'wide', 'wide', 'idle', 'idle', 'idle', 'idle'];
  const lines = names.map((name, i) => `    t${i}: {action: test.${name}}\n`);
  await opened.library.save(`version: '2.0'\nmixed:\n  tasks:\n${lines.join('')}`, '');
  const id = await opened.start('mixed');
  const all = [narrow, wide, idle];
  await until(() => (narrow.working.size + wide.working.size + idle.working.size === 7 ? true : null));
  expect(all.map(({ working }) => working.size)).toEqual([1, 2, 4]);
  const ended = opened.ended(id);
  const letting = setInterval(() => {
    for (const each of all) each.letOneGo();
  }, 1);
  await ended;
  clearInterval(letting);
  expect(narrow.most()).toBe(1);
  await opened.close();
});

test('an action that runs too long is stopped, and its place is free again', async () => {
  await using folder = await temporaryFolder('bounds');
  const { action, working } = counting('test.long', { seconds: 0.05 });
  const opened = await openEngine(folder.path, [action], { actionsAtOnce: 1 });
  await opened.library.save(tasks(2, 'test.long'), '');
  const tree = await opened.ended(await opened.start('many'));
  expect([...tree.actions.values()].map(({ state, output }) => [state, output?.result])).toEqual(
    Array(2).fill(['ERROR', 'test.long was stopped after 0.05 seconds.']),
  );
  expect(working.size).toBe(0);
  await opened.close();
});

test('a result that is too large is a failure that says so', async () => {
  await using folder = await temporaryFolder('bounds');
  const values = [
    { a: ['x'.repeat(50), 'x'.repeat(50)] },
    Array(100).fill(1),
    { ['k'.repeat(101)]: 1 },
    'x'.repeat(90),
  ];
  const action = (value: (typeof values)[number], i: number): Action => ({
    ...base,
    name: `test.large${i}`,
    bounds: { resultSize: 100 },
    run: () => succeeded(value),
  });
  const opened = await openEngine(folder.path, values.map(action));
  const lines = values.map((_, i) => `    t${i}: {action: test.large${i}}\n`);
  await opened.library.save(`version: '2.0'\nlarge:\n  tasks:\n${lines.join('')}`, '');
  const tree = await opened.ended(await opened.start('large'));
  const results = [...tree.actions.values()].sort((a, b) => a.order - b.order).map(({ output }) => output?.result);
  const refusal = (i: number): string =>
    `The result of test.large${i} is larger than 100 characters, which is the limit.`;
  expect(results).toEqual([refusal(0), refusal(1), refusal(2), 'x'.repeat(90)]);
  await opened.close();
});

test('what a task has started is stopped when the task ends by its timeout', async () => {
  await using folder = await temporaryFolder('bounds');
  const opened = await openEngine(folder.path);
  await opened.library.save(
    "version: '2.0'\nlate:\n  tasks:\n    t: {action: local.run command='exec sleep 1000', timeout: 1}\n",
    '',
  );
  const id = await opened.start('late');
  expect([...(await opened.ended(id)).tasks.values()][0]?.stateInfo).toBe('Task timed out [timeout(s)=1].');
  const tree = await settled(opened, id);
  expect([...tree.actions.values()]).toMatchObject([
    { state: 'ERROR', output: { result: 'local.run was stopped after 1 second.' } },
  ]);
  await opened.close();
});

const commands = (command: string): string =>
  `version: '2.0'\ncommands:\n  input: [log]\n  tasks:\n    t:\n      with-items: i in <% range(100) %>\n` +
  `      concurrency: 16\n      action: local.run\n      input: {command: ${command}}\n`;

test('100 commands, 16 at once: all are done, no process is left, and little is kept in memory', async () => {
  await using folder = await temporaryFolder('bounds');
  const opened = await openEngine(folder.path, [], { actionsAtOnce: 16 });
  await opened.library.save(commands("[sh, -c, 'echo $$ >> <% $.log %>']"), '');
  const log = join(folder.path, 'pids');
  const before = process.memoryUsage().heapUsed;
  const tree = await opened.ended(await opened.start('commands', { log }));
  expect([...tree.tasks.values()]).toMatchObject([{ state: 'SUCCESS', items: { succeeded: 100 } }]);
  const pids = (await readFile(log, 'utf8')).trim().split('\n').map(Number);
  expect(pids).toHaveLength(100);
  expect(pids.filter(isAlive)).toEqual([]);
  expect((process.memoryUsage().heapUsed - before) / 1024 / 1024).toBeLessThan(50);
  await opened.close();
}, 60_000);

test('cancelled half way: all processes are gone, and none is started any more', async () => {
  await using folder = await temporaryFolder('bounds');
  const opened = await openEngine(folder.path, [], { actionsAtOnce: 16 });
  const command = "[sh, -c, 'echo $$ >> <% $.log %>; [ <% $.i %> -lt 30 ] || sleep 1000']";
  await opened.library.save(commands(command), '');
  const log = join(folder.path, 'pids');
  const id = await opened.start('commands', { log });
  const started = async (): Promise<readonly number[]> =>
    (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number);
  await until(async () => ((await started()).length === 46 ? true : null));
  await cancel(opened, id);
  const tree = await settled(opened, id);
  expect((await started()).filter(isAlive)).toEqual([]);
  expect(await started()).toHaveLength(46);
  const states = [...tree.actions.values()].map(({ state }) => state);
  expect([
    states.filter((each) => each === 'SUCCESS').length,
    states.filter((each) => each === 'CANCELLED').length,
  ]).toEqual([30, 16]);
  await opened.close();
}, 60_000);

test('what waits for its turn is not even begun once its execution is cancelled', async () => {
  await using folder = await temporaryFolder('bounds');
  const { action, working, most } = counting('test.work');
  const opened = await openEngine(folder.path, [action], { actionsAtOnce: 1 });
  await opened.library.save(tasks(5, 'test.work'), '');
  const id = await opened.start('many');
  await until(() => (working.size === 1 ? true : null));
  await cancel(opened, id);
  const tree = await settled(opened, id);
  expect(most()).toBe(1);
  expect([...tree.actions.values()].filter(({ state }) => state === 'CANCELLED').length).toBeGreaterThanOrEqual(4);
  await opened.close();
});

test('what waits for a place when its execution is paused does not start before the resume, others do', async () => {
  await using folder = await temporaryFolder('bounds');
  const { action, working } = counting('test.work');
  const other = counting('test.other');
  const opened = await openEngine(folder.path, [action, other.action], { actionsAtOnce: 1 });
  await opened.library.save(tasks(3, 'test.work'), '');
  const id = await opened.start('many');
  await until(() => (working.size === 1 ? true : null));
  await opened.library.save(tasks(1, 'test.other').replace('many:', 'others:'), '');
  await opened.start('others');
  await opened.engine.submit(id, { type: 'PauseExecution', id: id as WorkflowExecutionId, message: null });
  const waiting = [...((await opened.engine.tree(id))?.waiting ?? [])].map((each) => opened.engine.waitReason(each));
  expect(waiting).toEqual(Array(2).fill('Waits until its execution is resumed'));
  // A place becomes free: who waits behind them gets it.
  for (const end of [...working]) end();
  await until(() => (other.working.size === 1 ? true : null));
  other.letOneGo();
  await until(() => (other.working.size === 0 ? true : null));
  expect(working.size).toBe(0);
  await opened.engine.submit(id, { type: 'ResumeExecution', id: id as WorkflowExecutionId, env: null });
  await until(() => (working.size === 1 ? true : null));
  const ended = opened.ended(id);
  const letting = setInterval(() => [...working][0]?.(), 1);
  await ended;
  clearInterval(letting);
  await opened.close();
});

test('nothing of a paused execution starts after a restart either, before the resume', async () => {
  await using folder = await temporaryFolder('bounds');
  const before = counting('test.work');
  const opened = await openEngine(folder.path, [before.action], { actionsAtOnce: 1 });
  await opened.library.save(
    `version: '2.0'\nmany:\n  tasks:\n    a: {action: test.work, safe-rerun: true}\n    b: {action: test.work, safe-rerun: true}\n`,
    '',
  );
  const id = await opened.start('many');
  await until(() => (before.working.size === 1 ? true : null));
  await opened.engine.submit(id, { type: 'PauseExecution', id: id as WorkflowExecutionId, message: null });
  await opened.close();

  const { action, working } = counting('test.work');
  const other = counting('test.other');
  const again = await openEngine(folder.path, [action, other.action], { actionsAtOnce: 1 });
  await again.library.save(tasks(1, 'test.other').replace('many:', 'others:'), '');
  const otherId = await again.start('others');
  // The one place is free, and goes to who is not paused.
  await until(() => (other.working.size === 1 ? true : null));
  expect(working.size).toBe(0);
  other.letOneGo();
  await again.ended(otherId);
  expect(working.size).toBe(0);
  await again.engine.submit(id, { type: 'ResumeExecution', id: id as WorkflowExecutionId, env: null });
  const letting = setInterval(() => [...working][0]?.(), 1);
  const tree = await again.ended(id);
  clearInterval(letting);
  expect(tree.workflows.get(id as WorkflowExecutionId)?.state).toBe('SUCCESS');
  await again.close();
});

test('what is held by a pause goes with a cancel', async () => {
  await using folder = await temporaryFolder('bounds');
  const { action, working, most } = counting('test.work');
  const opened = await openEngine(folder.path, [action], { actionsAtOnce: 1 });
  await opened.library.save(tasks(3, 'test.work'), '');
  const id = await opened.start('many');
  await until(() => (working.size === 1 ? true : null));
  await opened.engine.submit(id, { type: 'PauseExecution', id: id as WorkflowExecutionId, message: null });
  await cancel(opened, id);
  const tree = await settled(opened, id);
  expect([most(), working.size]).toEqual([1, 0]);
  expect(
    [...tree.actions.values()].map(({ state }) => state).filter((each) => each === 'CANCELLED').length,
  ).toBeGreaterThanOrEqual(2);
  await opened.close();
});

test('a limit that is raised lets those start that wait for a place', async () => {
  await using folder = await temporaryFolder('bounds');
  const { action, working, letOneGo } = counting('test.work');
  const opened = await openEngine(folder.path, [action], { actionsAtOnce: 1 });
  await opened.library.save(tasks(4, 'test.work'), '');
  const id = await opened.start('many');
  await until(() => (working.size === 1 ? true : null));
  opened.engine.bound({ actionsAtOnce: 3 });
  await until(() => (working.size === 3 ? true : null));
  const ended = opened.ended(id);
  const letting = setInterval(letOneGo, 1);
  await ended;
  clearInterval(letting);
  await opened.close();
});

test('when the engine stops, so do the commands', async () => {
  await using folder = await temporaryFolder('bounds');
  const opened = await openEngine(folder.path);
  const made = join(folder.path, 'made');
  await opened.library.save(
    `version: '2.0'\nlong:\n  tasks:\n    t: {action: local.run command='mkdir ${made}; echo $$ > ${made}/pid; sleep 1000'}\n`,
    '',
  );
  await opened.start('long');
  const pid = await until(async () => {
    const [file] = await readdir(made).catch(() => []);
    return file === undefined ? null : Number(await readFile(join(made, file), 'utf8')) || null;
  });
  expect(isAlive(pid)).toBe(true);
  await opened.close();
  expect(isAlive(pid)).toBe(false);
});
