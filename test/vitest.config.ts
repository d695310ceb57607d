import os from 'node:os';
import { defineConfig } from 'vitest/config';
import { workerText } from '../electron/build/worker-text.mjs';

/**
 * One process runs file after file of these, which saves a second of loading for each: what they open they close, and what
 * the modules that they load remember changes nothing. The order must not matter (`--sequence.shuffle.files`). The others
 * have processes of their own: the window's state is one store in a module, and some fill the memory or end programs.
 */
const together = [
  'test/engine/**/*.test.ts',
  'test/{conformance,conformance-more,contracts}/*.test.ts',
  'test/electron/*.test.ts',
  'test/renderer/{features,ui}/**/*.test.{ts,tsx}',
];

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
      { extends: true, test: { name: 'together', include: together, isolate: false } },
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.{ts,tsx}'], exclude: together } },
    ],
  },
});
