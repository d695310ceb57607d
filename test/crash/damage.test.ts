import { expect, test } from 'vitest';
import { damage } from './damage.ts';

test('a damaged file harms only what is in it, is kept, and is told', { timeout: 60_000 }, async () => {
  for await (const { what, wrong } of damage({ seed: 1, count: 30 })) expect(wrong, what).toBeNull();
});
