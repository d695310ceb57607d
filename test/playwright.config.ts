import path from 'node:path';
import { defineConfig } from '@playwright/test';

const root = path.join(import.meta.dirname, '..');

export default defineConfig({
  testDir: 'e2e',
  outputDir: path.join(root, 'test/output/e2e'),
  reporter: [['list'], ['json', { outputFile: path.join(root, 'test/output/playwright.json') }]],
  forbidOnly: Boolean(process.env.CI),
  // One application at a time: on two cores, two of them slow each other down until timings say nothing.
  workers: 1,
  // One busy moment of a shared machine is no failure; the report names what needed a second try as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A trace takes a fifth of the time: where there is a second try, it is left to that one.
  use: { trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure', screenshot: 'only-on-failure' },
});
