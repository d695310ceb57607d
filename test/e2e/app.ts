import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { Gate } from './gate.ts';

/** The built application, running on a data folder of its own. */
export interface Windrose {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the page logged as an error or threw, since the start. Every test expects it to be empty in the end. */
  readonly errors: readonly string[];
  /** Ends the main process at once, as a power cut would; returns when it is gone. */
  kill(): Promise<void>;
  /** Ends it as a person does. */
  close(): Promise<void>;
}

interface Options {
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Added to the command line. */
  readonly args?: readonly string[];
}

/** What is running, by data folder: a test that fails half-way leaves nothing behind. */
const running = new Map<string, Set<Windrose>>();

/** Starts the application on a data folder; starting it again on the same folder is how a crash is tested. */
export async function launch(userData: string, { env = {}, args = [] }: Options = {}): Promise<Windrose> {
  const app = await _electron.launch({
    cwd: path.join(import.meta.dirname, '../..'),
    args: ['.', ...args],
    chromiumSandbox: process.env.WINDROSE_TEST_SANDBOX !== 'off',
    env: { ...definedOnly(process.env), WINDROSE_USER_DATA: userData, WINDROSE_NO_DIALOGS: '1', ...env },
  });
  const errors: string[] = [];
  app.on('window', (page) => {
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
    });
  });
  const main = app.process();
  const kill = async (): Promise<void> => {
    if (main.exitCode !== null || main.signalCode !== null) return;
    const gone = once(main, 'exit');
    main.kill('SIGKILL'); // its renderers end by themselves
    await gone;
  };
  try {
    const page = await app.firstWindow({ timeout: 20_000 });
    const windrose: Windrose = { app, page, errors, kill, close: () => app.close() };
    running.set(userData, (running.get(userData) ?? new Set()).add(windrose));
    return windrose;
  } catch (error) {
    await kill();
    throw error;
  }
}

/** A data folder that is new; once `use` is over nothing runs on it any more, and it is gone. */
export async function inNewFolder(use: (userData: string) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'windrose-e2e-'));
  await use(folder);
  for (const windrose of running.get(folder) ?? []) await windrose.kill();
  running.delete(folder);
  // What Chromium's other processes write when theirs has ended can come while the folder is being emptied: only this
  // form of `rm` empties it again then. What is left after that says nothing about the software, and is left to the
  // system, which cleans its folder for temporary files.
  await fs.promises.rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }).catch(() => {});
}

/**
 * `userData`: a data folder that is new, and gone after the test. `windrose`: the application, started on it. `gate`: a
 * server that answers when the test says so.
 */
export const test = base.extend<{ userData: string; windrose: Windrose; gate: Gate }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from the pattern
  userData: ({}, use) => inNewFolder(use),
  windrose: async ({ userData }, use) => {
    const windrose = await launch(userData);
    await use(windrose);
    await windrose.close();
    base.expect(windrose.errors).toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  gate: async ({}, use) => {
    const gate = await Gate.start();
    await use(gate);
    gate.close();
  },
});

export const { expect } = base;

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
