import { expect, test } from 'vitest';
import type { Change } from '../../../../engine/api/changes.ts';
import { ChangeFeed } from '../../../../engine/backends/local/change-feed.ts';
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
