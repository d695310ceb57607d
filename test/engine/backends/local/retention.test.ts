import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalBackendFixture } from './backend-fixture.ts';

const text = `version: '2.0'
hello: {tasks: {say: {action: std.echo output='hi'}}}
waiting: {tasks: {wait: {action: std.async_noop}}}
`;

let backend: LocalBackendFixture;
beforeEach(async () => {
  backend = await LocalBackendFixture.open();
  await backend.call('workflows.save', { text });
});
afterEach(() => backend.close());

async function hello(): Promise<string> {
  const { id } = await backend.call('executions.start', { workflow: 'hello' });
  await backend.ended(id);
  return id;
}

async function ids(): Promise<readonly string[]> {
  return (await backend.call('executions.list', {})).executions.map(({ id }) => id).toSorted();
}

test('of executions that have ended as many are kept as were asked for, and the window is told of the others', async () => {
  const { id: waiting } = await backend.call('executions.start', { workflow: 'waiting' });
  const all: string[] = [];
  for (let n = 0; n < 5; n += 1) all.push(await hello());
  const told: string[] = [];
  backend.subscribe((changes) => {
    for (const change of changes) if (change.type === 'executionDeleted') told.push(change.id);
  });
  await backend.housekeeping.retain({ age: null, count: 2 });
  expect(await ids()).toEqual([waiting, ...all.slice(3)].toSorted());
  await expect.poll(() => told.toSorted(), { interval: 5 }).toEqual(all.slice(0, 3).toSorted());
});

test('when another execution ends, the oldest goes', async () => {
  await backend.housekeeping.retain({ age: null, count: 1 });
  await hello();
  const last = await hello();
  await expect.poll(ids, { interval: 20, timeout: 10_000 }).toEqual([last]);
});

test('what has come of age while the app was closed goes at the start', async () => {
  await hello();
  const { id: waiting } = await backend.call('executions.start', { workflow: 'waiting' });
  await backend.reopen({ retention: { age: 0, count: null } });
  await expect.poll(ids, { interval: 5 }).toEqual([waiting]);
});

test('the size of the store is known, and how many executions it has', async () => {
  const before = await backend.housekeeping.size();
  await hello();
  const after = await backend.housekeeping.size();
  expect(after.executions).toBe(before.executions + 1);
  expect(after.bytes).toBeGreaterThan(before.bytes);
});
