import { expect, test } from './app.ts';
import { addWorkflow, executionRow, inspector, pressWithControl, runFromLibrary, taskRow } from './screen.ts';

test('with the keyboard alone: start, find a workflow, fill in its form, run it, read the result', async ({
  windrose,
}) => {
  const { page } = windrose;
  const { keyboard } = page;
  await page.waitForLoadState();

  await pressWithControl(windrose, '1');
  await pressWithControl(windrose, 'F');
  await expect(page.getByRole('textbox', { name: 'Search the library' })).toBeFocused();
  await keyboard.type('hello');
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('row', { name: /^Hello/ })).toBeFocused();
  await expect(page.getByRole('article', { name: 'Hello' })).toBeVisible();

  await pressWithControl(windrose, 'Enter');
  const form = page.getByRole('dialog', { name: 'Run hello' });
  await expect(form.getByRole('textbox', { name: 'name' })).toBeFocused();
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('keyboard');
  await pressWithControl(windrose, 'Enter');

  await expect(executionRow(page, 'hello')).toBeFocused();
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await keyboard.press('ArrowDown');
  await expect(taskRow(page, 'compose')).toBeFocused();
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect(inspector(page)).toContainText('Hello, keyboard!');
  await keyboard.press('Escape');
  await expect(taskRow(page, 'compose')).toBeFocused();
});

test('the key for pause is both in the menu and in the page, and counts once', async ({ windrose, userData, gate }) => {
  const { page } = windrose;
  await addWorkflow(
    windrose,
    userData,
    `version: '2.0'\nasking:\n  tasks:\n    ask: { action: 'std.http url="${gate.url}"' }\n`,
  );
  await runFromLibrary(page, 'asking');
  await expect.poll(() => gate.asked).toBe(1);
  await pressWithControl(windrose, '.');
  await expect(executionRow(page, 'asking', 'Pausing')).toBeVisible();
  gate.open();
  await expect(executionRow(page, 'asking', 'Paused')).toBeVisible();
  await pressWithControl(windrose, '.');
  await expect(executionRow(page, 'asking', 'Succeeded')).toBeVisible();
});
