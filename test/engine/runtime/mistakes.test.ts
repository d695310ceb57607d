import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Action, succeeded } from '../../../engine/actions/action.ts';
import { outstanding } from '../../../engine/core/outstanding.ts';
import { openEngine, temporaryFolder } from './engine-fixture.ts';

/** An action with a mistake in it: no journal can hold what it gives. */
const unwritable: Action = {
  name: 'test.unwritable',
  description: 'Gives something that is no JSON.',
  parameters: [],
  isPure: true,
  reaches: [],
  isSync: true,
  mistralClass: 'none',
  run: () => succeeded(1n as never),
};

describe('a mistake of ours while an execution goes on', () => {
  const text = `version: '2.0'
broken:
  tasks:
    nested: {workflow: inner}
    other: {action: std.async_noop}
inner:
  tasks:
    bad: {action: test.unwritable, on-success: after}
    after: {action: std.noop}
sound:
  tasks:
    a: {wait-before: 1, action: std.noop, on-success: b}
    b: {action: std.noop}
`;

  test('ends that execution in ERROR and says whose fault it is; the others go on', async () => {
    await using folder = await temporaryFolder('mistake');
    const opened = await openEngine(folder.path, [unwritable]);
    await opened.library.save(text, '');
    const sound = await opened.start('sound');
    const broken = await opened.start('broken');
    const tree = await opened.ended(broken);
    const other = await opened.ended(sound);
    await opened.close();

    const states = [...tree.workflows.values()].map((each) => `${each.name} ${each.state}`).sort();
    expect(states).toEqual(['broken ERROR', 'inner ERROR']);
    expect([...tree.tasks.values()].map((task) => task.state)).toEqual(['ERROR', 'ERROR', 'ERROR']);
    const [root] = tree.workflows.values();
    expect(root?.stateInfo).toMatch(/^Windrose made a mistake.*the workflow is not at fault.*TypeError: .*BigInt/s);
    expect(outstanding(tree)).toEqual([]);
    expect([...other.workflows.values()]).toMatchObject([{ state: 'SUCCESS' }]);
    expect(opened.engine.standstills()).toEqual([]);
  });

  test('is remembered: after a restart the execution is still in ERROR', async () => {
    await using folder = await temporaryFolder('remembered');
    const before = await openEngine(folder.path, [unwritable]);
    await before.library.save(text, '');
    const id = await before.start('broken');
    await before.ended(id);
    await before.close();
    const after = await openEngine(folder.path, [unwritable]);
    const tree = await after.engine.tree(id);
    await after.close();
    expect([...(tree?.workflows.values() ?? [])].map((each) => each.state)).toEqual(['ERROR', 'ERROR']);
  });
});

test('an execution that cannot even be ended is told of as a trouble, and the others go on', async () => {
  await using folder = await temporaryFolder('standstill');
  const before = await openEngine(folder.path);
  await before.library.save("version: '2.0'\nlater:\n  tasks:\n    t: {wait-before: 1}\n", '');
  const sound = await before.start('later');
  const broken = randomUUID();
  // No version of Windrose decides this: a task goes on that was never made.
  const event = { type: 'TaskStateChanged', id: 'never-made' as never, state: 'RUNNING', stateInfo: null } as const;
  await before.store.commit(broken, { at: 0, events: [event] });
  await before.close();

  const after = await openEngine(folder.path);
  const tree = await after.ended(sound);
  const standstills = after.engine.standstills();
  await after.close();
  expect([...tree.workflows.values()]).toMatchObject([{ state: 'SUCCESS' }]);
  expect(standstills).toMatchObject([
    { severity: 'error', message: expect.stringMatching(`${broken} stands still.*no task execution never-made`) },
  ]);
});
