import { expect, test } from 'vitest';
import { WatchedTrees } from '../../electron/watched-trees.ts';
import { ApiError } from '../../engine/api/api-error.ts';
import type { Backend } from '../../engine/api/backend.ts';

function watched() {
  const calls: string[] = [];
  const backend = {
    call: async (method: string, { id }: { id: string }) => {
      calls.push(`${method} ${id}`);
      if (id === 'missing') throw new ApiError('NOT_FOUND', 'There is no such execution.');
      return {};
    },
  } as Pick<Backend, 'call'>;
  return { trees: new WatchedTrees(backend), calls };
}

test('a page that goes away leaves no tree watched', async () => {
  const { trees, calls } = watched();
  await trees.call('executions.watch', { id: 'a' });
  await trees.call('executions.watch', { id: 'b' });
  await trees.call('executions.unwatch', { id: 'a' });
  calls.length = 0;
  await trees.letGo();
  await trees.letGo();
  expect(calls).toEqual(['executions.unwatch b']);
});

test('a tree that could not be watched is not let go either', async () => {
  const { trees, calls } = watched();
  await expect(trees.call('executions.watch', { id: 'missing' })).rejects.toThrow('no such execution');
  await trees.letGo();
  expect(calls).toEqual(['executions.watch missing']);
});

test('a tree that was still being read when the page went away is let go with it', async () => {
  const { trees, calls } = watched();
  const reading = trees.call('executions.watch', { id: 'a' });
  await trees.letGo();
  await reading;
  expect(calls).toEqual(['executions.watch a', 'executions.unwatch a']);
});
