import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, launch, test, type Windrose } from './app.ts';
import { addWorkflow, executionRow, inspector, runFromLibrary, runSample, taskRow } from './screen.ts';

/** Starts the application once more, as a person would from a terminal, and waits for its end. */
function startAgain(app: Windrose['app'], env: Record<string, string>, args: readonly string[] = []) {
  const sandbox = process.env.WINDROSE_TEST_SANDBOX === 'off' ? ['--no-sandbox'] : [];
  const child = spawn(app.process().spawnfile, ['.', ...sandbox, ...args], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: { ...process.env, WINDROSE_NO_DIALOGS: '1', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  return new Promise<{ readonly code: number | null; readonly stderr: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stderr }));
  });
}

/** The first window as the main process sees it. */
const bounds = ({ app }: Windrose) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

test('a second start brings the first window to the front, hands over its files, and ends', async ({
  userData,
  windrose: { app, page },
}) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const file = path.join(userData, 'handed-over.yaml');
  await fs.writeFile(file, 'version: "2.0"\nhanded_over:\n  tasks:\n    only:\n      action: std.noop\n');

  const second = await startAgain(app, { WINDROSE_USER_DATA: userData }, [file]);

  expect(second.code).toBe(0);
  expect(second.stderr).toContain('Windrose is already running');
  await expect(page.getByText('handed_over').first()).toBeVisible();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
});

test('a file that a start is given reaches the window that it opens', async ({ userData }) => {
  const file = path.join(userData, 'given.yaml');
  await fs.writeFile(file, 'version: "2.0"\ngiven_at_start:\n  tasks:\n    only:\n      action: std.noop\n');
  const windrose = await launch(userData, { args: [file] });
  await expect(windrose.page.getByText('given_at_start').first()).toBeVisible();
  await windrose.close();
});

test('a store that cannot be used is refused with a sentence, and the start ends with 1', async ({
  userData,
  windrose: { app },
}) => {
  const other = path.join(userData, 'other');
  await fs.mkdir(other);
  await fs.writeFile(path.join(other, 'store'), 'a file where a folder should be');
  const { code, stderr } = await startAgain(app, { WINDROSE_USER_DATA: other });
  expect(code).toBe(1);
  expect(stderr).toContain(path.join(other, 'store'));
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a data folder that cannot be made is refused with a sentence, and the start ends with 1', async ({
  userData,
  windrose: { app },
}) => {
  const impossible = path.join(userData, 'a-file', 'data');
  await fs.writeFile(path.dirname(impossible), '');
  const { code, stderr } = await startAgain(app, { WINDROSE_USER_DATA: impossible });
  expect(code).toBe(1);
  expect(stderr).toContain(`The data folder ${impossible} cannot be used`);
});

test('theme, zoom and the place of the window come back after a restart', async ({ userData }) => {
  const place = { x: 40, y: 50, width: 1000, height: 700 };
  const first = await launch(userData);
  await first.page.evaluate(() => window.windrose.call('settings.set', { theme: 'dark', zoom: 1.25 }));
  await first.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), place);
  await expect.poll(() => bounds(first)).toEqual(place);
  await first.close();

  const second = await launch(userData);
  await second.page.emulateMedia({ colorScheme: null }); // Playwright asks for the light theme otherwise
  expect(await bounds(second)).toEqual(place);
  expect(await second.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  expect(await second.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  expect(
    await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor()),
  ).toBeCloseTo(1.25);
  await second.close();
});

test('where one was and what was open comes back after a restart, up to the last click', async ({ userData }) => {
  const first = await launch(userData);
  await runSample(first.page, 'Fan-out and join');
  await taskRow(first.page, 'second').click();
  await expect(inspector(first.page).getByRole('heading', { name: 'second' })).toBeVisible();
  await taskRow(first.page, 'third').click();
  await first.close();

  const second = await launch(userData);
  await expect(taskRow(second.page, 'third')).toHaveAttribute('aria-selected', 'true');
  await expect(inspector(second.page).getByRole('heading', { name: 'third' })).toBeVisible();
  await expect(executionRow(second.page, 'fan_out_and_join', 'Succeeded')).toBeVisible();
  await second.close();
  expect(second.errors).toEqual([]);
});

test('settings that were damaged are reset, kept aside and said', async ({ userData }) => {
  await fs.writeFile(path.join(userData, 'settings.json'), '{"theme": "da');
  const windrose = await launch(userData);
  await expect(windrose.page.getByText('The settings were damaged and have been reset.')).toBeVisible();
  expect(await fs.readFile(path.join(userData, 'settings.json.damaged'), 'utf8')).toBe('{"theme": "da');
  await windrose.close();
});

test('a page that crashes says so, the engine goes on behind it, and reloaded it finds everything', async ({
  userData,
  gate,
}) => {
  const windrose = await launch(userData);
  const { app, page, kill } = windrose;
  await addWorkflow(
    windrose,
    userData,
    `version: '2.0'\nasking:\n  tasks:\n    ask: { action: 'std.http url="${gate.url}"' }\n`,
  );
  await runFromLibrary(page, 'asking');
  await expect.poll(() => gate.asked).toBe(1);

  // All in one: Playwright loses the application together with the page.
  const seeing = app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('There is no window.');
    const loaded = () => new Promise<void>((resolve) => contents.once('did-finish-load', () => resolve()));
    const crashed = loaded();
    contents.forcefullyCrashRenderer();
    await crashed;
    const said: string = await contents.executeJavaScript('document.body.innerText');

    const ended: string = await contents.executeJavaScript(`(async () => {
      for (;;) {
        const [{ state }] = (await windrose.call('executions.list', {})).output.executions;
        if (state !== 'RUNNING') return state;
        await new Promise(requestAnimationFrame);
      }
    })()`);

    const back = loaded();
    await contents.executeJavaScript(`requestAnimationFrame(() => document.querySelector('a').click()), true`);
    await back;
    const row: string = await contents.executeJavaScript(`
      new Promise((resolve) => {
        const look = () => {
          // Where one was may not have been kept before the crash.
          [...document.querySelectorAll('nav button')].find((button) => button.innerText === 'Executions')?.click();
          const row = document.querySelector('[role="row"][aria-label^="asking, workflow execution"]');
          if (row === null) requestAnimationFrame(look);
          else resolve(row.getAttribute('aria-label'));
        };
        look();
      })`);
    return { said, ended, row };
  });
  const log = path.join(userData, 'logs', 'windrose.log');
  await expect.poll(() => fs.readFile(log, 'utf8').catch(() => '')).toContain("The window's page ended");
  gate.open();
  const { said, ended, row } = await seeing;
  expect(said).toContain('The window stopped working');
  expect(said).toContain('One execution goes on');
  expect(said).toContain(log);
  expect(ended).toBe('SUCCESS');
  expect(row).toContain('asking, workflow execution, Succeeded');
  await kill(); // Playwright has lost the page that crashed, and would wait for it
});

test('a command of the menu reaches the window', async ({ windrose: { app, page } }) => {
  await app.evaluate(({ BrowserWindow, Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
    items?.find(({ label }) => label === 'Keyboard shortcuts')?.click(undefined, BrowserWindow.getAllWindows()[0]);
  });
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});
