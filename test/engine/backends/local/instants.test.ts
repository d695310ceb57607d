import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Instants } from '../../../../engine/backends/local/instants.ts';
import { applyAll } from '../../../../engine/core/apply.ts';
import { toDocument } from '../../../../engine/core/document.ts';
import { type ExecutionTree, emptyTree } from '../../../../engine/core/execution-tree.ts';
import type { Commit } from '../../../../engine/model/events.ts';
import type { WorkflowExecutionId } from '../../../../engine/model/ids.ts';
import { openEngine, temporaryFolder } from '../../runtime/engine-fixture.ts';

const text = `version: '2.0'
many:
  tasks:
    items:
      with-items: i in <% range(300) %>
      concurrency: 3
      action: std.echo output=<% $.i %>
      publish: {all: <% task().result.len() %>}
      on-success: [a, b]
    a: {action: std.fail, retry: {count: 2, delay: 0}, on-error: j}
    b: {workflow: inner, on-success: j}
    j: {join: all, action: std.noop}
inner:
  tasks:
    x: {action: std.noop}
`;

test('an execution at any of its commits is what its first commits make', async () => {
  await using folder = await temporaryFolder('instants');
  const opened = await openEngine(folder.path);
  await opened.library.save(text, '');
  const id = await opened.start('many');
  const last = await opened.ended(id);
  await opened.store.flush();

  const trees: ExecutionTree[] = [emptyTree(id as WorkflowExecutionId)];
  const times: number[] = [0];
  for await (const { commit } of opened.store.history(id)) {
    trees.push(applied(trees.at(-1) as ExecutionTree, commit));
    times.push(commit.at);
  }
  const count = trees.length - 1;
  expect(toDocument(trees[count] as ExecutionTree)).toEqual(toDocument(last));

  // Whichever was looked at before.
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: count + 1 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom('nothing', 'the newest tree', 'marks that are being made'),
      async (looks, had) => {
        const newest = had === 'the newest tree' ? { tree: last, position: count } : null;
        const instants = new Instants(opened.store, () => newest);
        const prepared = had === 'marks that are being made' ? instants.prepare(id) : null;
        for (const position of looks) {
          const instant = await instants.at(id, position);
          expect(instant.position).toBe(Math.min(position, count));
          expect(instant.at).toBe(times[instant.position]);
          expect(toDocument(instant.tree)).toEqual(toDocument(trees[instant.position] as ExecutionTree));
        }
        await prepared;
      },
    ),
    { numRuns: 30 },
  );
  await opened.close();
});

function applied(tree: ExecutionTree, { at, events }: Commit): ExecutionTree {
  return applyAll(tree, events, at);
}

test('what the history lacks is no reason to wait for ever: a look ends where the history ends', async () => {
  const tree = emptyTree('a' as WorkflowExecutionId);
  const histories = {
    // biome-ignore lint/correctness/useYield: it fails before it gives anything
    async *history(): AsyncGenerator<{ position: number; commit: Commit }> {
      await Promise.resolve();
      throw new Error('The disk does not answer.');
    },
  };
  const instants = new Instants(histories, () => null);
  const prepared = instants.prepare('a');
  const looked = instants.at('a', 1);
  await expect(prepared).rejects.toThrow('does not answer');
  await expect(looked).rejects.toThrow('does not answer');
  expect(
    (await new Instants({ history: async function* () {} }, () => ({ tree, position: 3 })).at('a', 3)).position,
  ).toBe(0);
});
