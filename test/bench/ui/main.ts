import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { print } from '../table.ts';
import { resultOf, rows } from './rows.ts';
import { type Figures, fill, measure } from './works.ts';

/**
 * `npm run bench:ui`: what the window holds, measured in the real application over generated executions. `--json` prints
 * the rows as JSON and nothing else, `--only <id>` (more than once if need be) only some rows, or all of one work.
 * `--stores <folder>` keeps the stores that are filled for it there, and uses those that are there already;
 * `--fill` fills them and measures nothing.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    stores: { type: 'string' },
    fill: { type: 'boolean', default: false },
  },
});

const wanted = rows.filter(
  ({ id, of }) => values.only.length === 0 || values.only.includes(id) || values.only.includes(of),
);
if (wanted.length === 0) throw new Error(`There is no such row. There are: ${rows.map(({ id }) => id).join(', ')}.`);
const before = loadavg();
const figures: Record<string, Figures> = {};
for (const name of new Set(wanted.map(({ of }) => of))) {
  const began = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'windrose-bench-ui-'));
  await fill(name, folder, values.stores ?? null);
  const stored = Date.now();
  if (!values.fill) figures[name] = await measure(name, folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  const seconds = (from: number, to: number) => `${Math.round((to - from) / 1000)} s`;
  const measured = values.fill ? '' : `, measured in ${seconds(stored, Date.now())}`;
  console.error(`${name}: filled in ${seconds(began, stored)}${measured}`, figures[name] ?? '');
}
if (values.fill) process.exit(0);
const results = wanted.map((row) => resultOf(row, figures[row.of] ?? {}));
if (values.json) console.log(JSON.stringify(results, null, 2));
else {
  print(results);
  const load = (averages: readonly number[]): string => averages.map((each) => each.toFixed(1)).join(' ');
  console.log(
    `\n${cpus().length} processors, Node ${process.versions.node}; load average before ${load(before)}, after ${load(loadavg())}.`,
  );
}
// The engine that filled the stores may still hold a timer.
process.exit(0);
