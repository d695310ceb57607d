import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deviations } from './deviations.ts';
import { runCases } from './run-cases.ts';

test('every case of the corpus does what Mistral did, but for those that differ on purpose', async () => {
  const results = await runCases(join(import.meta.dirname, 'cases'));
  expect(results).toHaveLength(373);
  const different = results
    .filter(({ id, level1 }) => level1.length > 0 && !deviations.has(id))
    .map(({ id, level1 }) => `${id}: ${level1.join('\n')}`);
  expect(different).toEqual([]);
  // A deviation that is none any more must not stay in the list.
  const stale = results.filter(({ id, level1 }) => level1.length === 0 && deviations.has(id)).map(({ id }) => id);
  expect(stale).toEqual([]);
}, 120_000);
