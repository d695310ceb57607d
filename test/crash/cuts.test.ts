import { expect, test } from 'vitest';
import { cuts } from './cuts.ts';

test('executions come to the same end from wherever the journal is cut', { timeout: 60_000 }, async () => {
  for await (const { what, wrong } of cuts({ seed: 1, count: 120 })) expect(wrong, what).toBeNull();
});
