import { defineConfig } from 'vitest/config';
import { workerText } from '../electron/build/worker-text.mjs';

export default defineConfig({
  root: `${import.meta.dirname}/..`,
  plugins: [workerText()],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['test/property-seed.ts'],
    // Nothing here is about time: a busy machine may take its time.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default', ['json', { outputFile: 'test/output/vitest.json' }]],
  },
});
