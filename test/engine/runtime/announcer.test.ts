import { expect, test } from 'vitest';
import type { ExecutionTree } from '../../../engine/core/execution-tree.ts';
import type { Event } from '../../../engine/model/events.ts';
import { Announcer } from '../../../engine/runtime/announcer.ts';
import { withResolvers } from '../../with-resolvers.ts';
import { Simulation } from '../core/simulation.ts';

const text = "version: '2.0'\nwf:\n  tasks:\n    a: {action: std.noop, on-success: b}\n    b: {action: std.noop}\n";

/** What an execution commits from its start to its end, each commit with the tree that it left. */
function moments(prefix?: string): readonly { readonly tree: ExecutionTree; readonly events: readonly Event[] }[] {
  const run = new Simulation(text, prefix);
  run.start('wf');
  run.run();
  return run.commits.map(({ events }, i) => ({ tree: run.replay(run.commits.slice(0, i + 1)), events }));
}

interface Told {
  readonly tree: ExecutionTree;
  readonly events: readonly Event[];
}

function announcer() {
  const summaries: ExecutionTree[] = [];
  const failures: string[] = [];
  const told: Told[] = [];
  const log = { info: () => {}, warn: () => {}, error: (message: string) => failures.push(message) };
  const made = new Announcer((tree) => summaries.push(tree), log);
  return {
    made,
    summaries,
    failures,
    told,
    listen: (tree: ExecutionTree, events: readonly Event[]) => told.push({ tree, events }),
  };
}

test('the commits of an execution that reach the disk together are told once, in their order, with the newest tree', async () => {
  const { made, summaries, failures, told, listen } = announcer();
  made.onCommit(listen);
  const [one, other] = [moments('one'), moments('other')];
  const durable = Promise.resolve();
  // Woven into each other, as two executions that go on at the same time.
  const last = one.map((moment, i) => {
    void made.tellOnceDurable(durable, moment.tree, moment.events);
    const { tree, events } = other[i] as Told;
    return made.tellOnceDurable(durable, tree, events);
  });
  expect(told).toEqual([]);
  await Promise.all(last);

  const whole = (each: readonly Told[]) => ({ tree: each.at(-1)?.tree, events: each.flatMap(({ events }) => events) });
  expect(told).toHaveLength(2);
  expect(told[0]?.tree).toBe(one.at(-1)?.tree);
  expect(told).toEqual([whole(one), whole(other)]);
  expect(summaries).toEqual(told.map(({ tree }) => tree));
  expect(failures).toEqual([]);
});

test('what reaches the disk later is told later, and never when it does not reach it', async () => {
  const { made, told, listen } = announcer();
  made.onCommit(listen);
  const [first, second, third] = moments() as [Told, Told, Told];
  const { promise: written, resolve: write } = withResolvers<void>();
  await made.tellOnceDurable(Promise.resolve(), first.tree, first.events);
  const later = made.tellOnceDurable(written, second.tree, second.events);
  expect(told).toEqual([first]);
  write();
  await later;
  await expect(
    made.tellOnceDurable(Promise.reject(new Error('the disk is gone')), third.tree, third.events),
  ).rejects.toThrow('the disk is gone');
  expect(told).toEqual([first, second]);
});

test('an execution is in the list before anybody hears of it, also when that fails for another one', async () => {
  const order: string[] = [];
  const failures: string[] = [];
  const log = { info: () => {}, warn: () => {}, error: (message: string) => failures.push(message) };
  const made = new Announcer(({ rootId }) => {
    if (rootId.startsWith('one')) throw new Error('a mistake');
    order.push(`listed ${rootId}`);
  }, log);
  made.onCommit(({ rootId }) => order.push(`told ${rootId}`));
  const durable = Promise.resolve();
  for (const prefix of ['one', 'other']) {
    const [{ tree, events }] = moments(prefix) as [Told];
    void made.tellOnceDurable(durable, tree, events);
  }
  await durable;
  expect(order).toEqual(['listed other-root', 'told one-root', 'told other-root']);
  expect(failures).toHaveLength(1);
});

test('a listener that fails keeps nobody else from hearing', async () => {
  const { made, failures, told, listen } = announcer();
  made.onCommit(() => {
    throw new Error('a mistake');
  });
  const end = made.onCommit(listen);
  const [first, second] = moments() as [Told, Told];
  await made.tellOnceDurable(Promise.resolve(), first.tree, first.events);
  expect(told).toEqual([first]);
  expect(failures).toHaveLength(1);
  end();
  await made.tellOnceDurable(Promise.resolve(), second.tree, second.events);
  expect(told).toEqual([first]);
});

test('a commit of any size is told', async () => {
  const { made, told, listen } = announcer();
  made.onCommit(listen);
  const [{ tree, events }] = moments() as [Told];
  const many = Array.from({ length: 300_000 }, () => events[0] as Event);
  const durable = Promise.resolve();
  void made.tellOnceDurable(durable, tree, many);
  await made.tellOnceDurable(durable, tree, many);
  expect(told.map((each) => each.events.length)).toEqual([600_000]);
});
