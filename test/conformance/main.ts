import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deviations } from './deviations.ts';
import { runExpressionOracles } from './expression-oracles.ts';
import { runCases } from './run-cases.ts';
import { runYamlOracle } from './yaml-oracle.ts';

/**
 * `npm run conformance` for the corpus of the project, `npm run conformance -- DIR` for another one of the same layout.
 * Prints a table by feature, what differs, and `N passed, N failed` at the end.
 */
interface Row {
  total: number;
  level1: number;
  level2: number | null;
}

const folder = resolve(process.argv[2] ?? join(process.cwd(), 'test/conformance'));
const verbose = process.argv.includes('--details');
const table = new Map<string, Row>();
const failures: string[] = [];
const deviated: string[] = [];

function count(feature: string, level1: boolean, level2: boolean | null): void {
  const row = table.get(feature) ?? { total: 0, level1: 0, level2: level2 === null ? null : 0 };
  row.total++;
  row.level1 += Number(level1);
  if (row.level2 !== null) row.level2 += Number(level2);
  table.set(feature, row);
}

if (existsSync(join(folder, 'cases'))) {
  for (const { id, feature, level1, level2 } of await runCases(join(folder, 'cases'))) {
    if (level1.length > 0 && deviations.has(id)) {
      deviated.push(`${id}: ${deviations.get(id)}`);
      continue;
    }
    count(feature, level1.length === 0, level1.length === 0 && level2.length === 0);
    if (level1.length > 0)
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

console.log('feature           level 1           level 2');
for (const [feature, { total, level1, level2 }] of [...table].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const share = (n: number): string => `${String(n).padStart(4)} / ${String(total).padEnd(4)} ${percent(n, total)}`;
  console.log(`${feature.padEnd(16)}${share(level1)}${level2 === null ? '' : `  ${share(level2)}`}`);
}
if (deviated.length > 0) console.log(`\nDifferent on purpose (${deviated.length}):\n  ${deviated.join('\n  ')}`);
if (failures.length > 0) console.log(`\nDifferent (${failures.length}):\n  ${failures.join('\n  ')}`);

const passed = [...table.values()].reduce((sum, row) => sum + row.level1, 0);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;

function percent(n: number, total: number): string {
  return `${Math.floor((100 * n) / total)} %`.padStart(5);
}
