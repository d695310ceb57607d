import { expect, launch, test, type Windrose } from './app.ts';
import { addWorkflow, executionRow, go, pressWithControl, runFromLibrary, runSample } from './screen.ts';

const asking = (url: string) => `version: '2.0'
asking:
  tasks:
    first: { action: std.noop, on-success: ask }
    ask: { action: 'std.http url="${url}"', safe-rerun: true }
`;

/** Somebody is there to answer. */
const attended = { env: { WINDROSE_NO_DIALOGS: '' } };

/** Answers the next question in the system's box with a button, and says afterwards what was asked. */
async function answer({ app }: Windrose, button: string): Promise<() => Promise<string>> {
  await app.evaluate(({ dialog }, chosen) => {
    const box = dialog as unknown as { showMessageBox: unknown; asked?: string | undefined };
    box.showMessageBox = async (...given: { message: string; buttons: string[] }[]) => {
      const question = given.at(-1);
      box.asked = question?.message;
      return { response: question?.buttons.indexOf(chosen) };
    };
  }, button);
  return () => app.evaluate(({ dialog }) => (dialog as unknown as { asked?: string }).asked ?? '');
}

const closeWindow = ({ app }: Windrose) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const isVisible = ({ app }: Windrose) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

const exit = ({ app }: Windrose) => new Promise((resolve) => app.process().once('exit', resolve));

async function startAsking(windrose: Windrose, folder: string, url: string): Promise<void> {
  await addWorkflow(windrose, folder, asking(url));
  await runFromLibrary(windrose.page, 'asking');
  await expect(executionRow(windrose.page, 'asking', 'Running')).toBeVisible();
}

test('closing while executions run can keep them running without a window, which can be opened again', async ({
  userData,
  gate,
}) => {
  const windrose = await launch(userData, attended);
  await startAsking(windrose, userData, gate.url);
  await expect.poll(() => gate.asked).toBe(1);

  await answer(windrose, 'Cancel');
  await closeWindow(windrose);
  expect(await isVisible(windrose)).toBe(true);

  const asked = await answer(windrose, 'Keep running');
  await closeWindow(windrose);
  await expect.poll(() => isVisible(windrose)).toBe(false);
  expect(await asked()).toBe('1 execution is running.');
  gate.open();
  await windrose.app.evaluate(({ app }) => app.emit('second-instance', {}, [], '', { files: [] }));
  await expect.poll(() => isVisible(windrose)).toBe(true);
  await expect(executionRow(windrose.page, 'asking', 'Succeeded')).toBeVisible();

  // Nothing runs: nothing is asked.
  const gone = exit(windrose);
  await closeWindow(windrose).catch(() => {});
  await gone;
  expect(windrose.errors).toEqual([]);
});

test('closing while executions run can pause them all: the app ends when the last action has', async ({
  userData,
  gate,
}) => {
  const first = await launch(userData, attended);
  await startAsking(first, userData, gate.url);
  await expect.poll(() => gate.asked).toBe(1);
  await answer(first, 'Pause all, then quit');
  const gone = exit(first);
  await closeWindow(first);
  await expect(executionRow(first.page, 'asking', 'Pausing')).toBeVisible();
  gate.open();
  await gone;

  const second = await launch(userData);
  await expect(executionRow(second.page, 'asking', 'Paused')).toBeVisible();
  await second.close();
});

test('closing while executions run can quit at once: they go on at the next start', async ({ userData, gate }) => {
  const first = await launch(userData, attended);
  await startAsking(first, userData, gate.url);
  await expect.poll(() => gate.asked).toBe(1);
  await answer(first, 'Quit');
  const gone = exit(first);
  await closeWindow(first);
  await gone;

  const second = await launch(userData);
  await expect(executionRow(second.page, 'asking', 'Running')).toBeVisible();
  gate.open();
  await expect(executionRow(second.page, 'asking', 'Succeeded')).toBeVisible();
  await second.close();
});

test('an execution that ends unseen is told by a notification that opens it, and can be told no more', async ({
  windrose,
  userData,
  gate,
}) => {
  const { app, page } = windrose;
  await app.evaluate(({ Notification, BrowserWindow }) => {
    const shown: { title: string; body: string; click: () => void }[] = [];
    Object.assign(globalThis, { shown });
    Notification.isSupported = () => true;
    Notification.prototype.show = function () {
      shown.push({ title: this.title, body: this.body, click: () => this.emit('click') });
    };
    for (const window of BrowserWindow.getAllWindows()) window.isFocused = () => false;
  });
  const titles = () =>
    app.evaluate(() => (globalThis as unknown as { shown: { title: string }[] }).shown.map(({ title }) => title));

  await startAsking(windrose, userData, gate.url);
  await go(page, 'Library');
  gate.open();
  await expect.poll(titles).toEqual(['asking succeeded']);
  await app.evaluate(() => (globalThis as unknown as { shown: { click: () => void }[] }).shown[0]?.click());
  await expect(executionRow(page, 'asking', 'Succeeded')).toHaveAttribute('aria-selected', 'true');

  // What is looked at, or not wanted, is not told.
  await page.evaluate(() => window.windrose.call('settings.set', { notifications: false }));
  await runSample(page, 'Hello');
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await page.evaluate(() => window.windrose.call('settings.set', { notifications: true }));
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.isFocused = () => true;
  });
  await runSample(page, 'Error handling');
  await expect(executionRow(page, 'error_handling', 'Succeeded')).toBeVisible();
  expect(await titles()).toEqual(['asking succeeded']);
});

test('the task bar shows how far what runs is, and nothing when nothing runs', async ({ windrose, userData, gate }) => {
  const { app } = windrose;
  await app.evaluate(({ BrowserWindow }) => {
    const progress: number[] = [];
    Object.assign(globalThis, { progress });
    for (const window of BrowserWindow.getAllWindows()) window.setProgressBar = (value) => progress.push(value);
  });
  const shown = () => app.evaluate(() => (globalThis as unknown as { progress: number[] }).progress.at(-1));
  await startAsking(windrose, userData, gate.url);
  await expect.poll(shown).toBe(0.5);
  gate.open();
  await expect.poll(shown).toBe(-1);
});

test('single letters are shown in the menu and stay with the text that is written', async ({ windrose }) => {
  const { app, page } = windrose;
  await runSample(page, 'Hello');
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await pressWithControl(windrose, 'F');
  await expect(page.getByRole('textbox', { name: /^Filter/ })).toBeFocused();
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    for (const keyCode of ['g', 'n']) {
      for (const type of ['keyDown', 'char', 'keyUp'] as const) contents?.sendInputEvent({ type, keyCode });
    }
  });
  await expect(page.getByRole('textbox', { name: /^Filter/ })).toHaveValue('gn');
  await expect(page.getByRole('region', { name: 'Views' })).toBeHidden();
});
