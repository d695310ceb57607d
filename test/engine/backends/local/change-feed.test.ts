import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '../../../../engine/api/changes.ts';
import type { Node } from '../../../../engine/api/resources.ts';
import { ChangeFeed } from '../../../../engine/backends/local/change-feed.ts';
import { type DefinitionLookup, NodeView, touchedNodes } from '../../../../engine/backends/local/nodes.ts';
import type { ActionExecutionId } from '../../../../engine/model/ids.ts';
import { propertyRuns } from '../../../property-runs.ts';
import { arbitraryWorkflow } from '../../core/arbitrary-workflow.ts';
import { Simulation } from '../../core/simulation.ts';

const text = "version: '2.0'\nwf:\n  tasks:\n    a: {action: std.noop}\n";

test('a tree that cannot be read again goes on being watched by those who watch it', async () => {
  const run = new Simulation(text);
  run.start('wf');
  const feed = new ChangeFeed((_tree, workflow) => run.definition(workflow.name));
  const told = new Promise<readonly Change[]>((resolve) => feed.subscribe(resolve));
  await feed.watch(run.rootId, () => Promise.resolve(run.tree));
  await expect(feed.watch(run.rootId, () => Promise.reject(new Error('the disk is gone')))).rejects.toThrow('disk');

  run.run();
  for (const { events } of run.commits) feed.committed(run.tree, events);
  expect((await told).map((change) => change.type)).toEqual(['execution', 'nodes']);
  feed.close();
});

test('of many commits that are told at once every row that they change is told once, as it is then', async () => {
  const run = new Simulation(
    "version: '2.0'\nwf:\n  tasks:\n    a: {with-items: 'i in <% range(5) %>', action: std.noop, on-success: b}\n    b: {action: std.noop}\n",
  );
  run.start('wf');
  const lookup: DefinitionLookup = (_tree, workflow) => run.definition(workflow.name);
  const feed = new ChangeFeed(lookup);
  const told = new Promise<readonly Change[]>((resolve) => feed.subscribe(resolve));
  const before = run.commits.length;
  const { nodes: first } = await feed.watch(run.rootId, () => Promise.resolve(run.tree));
  run.run();
  feed.committed(
    run.tree,
    run.commits.slice(before).flatMap(({ events }) => events),
  );
  const shown = new Map(first.map((node) => [node.id, JSON.stringify(node)]));
  const changed = new NodeView(run.tree, lookup).all().filter((node) => shown.get(node.id) !== JSON.stringify(node));
  const rows = (await told).flatMap((change) => (change.type === 'nodes' ? change.nodes : []));
  expect(run.commits.length).toBeGreaterThan(before + 5);
  expect(rows).toEqual(expect.arrayContaining(changed));
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  feed.close();
});

test('a tree that could not be read is not watched', async () => {
  const run = new Simulation(text);
  run.start('wf');
  const feed = new ChangeFeed((_tree, workflow) => run.definition(workflow.name));
  const told = new Promise<readonly Change[]>((resolve) => feed.subscribe(resolve));
  await expect(feed.watch(run.rootId, () => Promise.reject(new Error('the disk is gone')))).rejects.toThrow('disk');
  feed.committed(run.tree, run.commits.at(-1)?.events ?? []);
  expect((await told).map((change) => change.type)).toEqual(['execution']);
  feed.close();
});

test('a large tree comes in pages, each parent before what is below it, with what changes meanwhile', async () => {
  const count = 12_000;
  const run = new Simulation(
    `version: '2.0'\nwf:\n  tasks:\n    a: {with-items: 'i in <% range(${count}) %>', action: std.async_noop}\n`,
  );
  run.start('wf');
  run.run();
  const feed = new ChangeFeed((_tree, workflow) => run.definition(workflow.name));
  const seen = new Map<string, string>();
  const take = (node: Node) => {
    if (node.parentId !== null) expect(seen.has(node.parentId)).toBe(true);
    seen.set(node.id, node.state);
  };
  const done = new Promise<void>((resolve) =>
    feed.subscribe((changes) => {
      for (const change of changes) if (change.type === 'nodes') change.nodes.forEach(take);
      if (seen.size === run.tree.actions.size + 2) resolve();
    }),
  );
  const { nodes, left } = await feed.watch(run.rootId, () => Promise.resolve(run.tree));
  nodes.forEach(take);
  expect(nodes.length).toBeLessThan(run.tree.actions.size);
  expect(nodes.length + left).toBe(run.tree.actions.size + 2);
  const last = [...run.tree.actions.keys()].at(-1) as ActionExecutionId;
  const before = run.commits.length;
  run.command({ type: 'CompleteAction', id: last, result: { state: 'SUCCESS', value: null } });
  for (const { events } of run.commits.slice(before)) feed.committed(run.tree, events);
  await done;
  expect(seen.get(last)).toBe('SUCCESS');
  feed.close();
});

test('who was shown the beginning of a tree that cannot be read hears so', async () => {
  const run = new Simulation(text);
  run.start('wf');
  run.run();
  const feed = new ChangeFeed((_tree, workflow) => run.definition(workflow.name));
  const told = new Promise<readonly Change[]>((resolve) => feed.subscribe(resolve));
  const { nodes } = await feed.watch(
    run.rootId,
    () => Promise.reject(new Error('The disk is gone.')),
    () => Promise.resolve(run.tree),
  );
  expect(nodes.map(({ name }) => name)).toContain('a');
  expect(await told).toEqual([{ type: 'watchFailed', rootId: run.rootId, message: 'The disk is gone.' }]);
  feed.close();
});

test('whatever the workflow, and however many commits are told together, every row that changes is told to who watches', () =>
  fc.assert(
    fc.property(arbitraryWorkflow, fc.nat({ max: 20 }), fc.integer({ min: 1, max: 8 }), (text, patience, together) => {
      const run = new Simulation(text);
      const lookup: DefinitionLookup = (_tree, workflow) => run.definition(workflow.name);
      const rows = () => new Map(new NodeView(run.tree, lookup).all().map((node) => [node.id, JSON.stringify(node)]));
      run.start('wf');
      let before = rows();
      let seen = run.commits.length;
      const look = () => {
        const events = run.commits.slice(seen).flatMap((commit) => commit.events);
        const told = new Set(events.flatMap((event) => touchedNodes(run.tree, event, lookup)));
        const after = rows();
        const changed = [...after].filter(([id, row]) => before.get(id) !== row && !told.has(id));
        expect(changed.map(([id, row]) => [before.get(id), row])).toEqual([]);
        before = after;
        seen = run.commits.length;
      };
      for (let step = 0; run.stepOrResume() && step < 500; step++) {
        if (step % together === 0) look();
        if (step !== patience) continue;
        run.command({ type: 'StopExecution', id: run.rootId, state: 'CANCELLED', message: null });
      }
      look();
    }),
    propertyRuns(100),
  ));
