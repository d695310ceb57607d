import os from 'node:os';
import { defineConfig } from 'vitest/config';
import { workerText } from '../electron/build/worker-text.mjs';

/** What is tested there keeps nothing between two calls, so that one process can run file after file. */
const pure = ['test/engine/{expressions,language,yaml}/**/*.test.ts', 'test/renderer/{features,ui}/**/*.test.{ts,tsx}'];

export default defineConfig({
  root: `${import.meta.dirname}/..`,
  plugins: [workerText()],
  test: {
    environment: 'node',
    setupFiles: ['test/property-seed.ts'],
    // Nothing here is about time: a busy machine may take its time.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: os.availableParallelism(),
    reporters: ['default', ['json', { outputFile: 'test/output/vitest.json' }]],
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.{ts,tsx}'], exclude: pure } },
    ],
  },
});
