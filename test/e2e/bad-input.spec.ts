import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, launch, test } from './app.ts';
import { addWorkflow, executionRow, go, inspector, runFromLibrary, taskRow } from './screen.ts';

/** As long as a name may be: letters that join, letters that stack, letters from right to left, and no place to break. */
const names = [
  '\u4e2d\u6587'.repeat(127),
  '\u0645\u0647\u0645\u0629'.repeat(63),
  'e\u0301\u0323'.repeat(85),
  'W'.repeat(255),
] as const;
const long = `version: '2.0'\n\nlong_names:\n  tasks:\n${names.map((name) => `    ${name}: { action: std.noop }\n`).join('')}`;

test('names of any script and length stay on their rows, and are whole for who hears them', async ({
  windrose,
  userData,
}) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, long);
  await runFromLibrary(page, 'long_names');
  for (const name of names) {
    const row = taskRow(page, name, 'Succeeded');
    await expect(row).toBeVisible();
    expect((await row.boundingBox())?.height).toBe(28);
    await row.click();
    await expect(inspector(page)).toContainText(name);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
});

test('an execution is shown with its own definition when that is gone from the library', async ({
  windrose,
  userData,
}) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, "version: '2.0'\n\ngone:\n  tasks:\n    only: { action: std.noop }\n");
  await runFromLibrary(page, 'gone');
  await page.evaluate(() => window.windrose.call('workflows.delete', { name: 'gone' }));
  await go(page, 'Library');
  await expect(page.getByRole('row', { name: /^gone/ })).toBeHidden();
  await go(page, 'Executions');
  await taskRow(page, 'only', 'Succeeded').click();
  await page.getByRole('tab', { name: 'Definition' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Definition' })).toContainText('std.noop');
});

test('what goes from the store while one looks is said to be gone, and the rest stays', async ({
  windrose,
  userData,
}) => {
  await addWorkflow(windrose, userData, "version: '2.0'\n\nkept:\n  tasks:\n    only: { action: std.noop }\n");
  await runFromLibrary(windrose.page, 'kept');
  await expect(taskRow(windrose.page, 'only', 'Succeeded')).toBeVisible();
  await windrose.page.keyboard.press('Escape');
  await windrose.close();

  const again = await launch(userData);
  const { page } = again;
  await expect(executionRow(page, 'kept', 'Succeeded')).toBeVisible();
  // Somebody clears up, and does not know what this is.
  const executions = path.join(userData, 'store/executions');
  for (const bucket of await fs.readdir(executions)) {
    if (bucket !== 'index') await fs.rm(path.join(executions, bucket), { recursive: true });
  }
  await go(page, 'Executions');
  await page.evaluate(() => window.windrose.call('workflows.list', {}));
  await executionRow(page, 'kept').click();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/cannot be shown|not there any more|cannot be read/).first()).toBeVisible();
  await runFromLibrary(page, 'kept');
  await expect(executionRow(page, 'kept', 'Succeeded').first()).toBeVisible();
  expect(again.errors).toEqual([]);
});

test('a definition of 10,000 tasks is shown, and the window goes on meanwhile', async ({ windrose }) => {
  const { page } = windrose;
  const tasks = Array.from({ length: 10_000 }, (_, at) => `    task_${at}: { action: std.noop }`).join('\n');
  const started = await page.evaluate(async (text) => {
    await window.windrose.call('workflows.save', { text });
    return window.windrose.call('executions.start', { workflow: 'huge' });
  }, `version: '2.0'\n\nhuge:\n  tasks:\n${tasks}\n`);
  expect(started.ok).toBe(true);
  await go(page, 'Executions');
  await executionRow(page, 'huge').click();
  await page.getByRole('tab', { name: 'Definition' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Definition' })).toContainText('task_0');
  await page.getByRole('tab', { name: 'Graph' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Graph' })).not.toBeEmpty();
  await expect(executionRow(page, 'huge', 'Succeeded')).toBeVisible({ timeout: 30_000 });
});
