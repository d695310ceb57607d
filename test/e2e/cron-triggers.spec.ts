import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { addWorkflow, executionRow, go } from './screen.ts';

const greet = `version: '2.0'
greet:
  input:
    - who: World
  tasks:
    say:
      action: local.run
      input:
        command: [echo, <% $.who %>]
`;

test('a workflow is started at given times, once the person has allowed it', async ({ windrose, userData }) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, greet, { isAllowed: false });
  await go(page, 'Library');
  await page.getByRole('row', { name: /^greet/ }).click();
  await page.getByRole('button', { name: 'Start it at given times…' }).click();

  const form = page.getByRole('dialog', { name: 'New cron trigger' });
  const pattern = form.getByLabel('Pattern');
  await expect(form.getByRole('region', { name: 'Next times' }).getByRole('listitem')).toHaveCount(5);
  await pattern.fill('61 * * * *');
  await expect(pattern).toHaveAccessibleDescription(/is no cron pattern/);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByLabel('Name')).toHaveAccessibleDescription('It needs a name.');
  await form.getByLabel('Name').fill('every second');
  await pattern.fill('* * * * * *');
  await form.getByLabel('Time zone').fill('Asia/Kolkata');
  await expect(form.getByRole('region', { name: 'Next times' })).toContainText('GMT+5:30');
  await form.getByLabel('Executions left').fill('1000');
  await form.getByLabel('who', { exact: true }).fill('Kolkata');
  await inspect(page, 'cron-form');
  await form.getByRole('button', { name: 'Save' }).click();

  const sheet = page.getByRole('dialog', { name: 'Allow greet to do this?' });
  await expect(sheet.getByRole('listitem')).toContainText('command: [');
  await inspect(page, 'cron-trust');
  await sheet.getByRole('button', { name: 'Allow', exact: true }).click();
  const detail = page.getByRole('article', { name: 'every second' });
  await expect(detail.getByRole('button', { name: /^started/ })).toBeVisible();
  await detail.getByRole('button', { name: 'Switch off' }).click();
  await expect(detail.getByRole('button', { name: 'Switch on' })).toBeVisible();
  await inspect(page, 'cron-trigger');
  await detail.getByRole('button', { name: /^started/ }).click();
  await expect(executionRow(page, 'greet').first()).toBeVisible();

  await go(page, 'Library');
  await detail.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog', { name: 'Delete every second?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('row', { name: /^every second/ })).toBeHidden();
});
