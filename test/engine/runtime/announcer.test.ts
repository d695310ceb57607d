import { expect, test } from 'vitest';
import type { Event } from '../../../engine/model/events.ts';
import { isCompleted } from '../../../engine/model/states.ts';
import { openEngine, temporaryFolder } from './engine-fixture.ts';

const text = `
version: '2.0'
three:
  tasks:
    one: {action: std.echo output=1, on-success: two}
    two: {action: std.echo output=2, on-success: three}
    three: {action: std.echo output=3}
`;

test('what reaches the disk together is told together: every event once, in order, with the tree that the last one left', async () => {
  await using folder = await temporaryFolder('announcer');
  const { engine, library, store, start, ended, close } = await openEngine(folder.path);
  await library.save(text, '');
  const told: Event[] = [];
  let newest = 0;
  const end = new Promise<void>((resolve) => {
    engine.onCommit((tree, events) => {
      told.push(...events);
      newest = tree.records;
      for (const event of events) {
        if (event.type === 'TaskCompleted') expect(isCompleted(tree.tasks.get(event.id)?.state ?? 'IDLE')).toBe(true);
        if (event.type === 'WorkflowEnded') resolve();
      }
    });
  });
  const rootId = await start('three');
  await end;
  const tree = await ended(rootId);

  const committed: Event[] = [];
  let commits = 0;
  for await (const { commit } of store.history(rootId)) {
    committed.push(...commit.events);
    commits++;
  }
  expect(commits).toBeGreaterThan(3);
  expect(told).toEqual(committed);
  expect(newest).toBe(tree.records);
  await close();
});
