import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deviationOf } from './deviations.ts';
import { runExpressionOracles } from './expression-oracles.ts';
import { runCases } from './run-cases.ts';
import { runYamlOracle } from './yaml-oracle.ts';

/**
 * `npm run conformance` for the corpus of the project, `npm run conformance -- DIR` for another one of the same layout.
 * Prints a table by feature, what differs, and `N passed, N failed` at the end. What differs on purpose is neither: it
 * has a column of its own.
 */
interface Row {
  total: number;
  level1: number;
  level2: number | null;
  deviations: number;
}

const folder = resolve(process.argv[2] ?? join(process.cwd(), 'test/conformance'));
const verbose = process.argv.includes('--details');
const table = new Map<string, Row>();
const failures: string[] = [];
const deviated: string[] = [];

function count(feature: string, level1: boolean, level2: boolean | null, isDeviation = false): void {
  const row = table.get(feature) ?? { total: 0, level1: 0, level2: level2 === null ? null : 0, deviations: 0 };
  row.total++;
  row.deviations += Number(isDeviation);
  row.level1 += Number(level1);
  if (row.level2 !== null) row.level2 += Number(level2);
  table.set(feature, row);
}

if (existsSync(join(folder, 'cases'))) {
  for (const result of await runCases(join(folder, 'cases'))) {
    const { id, feature, level1, level2 } = result;
    const deviation = level1.length === 0 ? null : deviationOf(result);
    count(feature, level1.length === 0, level1.length === 0 && level2.length === 0, deviation !== null);
    if (deviation !== null) deviated.push(`${id}: ${deviation}`);
    else if (level1.length > 0)
      failures.push(
        `${id}\n${level1
          .slice(0, 6)
          .map((line) => `    ${line.slice(0, 400)}`)
          .join('\n')}`,
      );
    else if (verbose && level2.length > 0) console.log(`${id} (level 2)\n    ${level2.join('\n    ')}`);
  }
}
for (const { id, feature, passed, detail } of [...runYamlOracle(folder), ...runExpressionOracles(folder)]) {
  count(feature, passed, null);
  if (!passed) failures.push(`${feature} ${id}\n    ${detail.slice(0, 400)}`);
}

console.log('feature           level 1           level 2          on purpose');
for (const [feature, { total, level1, level2, deviations }] of [...table].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const share = (n: number): string => `${String(n).padStart(4)} / ${String(total).padEnd(4)} ${percent(n, total)}`;
  const columns = [feature.padEnd(14), share(level1), level2 === null ? '' : share(level2)];
  console.log(`${columns.join('  ')}${deviations === 0 ? '' : String(deviations).padStart(6)}`);
}
if (deviated.length > 0) console.log(`\nDifferent on purpose (${deviated.length}):\n  ${deviated.join('\n  ')}`);
if (failures.length > 0) console.log(`\nDifferent (${failures.length}):\n  ${failures.join('\n  ')}`);

const passed = [...table.values()].reduce((sum, row) => sum + row.level1, 0);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;

function percent(n: number, total: number): string {
  return `${Math.floor((100 * n) / total)} %`.padStart(5);
}
