// @ts-check
// Adds up what vitest and Playwright reported, names the steps that failed (the arguments), and fails if anything did.
import fs from 'node:fs';

const failedSteps = process.argv.slice(2);
const unit = read('test/output/vitest.json');
const e2e = read('test/output/playwright.json');

let passed = 0;
let failed = 0;
if (unit !== null) {
  passed += unit.numPassedTests;
  failed += unit.numFailedTests;
  // A file that could not even be loaded has no tests that could fail.
  for (const { status, assertionResults } of unit.testResults)
    if (status === 'failed' && assertionResults.length === 0) failed += 1;
}
if (e2e !== null) {
  passed += e2e.stats.expected + e2e.stats.flaky;
  failed += e2e.stats.unexpected + e2e.errors.length;
}
for (const step of failedSteps) console.log(`Failed: ${step}`);
// A step may fail without a test that says so.
failed = Math.max(failed, failedSteps.length);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** @param {string} file */
function read(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
}
