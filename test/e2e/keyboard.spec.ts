import { expect, test } from './app.ts';
import { executionRow, inspector, pressWithControl, runSample, taskRow } from './screen.ts';

test('with the keyboard alone: start, find a workflow, fill in its form, run it, read the result', async ({
  windrose,
}) => {
  const { page } = windrose;
  const { keyboard } = page;
  await page.waitForLoadState();

  await pressWithControl(windrose, '1');
  await pressWithControl(windrose, 'F');
  await expect(page.getByRole('textbox', { name: 'Search workflows and samples' })).toBeFocused();
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

test('the key for pause is both in the menu and in the page, and counts once', async ({ windrose }) => {
  const { page } = windrose;
  await runSample(page, 'Fan-out and join');
  await expect(taskRow(page, 'third', 'Running')).toBeVisible();
  await pressWithControl(windrose, '.');
  await expect(executionRow(page, 'fan_out_and_join', 'Paused')).toBeVisible();
  await pressWithControl(windrose, '.');
  await expect(executionRow(page, 'fan_out_and_join', 'Succeeded')).toBeVisible();
});
