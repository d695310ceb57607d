import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deviationOf } from './deviations.ts';
import { runCases } from './run-cases.ts';

test('every case of the corpus does what Mistral did, but for those that differ on purpose', async () => {
  const results = await runCases(join(import.meta.dirname, 'cases'));
  expect(results).toHaveLength(373);
  const different = results.filter(({ level1 }) => level1.length > 0);
  const failures = different.filter((result) => deviationOf(result) === null);
  expect(failures.map(({ id, level1 }) => `${id}: ${level1.join('\n')}`)).toEqual([]);
  // A deviation that is none any more must not stay in the list.
  const listed = results.filter((result) => deviationOf(result) !== null);
  expect(listed).toEqual(different);
}, 120_000);
