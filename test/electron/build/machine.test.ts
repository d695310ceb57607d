import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const machine = path.join(import.meta.dirname, '../../../electron/build/machine.mjs');
const isRoot = process.getuid?.() === 0;
const sudo = isRoot ? '' : 'sudo ';

/** The only folder in which programs are found. */
let programs: string;

beforeEach(() => {
  programs = fs.mkdtempSync(path.join(os.tmpdir(), 'windrose-machine-'));
});

afterEach(() => fs.rmSync(programs, { recursive: true, force: true }));

describe.runIf(process.platform === 'linux')('a machine', () => {
  test('that lacks a library is told the command that installs it, by the names its release uses', () => {
    program('ldd', 'echo "libgbm.so.1 => not found"; echo "libc.so.6 => /lib/libc.so.6"');
    program('apt-get', 'exit 0');
    program('apt-cache', '[ "$2" = libasound2t64 ]');
    expect(run("requireLibraries('electron')")).toEqual(
      'libgbm.so.1 is missing for Electron. Run:  ' +
        `${sudo}apt-get install -y --no-install-recommends xvfb libgtk-3-0 libnss3 libasound2t64 libgbm1`,
    );
  });

  test('of another family is told what to install', () => {
    program('ldd', 'echo "libgbm.so.1 => not found"; echo "libnss3.so => not found"');
    expect(run("requireLibraries('electron')")).toBe(
      '2 libraries are missing for Electron. Install GTK 3, NSS, ALSA, GBM and Xvfb from your distribution.',
    );
  });

  test.runIf(isRoot)('in CI gets what is missing, after the list of packages', () => {
    program('ldd', `[ -e ${programs}/installed ] || echo "libgbm.so.1 => not found"`);
    program(
      'apt-get',
      `case $1 in update) : >${programs}/updated;; install) [ -e ${programs}/updated ] && : >${programs}/installed;; esac`,
    );
    program('apt-cache', 'exit 1');
    expect(run("requireLibraries('electron')", { CI: 'true' })).toBe('done');
  });

  test('that has everything is left alone', () => {
    program('ldd', 'echo "libc.so.6 => /lib/libc.so.6"');
    expect(run("requireLibraries('electron')")).toBe('done');
  });

  test('with a display keeps it', () => {
    expect(run('JSON.stringify(await display())', { DISPLAY: ':7' })).toBe('{}');
  });

  test('without a display is told how to get a virtual one', () => {
    program('apt-get', 'exit 0');
    program('apt-cache', 'exit 1');
    expect(run('await display()')).toBe(
      `There is no display, and no Xvfb. Run:  ${sudo}apt-get install -y --no-install-recommends xvfb`,
    );
  });

  test('without a display gets a virtual one that ends with the task', async () => {
    const server = `
      process.once('SIGTERM', () => { fs.writeFileSync('${programs}/ended', ''); process.exit(); });
      fs.writeSync(3, '42\\n');
      setInterval(() => {}, 1000);`;
    program('Xvfb', `[ "$1" = -help ] || exec ${process.execPath} --eval "${server}"`);
    expect(run('(await display()).DISPLAY')).toMatch(/^:42$/m);
    await expect.poll(() => fs.existsSync(path.join(programs, 'ended'))).toBe(true);
  });

  test.runIf(!isRoot)('that keeps Chromium from its sandbox is told what to allow', () => {
    program('unshare', 'exit 1');
    fs.writeFileSync(path.join(programs, 'electron'), '');
    const helper = path.join(programs, 'chrome-sandbox');
    expect(run(`sandboxArguments('${programs}/electron')`)).toBe(
      `This system keeps Chromium from making its sandbox. Run:  sudo chown root ${helper} && sudo chmod 4755 ${helper}`,
    );
  });

  test('runs with the sandbox, unless it is root that runs it', () => {
    program('unshare', 'exit 0');
    fs.writeFileSync(path.join(programs, 'electron'), '');
    expect(run(`sandboxArguments('${programs}/electron').join()`)).toBe(isRoot ? '--no-sandbox' : 'done');
  });
});

/** Puts a program into the machine. */
function program(name: string, script: string): void {
  fs.writeFileSync(path.join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** What the expression gives, or "done", or the sentence of the obstacle that it met. */
function run(expression: string, env: Record<string, string> = {}): string {
  const code = `import { canSandbox, display, requireLibraries, sandboxArguments } from ${JSON.stringify(machine)};
    try { console.log((${expression}) || 'done'); } catch (error) { console.log(error.message); }
    process.exit();`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    env: { PATH: programs, ...env },
    timeout: 20_000,
  });
  return stdout.trim();
}
