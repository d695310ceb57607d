import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deviationOf } from '../conformance/deviations.ts';
import { runExpressionOracles } from '../conformance/expression-oracles.ts';
import { runCases } from '../conformance/run-cases.ts';

test('every further case does what Mistral did, but for those that differ on purpose', async () => {
  const results = await runCases(join(import.meta.dirname, 'cases'));
  expect(results.length).toBeGreaterThan(0);
  const different = results.filter(({ level1 }) => level1.length > 0);
  const failures = different.filter((result) => deviationOf(result) === null);
  expect(failures.map(({ id, level1 }) => `${id}: ${level1.join('\n')}`)).toEqual([]);
  // A deviation that is none any more must not stay in the list.
  expect(results.filter((result) => deviationOf(result) !== null)).toEqual(different);
}, 120_000);

test('every further expression gives what Mistral gave', () => {
  const results = runExpressionOracles(import.meta.dirname);
  expect(results.length).toBeGreaterThan(500);
  expect(results.filter(({ passed }) => !passed).map(({ id, detail }) => `${id}: ${detail}`)).toEqual([]);
});
