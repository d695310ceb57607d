import { expect, test } from 'vitest';
import { faults } from './faults.ts';

test('whatever the disk refuses, nothing that was answered or told is lost', { timeout: 60_000 }, async () => {
  for await (const { what, wrong } of faults({ seed: 1, count: 60 })) expect(wrong, what).toBeNull();
});
