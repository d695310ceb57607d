import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { workerText } from '../../electron/build/worker-text.mjs';
import { openStore } from '../../engine/store/open-store.ts';
import type { Store } from '../../engine/store/store.ts';
import { silent, temporaryFolder } from '../engine/store/lists.ts';

type Numbers = Store<number, readonly number[], { readonly createdAt: number; readonly count: number }>;

// Processes have to start, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let program = '';

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'windrose-child-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    plugins: [workerText()],
    ssr: { noExternal: true },
    build: { ssr: fileURLToPath(new URL('./committing-child.ts', import.meta.url)), outDir: folder, minify: false },
  });
  program = join(folder, 'committing-child.js');
  // Here and not in a hook of its own: what could not be built has no folder to be removed.
  return () => rm(folder, { recursive: true, force: true });
});

interface Child {
  readonly process: ChildProcess;
  /** By execution, the last commit that was acknowledged. */
  readonly acknowledged: Map<string, number>;
  /** Resolves after so many acknowledgements. */
  readonly after: (count: number) => Promise<void>;
  readonly ended: Promise<unknown>;
}

function start(folder: string, durability: string, prefix: string): Child {
  const child = spawn(process.execPath, [program, folder, durability, prefix], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const acknowledged = new Map<string, number>();
  let count = 0;
  let waiting: { readonly count: number; readonly resolve: () => void } | null = null;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [id = '', n] = line.split(' ');
    if (n === undefined) return;
    acknowledged.set(id, Number(n));
    count += 1;
    if (waiting !== null && count >= waiting.count) waiting.resolve();
  });
  let complaints = '';
  child.stderr.on('data', (data) => {
    complaints += data;
  });
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]);
  const after = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      waiting = { count: wanted, resolve };
      void ended.then(() => reject(new Error(`the child has ended: ${complaints}`)));
    });
  return { process: child, acknowledged, after, ended };
}

async function open(folder: string): Promise<{ readonly store: Numbers; readonly unfinished: readonly string[] }> {
  const opened = await openStore<number, readonly number[], { readonly createdAt: number; readonly count: number }>(
    folder,
    {
      durability: 'durable',
      goesOn: () => false,
      log: silent,
      format: { version: 1, upcast: (_kind, value) => value },
    },
  );
  onTestFinished(() => opened.store.close());
  return opened;
}

test.each(['durable', 'fast'])(
  'after kill -9 at any moment every acknowledged commit is there once and in order (%s)',
  async (durability) => {
    const folder = await temporaryFolder();
    const acknowledged = new Map<string, number>();
    for (const [round, count] of [1, 40, 400, 1500].entries()) {
      const child = start(folder, durability, `r${round}`);
      await child.after(count);
      child.process.kill('SIGKILL');
      await child.ended;
      for (const [id, n] of child.acknowledged) acknowledged.set(id, n);
    }
    const { store } = await open(folder);
    for (const [id, n] of acknowledged) {
      const loaded = await store.load(id);
      const numbers = [...(loaded?.document ?? []), ...(loaded?.commits ?? [])];
      expect(numbers.length, id).toBeGreaterThanOrEqual(n);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
    expect(store.problems()).toEqual([]);
  },
);

test('a folder that another process has open is refused, and taken over when that process was killed', async () => {
  const folder = await temporaryFolder();
  const child = start(folder, 'durable', 'aa');
  await child.after(1);
  await expect(open(folder)).rejects.toThrow(
    `is in use by another process (${child.process.pid}). Close the other Windrose first.`,
  );
  child.process.kill('SIGKILL');
  await child.ended;
  const { store } = await open(folder);
  expect((await store.load('aa-endless-1'))?.position).toBeGreaterThanOrEqual(1);
});
