// @ts-check
import './node-version.mjs';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureElectron } from './electron-runtime.mjs';
import { canSandbox, display, Obstacle, requireLibraries, sandboxArguments } from './machine.mjs';

const root = path.join(import.meta.dirname, '../..');
const viteConfig = path.join(root, 'electron/build/vite.config.ts');

/** @typedef {(args: readonly string[]) => Promise<number>} Task what `npm run` was given after `--`; the exit code */
/** @type {Readonly<Record<string, Task>>} */
const tasks = {
  async setup() {
    console.log(electron({ retry: true }));
    return 0;
  },
  async build() {
    const { createBuilder } = await import('vite');
    const builder = await createBuilder({ configFile: viteConfig, logLevel: 'warn' });
    await builder.buildApp();
    return 0;
  },
  async package() {
    const folder = path.dirname(fs.realpathSync(ensureElectron()));
    const { makePackage, packageFolder, requireShippable } = await import('./package.mjs');
    requireShippable(folder);
    await tasks.build?.([]);
    console.log(await makePackage(folder, packageFolder));
    return 0;
  },
  async start(args) {
    const executable = electron();
    const sandbox = sandboxArguments(executable);
    await tasks.build?.([]);
    return run(executable, ['.', ...sandbox, ...args], await display());
  },
  async dev(args) {
    const executable = electron();
    const sandbox = sandboxArguments(executable);
    const { develop } = await import('./dev.mjs');
    return develop(viteConfig, executable, ['.', ...sandbox, ...args], await display());
  },
  async unit(args) {
    return node('vitest/vitest.mjs', ['run', '--config', 'test/vitest.config.ts', ...args]);
  },
  async e2e(args) {
    const executable = electron();
    await tasks.build?.([]);
    const env = await display();
    if (!canSandbox(executable)) env.WINDROSE_TEST_SANDBOX = 'off';
    return node('@playwright/test/cli.js', ['test', '--config', 'test/playwright.config.ts', ...args], env);
  },
  /** What `bench:ui` measures runs in the real window, so that it needs what the e2e suite needs. */
  async 'bench-ui'(args) {
    const executable = electron();
    await tasks.build?.([]);
    const env = await display();
    if (!canSandbox(executable)) env.WINDROSE_TEST_SANDBOX = 'off';
    const { bundle } = await import('./bundle.mjs');
    const program = await bundle(path.join(root, 'test/bench/ui/main.ts'));
    return run(process.execPath, ['--enable-source-maps', program, ...args], env);
  },
  /** All of it, also when the first half fails: one run shows everything. */
  async test() {
    fs.rmSync(path.join(root, 'test/output'), { recursive: true, force: true });
    const unit = await tasks.unit?.([]);
    const e2e = await tasks.e2e?.([]);
    return unit || e2e || 0;
  },
  /** Runs a TypeScript program: `run test/bench/main.ts …`. */
  async run([entry, ...args]) {
    if (entry === undefined || !fs.existsSync(entry))
      throw new Obstacle(`There is no program ${entry ?? 'without a path'}.`);
    const { bundle } = await import('./bundle.mjs');
    return run(process.execPath, ['--enable-source-maps', await bundle(path.resolve(entry)), ...args]);
  },
};

/** @param {{ retry?: boolean }} [options] */
function electron(options) {
  const executable = ensureElectron(options);
  requireLibraries(executable);
  return executable;
}

/**
 * Runs a package's program, without what differs between systems in `node_modules/.bin`.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 */
function node(file, args, env) {
  return run(process.execPath, [path.join(root, 'node_modules', file), ...args], env);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>}
 */
function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const [name = '', ...args] = process.argv.slice(2);
process.chdir(root);
try {
  const task = tasks[name];
  if (task === undefined) throw new Obstacle(`There is no task "${name}": ${Object.keys(tasks).join(', ')}.`);
  process.exit(await task(args));
} catch (error) {
  // A build's own errors say where; the stack would be the bundler's.
  const isPlain = error instanceof Obstacle || (error instanceof Error && 'errors' in error);
  console.error(isPlain ? error.message : error);
  process.exit(1);
}
