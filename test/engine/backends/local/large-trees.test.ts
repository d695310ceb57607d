import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Node } from '../../../../engine/api/resources.ts';
import { LocalBackendFixture } from './backend-fixture.ts';

let backend: LocalBackendFixture;
let id: string;

/** Its document has some 4 MB. */
beforeAll(async () => {
  backend = await LocalBackendFixture.open();
  const batch = Array.from({ length: 100 }, (_, at) => `    t${at}: {action: std.noop}`).join('\n');
  const large =
    "large:\n  tasks:\n    batches: {with-items: 'n in <% range(50) %>', workflow: batch}\n    after: {action: std.noop}";
  await backend.call('workflows.save', { text: `version: '2.0'\nbatch:\n  tasks:\n${batch}\n${large}` });
  ({ id } = await backend.call('executions.start', { workflow: 'large' }));
  await backend.ended(id);
  await backend.reopen();
});
afterAll(() => backend.close());

test('a large tree that is on disk is shown from the top before all of it has been read', async () => {
  const seen = new Map<string, Node>();
  const untilWhole = new Promise<void>((resolve) => {
    backend.subscribe((changes) => {
      for (const change of changes) {
        if (change.type !== 'nodes') continue;
        for (const node of change.nodes) seen.set(node.id, node);
        if (change.left === 0) resolve();
      }
    });
  });
  const { nodes, left } = await backend.call('executions.watch', { id });
  expect(nodes[0]).toMatchObject({ id, name: 'large', state: 'SUCCESS' });
  expect(nodes.filter(({ parentId }) => parentId === id).map(({ name }) => name)).toContain('batches');
  expect(nodes.length + left).toBe(4 + 50 + 5000 + 5000);

  await untilWhole;
  expect(seen.size).toBe(nodes.length + left);
  const { nodes: whole } = await backend.call('executions.at', { id, position: 1_000_000 });
  expect([...seen.values()].sort((a, b) => a.order - b.order)).toEqual(whole);
});
