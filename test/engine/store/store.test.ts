import { expect, test } from 'vitest';
import { Lists, temporaryFolder } from './lists.ts';

test('what was committed is there after the store was closed and opened', async () => {
  const folder = await temporaryFolder();
  const lists = await Lists.open(folder);
  await lists.add('aa-1', 'one');
  await lists.add('aa-1', 'two');
  await lists.store.close();

  const again = await Lists.open(folder);
  expect(again.unfinished).toEqual([]);
  expect(await again.load('aa-1')).toEqual(['one', 'two']);
  expect(again.store.list({ cursor: null, limit: 10 }).summaries).toEqual([{ createdAt: 1, count: 2 }]);
});
