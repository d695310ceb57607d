import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCases } from '../conformance/run-cases.ts';

test('every further case does what Mistral did', async () => {
  const results = await runCases(join(import.meta.dirname, 'cases'));
  expect(results.length).toBeGreaterThan(0);
  const different = results
    .filter(({ level1 }) => level1.length > 0)
    .map(({ id, level1 }) => `${id}: ${level1.join('\n')}`);
  expect(different).toEqual([]);
}, 120_000);
