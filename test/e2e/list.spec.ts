import { expect, launch, test } from './app.ts';
import { addWorkflow, executionRow, go, runFromLibrary } from './screen.ts';

const quick = `version: '2.0'

quick:
  tasks:
    only: { action: std.noop }
`;
const slow = (url: string) => `version: '2.0'

slow:
  tasks:
    ask: { action: std.http url='${url}' }
`;

test('the list is filtered, its views are kept, and several executions are cancelled and deleted at once', async ({
  userData,
  gate,
}) => {
  const first = await launch(userData);
  const { page } = first;
  await addWorkflow(first, userData, quick);
  await addWorkflow(first, userData, slow(gate.url));
  await runFromLibrary(page, 'quick');
  await expect(executionRow(page, 'quick', 'Succeeded')).toHaveCount(1);
  await runFromLibrary(page, 'quick');
  await expect(executionRow(page, 'quick', 'Succeeded')).toHaveCount(2);
  await runFromLibrary(page, 'slow');
  await expect(executionRow(page, 'slow', 'Running')).toBeVisible();

  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByRole('combobox', { name: 'Workflow' }).selectOption('quick');
  await page.getByRole('combobox', { name: 'Started' }).selectOption('last hour');
  await expect(executionRow(page, 'slow')).toHaveCount(0);
  await expect(executionRow(page, 'quick')).toHaveCount(2);
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Save “quick, last hour”' }).click();
  await page.getByRole('combobox', { name: 'Duration' }).selectOption('longer than 1 h');
  await expect(page.getByText('No execution matches the filter')).toBeVisible();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Everything' }).click();
  await expect(executionRow(page, 'slow')).toBeVisible();

  await executionRow(page, 'slow').click();
  await page.keyboard.press('Shift+Space');
  await expect(page.getByText('One execution selected')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByText('3 executions selected')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel 1…' }).click();
  const cancel = page.getByRole('dialog', { name: 'Cancel slow?' });
  await expect(cancel).toContainText('2 of those that are selected have ended already');
  await cancel.getByRole('button', { name: 'Cancel execution' }).click();
  await expect(executionRow(page, 'slow', 'Cancelled')).toBeVisible();
  await page.getByRole('button', { name: 'Delete 3…' }).click();
  const remove = page.getByRole('dialog', { name: 'Delete 3 executions?' });
  await expect(remove.getByRole('list', { name: 'Executions' }).getByRole('listitem')).toHaveCount(3);
  await remove.getByRole('button', { name: 'Keep them' }).click();
  await page.keyboard.press('Escape');
  await executionRow(page, 'quick').first().click();
  await executionRow(page, 'quick')
    .last()
    .click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'Delete 2…' }).click();
  await page.getByRole('button', { name: 'Delete 2 executions' }).click();
  await expect(executionRow(page, 'quick')).toHaveCount(0);
  await expect(executionRow(page, 'slow', 'Cancelled')).toBeVisible();
  await first.close();
  expect(first.errors).toEqual([]);

  const second = await launch(userData);
  await go(second.page, 'Executions');
  await second.page.getByRole('button', { name: 'Saved views' }).click();
  await second.page.getByRole('menuitem', { name: 'quick, last hour' }).click();
  await expect(second.page.getByText('No execution matches the filter')).toBeVisible();
  await second.close();
  expect(second.errors).toEqual([]);
});
