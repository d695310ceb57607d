import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { executionRow, go, inspector, runSample, taskRow } from './screen.ts';

test('a workflow asks, wherever one is, and goes on with what the person fills in', async ({ windrose }) => {
  const { page } = windrose;
  await runSample(page, 'Ask before deploying');
  await page.getByRole('button', { name: 'Allow and run' }).click();
  await expect(taskRow(page, 'approve', 'Running')).toContainText('Waits for your answer');
  await expect(inspector(page)).toContainText('Deploy version 1.4.0?');
  await inspect(page, 'question-row');

  await go(page, 'Library');
  await page.getByRole('button', { name: '1 question' }).click();
  const dialog = page.getByRole('dialog', { name: 'Deploy version 1.4.0?' });
  const machines = dialog.getByLabel('How many machines');
  await machines.fill('many');
  await dialog.getByLabel('Where').selectOption('production');
  await inspect(page, 'question');
  await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(machines).toBeFocused();
  await expect(machines).toHaveAccessibleDescription(/“many” is not a number/);
  await machines.fill('2');
  await machines.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: '1 question' })).toBeHidden();

  await go(page, 'Executions');
  await expect(executionRow(page, 'ask_before_deploying', 'Succeeded')).toBeVisible();
  await expect(inspector(page)).toContainText('1.4.0 is on 2 machines of production');
});

test('a question can be declined by the keyboard from its row, and the focus comes back to the tree', async ({
  windrose,
}) => {
  const { page } = windrose;
  await runSample(page, 'Ask before deploying');
  await page.getByRole('button', { name: 'Allow and run' }).click();
  const row = taskRow(page, 'approve', 'Running');
  await expect(row).toContainText('Waits for your answer');
  await row.click();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Answer…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Deploy version 1.4.0?' });
  await dialog.getByRole('button', { name: 'Not now' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.locator('[data-pane="executions"] :focus')).toHaveCount(1);
  await expect(taskRow(page, 'approve', 'Failed, handled')).toBeVisible();
  await expect(executionRow(page, 'ask_before_deploying', 'Succeeded')).toBeVisible();
});
