import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { executionRow, go, runSample } from './screen.ts';

test('settings show the store, keep what is chosen, and hold secrets by their names', async ({ windrose }) => {
  const { page } = windrose;
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByLabel('When an execution that is not on screen ends').selectOption('Stay silent');
  await dialog.getByRole('tab', { name: 'Store' }).click();
  await expect(dialog.getByText('MB in 0 executions')).toBeVisible();
  await dialog.getByLabel('Keep at most so many').fill('100');
  await dialog.getByLabel('Keep at most so many').press('Enter');
  await dialog.getByRole('tab', { name: 'Store' }).press('ArrowRight');
  await dialog.getByLabel('Run at most so many actions at once').fill('3');
  await dialog.getByLabel('Run at most so many actions at once').press('Enter');
  await dialog.getByRole('tab', { name: 'Secrets' }).click();
  await dialog.getByLabel('Name of a secret').fill('TOKEN');
  await dialog.getByLabel('Value').fill('very secret');
  await dialog.getByRole('button', { name: 'Save secret' }).click();
  await expect(dialog.getByRole('button', { name: 'Delete the secret TOKEN' })).toBeVisible();
  await inspect(page, 'settings');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(dialog.getByLabel('When an execution that is not on screen ends')).toHaveValue('silent');
  await dialog.getByRole('tab', { name: 'Store' }).click();
  await expect(dialog.getByLabel('Keep at most so many')).toHaveValue('100');
  await dialog.getByRole('tab', { name: 'Actions' }).click();
  await expect(dialog.getByLabel('Run at most so many actions at once')).toHaveValue('3');
});

test('an execution is exported to a file and imported again', async ({ windrose, userData }) => {
  const { app, page } = windrose;
  const file = path.join(userData, 'hello.windrose.json');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, file);
  await runSample(page, 'Hello');
  await go(page, 'Executions');
  await expect(executionRow(page, 'hello', 'Succeeded')).toHaveCount(1);
  await executionRow(page, 'hello', 'Succeeded').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  await expect.poll(async () => (await fs.readFile(file, 'utf8').catch(() => '')).endsWith('}\n')).toBe(true);
  await page.getByRole('button', { name: 'Commands', exact: true }).click();
  await page.keyboard.type('Import execution');
  await page.keyboard.press('Enter');
  await expect(executionRow(page, 'hello', 'Succeeded')).toHaveCount(2);
});
