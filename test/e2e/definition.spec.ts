import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { addWorkflow, executionRow, go, runFromLibrary, taskRow } from './screen.ts';

const before = `version: '2.0'

tidy:
  tasks:
    sweep:
      action: std.noop
      on-success: mop
    mop:
      action: std.echo output='wet'
`;

test('the definition of an execution stays what it went by, says when the library has a newer one, and what has changed', async ({
  windrose,
  userData,
}) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, before);
  await runFromLibrary(page, 'tidy');
  await expect(executionRow(page, 'tidy', 'Succeeded')).toBeVisible();
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('tab', { name: 'Definition' }).click();
  const views = page.getByRole('region', { name: 'Views' });
  await expect(views.getByRole('status')).toHaveText('As it is in the library.');
  await taskRow(page, 'mop').click();
  await expect(views.getByLabel('Definition of tidy')).toContainText("output='wet'");

  await addWorkflow(windrose, userData, before.replace("output='wet'", "output='dry'"));
  await go(page, 'Executions');
  await expect(views.getByRole('status')).toContainText('The library has a newer definition');
  await expect(views.getByLabel('Definition of tidy')).toContainText("output='wet'");
  await views.getByRole('button', { name: 'What has changed' }).click();
  const changes = views.getByRole('textbox', { name: 'Changes of tidy since' });
  await expect(changes).toContainText("output='dry'");
  await expect(changes.locator('.cm-deletedChunk')).toContainText("output='wet'");
  await inspect(page, '8-definition-changed');

  await go(page, 'Library');
  await page.getByRole('row', { name: /^tidy/ }).click();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(page.getByRole('row', { name: /^tidy/ })).toHaveCount(0);
  await go(page, 'Executions');
  await expect(views.getByRole('status')).toContainText('The library does not have this workflow any more.');
  await expect(views.getByLabel('Definition of tidy')).toContainText("output='wet'");
  await page.getByRole('tab', { name: 'Graph' }).click();
  await expect(views.getByRole('button', { name: /^mop, std.echo, Succeeded/ })).toBeVisible();
  await executionRow(page, 'tidy').click();
  await page.getByRole('button', { name: 'Run again', exact: true }).click();
  const again = page.getByRole('dialog', { name: 'Run tidy again' });
  await again.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(again).toContainText(/tidy.*not found|no workflow.*tidy/i);
});
