import { defineConfig } from 'vitest/config';
import { workerText } from '../electron/build/worker-text.mjs';

export default defineConfig({
  root: `${import.meta.dirname}/..`,
  plugins: [workerText()],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    reporters: ['default', ['json', { outputFile: 'test/output/vitest.json' }]],
  },
});
