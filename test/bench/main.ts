import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { Figures } from './figures.ts';
import { print, type Run, resultOf, rows } from './table.ts';
import { fill, storedFor, works } from './works.ts';

/**
 * `npm run bench`: the table of benchmarks. `--json` prints it as JSON and nothing else, `--only <id>` (more than once if
 * need be) only some rows, `--runs N` makes each figure the median of N runs instead of five, `--folder <path>` uses
 * another disk than the one with the temporary files.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '5' },
    folder: { type: 'string', default: tmpdir() },
    // What this program asks of itself: a work to measure, or executions to store, in `--folder`.
    work: { type: 'string' },
    fill: { type: 'string' },
  },
});

if (values.fill !== undefined) {
  console.log(JSON.stringify(await fill(values.folder, Number(values.fill))));
} else if (values.work !== undefined) {
  console.log(JSON.stringify(await measure(values.work, values.folder)));
} else {
  await bench();
}

async function bench(): Promise<void> {
  const wanted = rows.filter(
    ({ id, of }) => values.only.length === 0 || values.only.includes(id) || values.only.includes(of[0] ?? ''),
  );
  if (wanted.length === 0) throw new Error(`There is no such row. There are: ${rows.map(({ id }) => id).join(', ')}.`);
  const names = [...works.keys()].filter((name) => wanted.some(({ of }) => of.includes(name)));
  const folder = await mkdtemp(join(values.folder, 'windrose-bench-'));
  try {
    const before = loadavg();
    const stores = new Map<number, string>();
    for (const count of new Set(names.map((name) => storedFor.get(name)).filter((each) => each !== undefined))) {
      note(`storing ${count} executions`);
      stores.set(count, await emptyFolder(folder, `stored-${count}`));
      await child(['--fill', String(count), '--folder', stores.get(count) ?? '']);
    }
    const runs: Run[] = [];
    for (let at = 1; at <= Number(values.runs); at++) {
      const run = new Map<string, Figures>();
      // Work after work and not run after run, so that a busy moment of the machine does not hit all runs of one work.
      for (const name of names) {
        note(`run ${at} of ${values.runs}: ${name}`);
        const store = stores.get(storedFor.get(name) ?? 0);
        const own = store ?? (await emptyFolder(folder, `${name}-${at}`));
        run.set(name, await child(['--work', name, '--folder', own]));
        if (store === undefined) await rm(own, { recursive: true });
      }
      runs.push(run);
    }
    const results = wanted.map((row) => resultOf(row, runs));
    if (values.json) {
      console.log(JSON.stringify(results, null, 2));
      return;
    }
    print(results);
    const load = (averages: readonly number[]): string => averages.map((each) => each.toFixed(1)).join(' ');
    console.log(
      `\nEach figure is the median of ${values.runs} runs. ${cpus().length} processors, Node ${process.versions.node}; ` +
        `load average before ${load(before)}, after ${load(loadavg())}.`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lives as long as it takes to measure one work once. */
async function measure(name: string, folder: string): Promise<Figures> {
  const work = works.get(name);
  if (work === undefined) throw new Error(`There is no work ${name}.`);
  // The time between two ticks of a timer of a millisecond.
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const figures = await work(folder, async (part) => {
    delay.enable();
    try {
      return await part();
    } finally {
      delay.disable();
    }
  });
  return { ...figures, 'loop p99': delay.percentile(99) / 1e6, 'loop longest': delay.max / 1e6 };
}

function child(args: readonly string[]): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    process_.stdout.on('data', (data) => {
      output += data;
    });
    process_.once('error', reject);
    process_.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as Figures);
      else reject(new Error(`${args.join(' ')} failed`));
    });
  });
}

async function emptyFolder(parent: string, name: string): Promise<string> {
  const folder = join(parent, name);
  await mkdir(folder);
  return folder;
}

/** What it is at, for somebody who waits in front of a terminal. */
function note(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
