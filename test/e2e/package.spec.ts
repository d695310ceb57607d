import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium } from '@playwright/test';
import { ensureElectron } from '../../electron/build/electron-runtime.mjs';
import { standIn } from '../../electron/build/electron-stand-in.mjs';
import { makePackage, requireShippable } from '../../electron/build/package.mjs';
import { expect, test } from './app.ts';
import { go } from './screen.ts';

test.skip(process.platform === 'darwin', 'packaging is not there for macOS');

/** A fuse is one character of the executable. */
const ON = '1'.charCodeAt(0);
const OFF = '0'.charCodeAt(0);

const greeting = `export const greet = {
  name: 'acme.greet',
  description: 'Greets.',
  input: { properties: {} },
  run: () => 'hello',
};
`;

test('a package has its fuses set, opens its window, runs own actions, and lets no debugger in', async ({
  userData,
}) => {
  test.slow(); // Electron is copied, and starts as it does for the first time
  const folder = path.join(userData, 'windrose');
  const executable = await makePackage(path.dirname(fs.realpathSync(ensureElectron())), folder);

  const wire = await getCurrentFuseWire(executable);
  expect(wire[FuseV1Options.RunAsNode], 'own actions need it').toBe(ON);
  expect(wire[FuseV1Options.EnableCookieEncryption]).toBe(ON);
  expect(wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(OFF);
  expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).toBe(OFF);
  expect(wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(OFF);
  expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(ON);
  expect(wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]).toBe(OFF);
  expect(wire[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(OFF);

  const notice = fs.readFileSync(path.join(folder, 'LICENSES.libraries.txt'), 'utf8');
  const packed = librariesInBuild();
  expect(packed).toEqual(expect.arrayContaining(['react', 'zustand', 'lowdb', '@codemirror/view']));
  for (const name of packed) expect(notice).toContain(`\n${name} `);

  const data = path.join(userData, 'data');
  fs.mkdirSync(path.join(data, 'actions'), { recursive: true });

  // Playwright's own way in is --inspect, which the package has not; Chromium's is still there.
  const sandbox = process.env.WINDROSE_TEST_SANDBOX === 'off' ? ['--no-sandbox'] : [];
  const main = spawn(executable, ['--inspect=0', '--remote-debugging-port=0', ...sandbox], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, WINDROSE_USER_DATA: data, WINDROSE_NO_DIALOGS: '1' },
  });
  const gone = once(main, 'exit');
  try {
    const said: string[] = [];
    const address = await new Promise<string>((resolve, reject) => {
      createInterface(main.stderr).on('line', (line) => {
        said.push(line);
        const [, found] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      });
      main.once('exit', (code, signal) => reject(new Error(`It ended with ${code ?? signal}: ${said.join('\n')}`)));
    });
    const browser = await chromium.connectOverCDP(address);
    const [context] = browser.contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (page === undefined) throw new Error('There is no window');
    await expect(page).toHaveTitle(/Windrose/);
    await go(page, 'Library');
    await expect(page.getByRole('button', { name: 'New' })).toBeVisible();
    fs.writeFileSync(path.join(data, 'actions/greet.js'), greeting);
    await expect(page.getByRole('row', { name: 'acme.greet' })).toBeVisible();
    expect(said.join('\n')).not.toContain('Debugger listening');
    await browser.close();
  } finally {
    main.kill();
    await gone;
  }
});

/** The libraries of which something was built into the application, as its source maps say. */
function librariesInBuild(): readonly string[] {
  const build = path.join(import.meta.dirname, '../../dist');
  const maps = ['main', 'preload', 'renderer']
    .flatMap((part) => fs.readdirSync(path.join(build, part), { recursive: true, withFileTypes: true }))
    .filter(({ name }) => name.endsWith('.map'));
  const sources = maps.flatMap(
    (map) =>
      (JSON.parse(fs.readFileSync(path.join(map.parentPath, map.name), 'utf8')) as { sources: string[] }).sources,
  );
  const names = sources.map((source) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

test('nothing is packaged for people from the Electron that stands in for tests', ({ userData }) => {
  fs.writeFileSync(path.join(userData, 'version'), standIn.electron);
  expect(() => requireShippable(userData)).toThrow(/is here for development and tests only/);
  fs.writeFileSync(path.join(userData, 'version'), '45.4.1');
  requireShippable(userData);
});
