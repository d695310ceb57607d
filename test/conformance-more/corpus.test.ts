import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runExpressionOracles } from '../conformance/expression-oracles.ts';
import { runCases } from '../conformance/run-cases.ts';

test('every further case does what Mistral did', async () => {
  const results = await runCases(join(import.meta.dirname, 'cases'));
  expect(results.length).toBeGreaterThan(0);
  const different = results
    .filter(({ level1 }) => level1.length > 0)
    .map(({ id, level1 }) => `${id}: ${level1.join('\n')}`);
  expect(different).toEqual([]);
}, 120_000);

test('every further expression gives what Mistral gave', () => {
  const results = runExpressionOracles(import.meta.dirname);
  expect(results.length).toBeGreaterThan(500);
  expect(results.filter(({ passed }) => !passed).map(({ id, detail }) => `${id}: ${detail}`)).toEqual([]);
});
