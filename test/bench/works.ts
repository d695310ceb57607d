import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Instants } from '../../engine/backends/local/instants.ts';
import { openLocalBackend } from '../../engine/backends/local/local-backend.ts';
import { checkWorkbook } from '../../engine/language/check-definitions.ts';
import { isAlive, until } from '../engine/actions/processes.ts';
import { type BenchEngine, openBenchEngine } from './bench-engine.ts';
import { type Figures, median } from './figures.ts';
import { measureMachine } from './machine.ts';
import { commands, fanOut, oneTask, sequence, threeTasks, withItems, workbook } from './workflows.ts';

/**
 * A piece of work, measured once in each run, in a process of its own.
 *
 * @param folder empty, or a store with so many executions as `storedFor` says
 * @param watch does the part during which the event loop is watched
 */
type Work = (folder: string, watch: <T>(part: () => Promise<T>) => Promise<T>) => Promise<Figures>;

const BURST = 1000;

/**
 * An app that runs for hours has its code compiled: sequences, fan-outs, items and bursts are measured after so many rounds.
 * The fan-out took 340 ms the first time, 140 the fourth, 90 to 130 from the eighth on. What the first round takes has rows of
 * its own.
 */
const ROUNDS = 8;

/** How many executions are in the folder before: one folder serves all works and runs that want the same. */
export const storedFor: ReadonlyMap<string, number> = new Map([
  ['executions-10000', 10_000],
  ['start', 10_000],
  ['executions-50000', 50_000],
  ['memory', 50_000],
]);

export const works: ReadonlyMap<string, Work> = new Map<string, Work>([
  ['machine', measureMachine],

  [
    'one-task',
    async (folder, watch) => {
      await using engine = await openBenchEngine(folder);
      await engine.save(oneTask);
      for (let i = 0; i < 100; i++) await engine.run('one');
      const times: number[] = [];
      await watch(async () => {
        for (let i = 0; i < 200; i++) times.push(await timeOf(() => engine.run('one')));
      });
      return { p50: median(times) };
    },
  ],

  ['sequence', (folder, watch) => throughput(folder, watch, 'line', sequence('line', 1000), 1000)],
  ['fan-out', (folder, watch) => throughput(folder, watch, 'fan-out', fanOut(1000), 1002)],
  ['with-items', (folder, watch) => throughput(folder, watch, 'items', withItems(10_000), 10_000)],

  [
    'length',
    async (folder, watch) => {
      await using engine = await openBenchEngine(folder);
      await engine.save(sequence('short', 1000));
      await engine.save(sequence('long', 10_000));
      const times: number[] = [];
      for (let i = 0; i < 2 * ROUNDS; i++) times.push(await timeOf(() => engine.run('short')));
      const short = median(times.slice(ROUNDS));
      return await watch(async () => ({ ratio: (await timeOf(() => engine.run('long'))) / short }));
    },
  ],

  ['executions', burst],
  ['executions-10000', burst],
  ['executions-50000', burst],

  [
    'start',
    async (folder, watch) => {
      const log = { info: () => {}, warn: console.error, error: console.error };
      const started = performance.now();
      const backend = await openLocalBackend({ folder, log });
      const query = { cursor: null, limit: 100, text: '', state: null };
      const { executions, total } = await backend.call('executions.list', query);
      const list = performance.now() - started;
      const id = executions[50]?.id;
      if (id === undefined || total < 10_000) throw new Error(`the store holds only ${total} executions`);
      const open = await watch(() => timeOf(() => backend.call('executions.watch', { id })));
      await backend.close();
      return { list, open };
    },
  ],

  [
    'large',
    async (folder, watch) => {
      await warmUp(`${folder}-warm`, withItems(10_000), (engine) => engine.run('items'));
      await using engine = await openBenchEngine(folder);
      await engine.save(withItems(100_000));
      const milliseconds = await watch(() =>
        timeOf(async () => {
          await engine.run('items');
          await engine.store.flush();
        }),
      );
      return { rate: 100_000 / (milliseconds / 1000), rss: process.memoryUsage.rss() / 1e6 };
    },
  ],

  ['commands', runCommands],

  [
    'instant',
    async (folder, watch) => {
      const before = await openBenchEngine(folder);
      await before.save(sequence('line', 16_000));
      const id = await before.run('line');
      await before[Symbol.asyncDispose]();
      await using engine = await openBenchEngine(folder);
      let events = 0;
      let last = 0;
      for await (const { position, commit } of engine.store.history(id)) {
        events += commit.events.length;
        last = position;
      }
      if (events < 100_000) throw new Error(`there are only ${events} events`);
      const instants = new Instants(engine.store, engine.newest);
      return await watch(async () => {
        const open = await timeOf(() => engine.open(id));
        const first = await timeOf(() => instants.at(id, last));
        // What reading the first page of its history starts.
        const ahead = await timeOf(() => instants.prepare(id));
        const times: number[] = [];
        for (let part = 1; part < 40; part++) {
          times.push(await timeOf(() => instants.at(id, Math.floor((last * ((part * 7) % 40)) / 40) + 1)));
        }
        const cold = await timeOf(() => new Instants(engine.store, () => null).at(id, last - 1));
        return { cold, open, first, ahead, longest: Math.max(...times), p50: median(times) };
      });
    },
  ],

  [
    'check',
    async (_folder, watch) => {
      // As while somebody types: most of the text is what it was.
      const check = (edit: string): void => {
        const { problems } = checkWorkbook(workbook(edit));
        if (problems.length > 0) throw new Error(JSON.stringify(problems));
      };
      for (let i = 0; i < 20; i++) check(`before ${i}`);
      const times: number[] = [];
      await watch(async () => {
        for (let i = 0; i < 100; i++) {
          times.push(await timeOf(async () => check(`edit ${i}`)));
          await new Promise(setImmediate);
        }
      });
      return { p50: median(times) };
    },
  ],

  [
    'memory',
    async (folder) => {
      await using engine = await openBenchEngine(folder);
      await engine.save(threeTasks);
      // As the app does soon after its start.
      await engine.store.check();
      await runMany(engine, BURST);
      await engine.store.flush();
      return { rss: process.memoryUsage.rss() / 1e6 };
    },
  ],
]);

