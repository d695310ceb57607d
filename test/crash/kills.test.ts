import { expect, test } from 'vitest';
import { kills } from './kills.ts';

test('a backend that is killed at any moment keeps what it answered and did', { timeout: 60_000 }, async () => {
  for await (const { what, wrong } of kills({ seed: 1, count: 6 })) expect(wrong, what).toBeNull();
});