/** Fills a store with executions that have ended, and says how much memory the process has then. */
export async function fill(folder: string, executions: number): Promise<Figures> {
  await using engine = await openBenchEngine(folder);
  await engine.save(threeTasks);
  for (let done = 0; done < executions; done += BURST) {
    await Promise.all(Array.from({ length: Math.min(BURST, executions - done) }, () => engine.run('three')));
    await engine.store.flush();
  }
  return { rss: process.memoryUsage.rss() / 1e6 };
}

async function throughput(
  folder: string,
  watch: Parameters<Work>[1],
  name: string,
  text: string,
  pieces: number,
): Promise<Figures> {
  await using engine = await openBenchEngine(folder);
  await engine.save(text);
  const first = await timeOf(() => engine.run(name));
  for (let i = 1; i < ROUNDS; i++) await engine.run(name);
  const milliseconds = await watch(() => timeOf(() => engine.run(name)));
  return { rate: pieces / (milliseconds / 1000), first: pieces / (first / 1000) };
}

/** Many small executions at once: until all have ended durably, and until all are in their documents. */
async function burst(folder: string, watch: Parameters<Work>[1]): Promise<Figures> {
  const first = await warmUp(`${folder}-warm`, threeTasks, (engine) => runMany(engine, BURST));
  await using engine = await openBenchEngine(folder);
  await engine.save(threeTasks);
  // The last of the rounds before: the folders of the files are made, and the store has been used since it was opened.
  await runMany(engine, BURST);
  await engine.store.flush();
  return await watch(async () => {
    const { syncs } = engine.disk;
    const started = performance.now();
    await runMany(engine, BURST);
    const acknowledged = performance.now();
    await engine.store.flush();
    const drained = performance.now();
    return {
      acknowledged: BURST / ((acknowledged - started) / 1000),
      drained: BURST / ((drained - started) / 1000),
      syncs: (engine.disk.syncs - syncs) / (3 * BURST),
      first: BURST / (first / 1000),
    };
  });
}

/**
 * All rounds but the last, in a store of its own: the one that is measured holds what it is said to hold, and no trees of
 * before are in memory. Its folder is left to the program, which removes all of them in the end: to remove so many files
 * keeps the disk busy. Returns how long the first round took, in milliseconds.
 */
async function warmUp(beside: string, text: string, round: (engine: BenchEngine) => Promise<unknown>): Promise<number> {
  await using engine = await openBenchEngine(await mkdtemp(`${beside}-`));
  await engine.save(text);
  const first = await timeOf(() => round(engine));
  for (let i = 2; i < ROUNDS; i++) await round(engine);
  await engine.store.flush();
  return first;
}

/** A thousand real processes, and as many that are cancelled half way. */
async function runCommands(folder: string, watch: Parameters<Work>[1]): Promise<Figures> {
  await using engine = await openBenchEngine(folder, 16);
  await engine.save(commands);
  const [log, cancelled] = [join(folder, 'pids'), join(folder, 'cancelled')];
  const processes = async (file: string): Promise<readonly number[]> =>
    (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number);
  await engine.run('commands', { log });
  const before = process.memoryUsage.rss();
  const milliseconds = await watch(() => timeOf(() => engine.run('commands', { log })));
  const memory = (process.memoryUsage.rss() - before) / 1e6;
  const left = (await processes(log)).filter(isAlive).length;

  const id = await engine.start('commands', { log: cancelled, endless: 500 });
  await until(async () => ((await processes(cancelled)).length === 516 ? true : null));
  const gone = await timeOf(async () => {
    await engine.cancel(id);
    await until(async () => ((await processes(cancelled)).some(isAlive) ? null : true));
  });
  return { rate: 1000 / (milliseconds / 1000), memory, left, gone: gone / 1000 };
}

async function runMany(engine: BenchEngine, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => engine.run('three')));
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
