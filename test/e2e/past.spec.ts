import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { addWorkflow, executionHeader, executionRow, runFromLibrary, runSample, taskRow } from './screen.ts';

test('an execution is shown as it was, moment by moment, and as it is now again', async ({ windrose: { page } }) => {
  await runSample(page, 'Hello');
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('tab', { name: 'Events' }).click();
  const events = page.getByRole('treegrid', { name: 'Events' });
  await events.getByRole('row', { name: /^compose started/ }).click();
  await page.keyboard.press('t');

  const bar = page.getByRole('region', { name: 'As it was' });
  await expect(bar).toContainText(/moment \d+ of \d+/);
  await expect(executionRow(page, 'hello', 'Running')).toBeVisible();
  await expect(taskRow(page, 'compose', 'Running')).toBeVisible();
  await expect(taskRow(page, 'say')).toBeHidden();
  await expect(executionHeader(page).getByRole('button', { name: 'More commands' })).toBeHidden();
  await inspect(page, 'past');

  await page.getByRole('tab', { name: 'Graph' }).click();
  await expect(page.getByRole('button', { name: /^say, .*Not started/ })).toBeVisible();
  await bar.getByRole('button', { name: 'A moment later' }).click();
  await expect(taskRow(page, 'say')).toBeVisible();
  await bar.getByRole('slider', { name: 'Moment of the history' }).press('End');
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await expect(bar.getByRole('button', { name: 'A moment later' })).toBeDisabled();

  await bar.getByRole('button', { name: 'Back to now' }).click();
  await expect(bar).toBeHidden();
  await expect(executionHeader(page).getByRole('button', { name: 'More commands' })).toBeVisible();
});

const asking = (url: string) => `version: '2.0'

asking:
  tasks:
    ask:
      action: std.http url='${url}'
      on-success: tell
    tell:
      action: std.noop
`;

test('what goes on while the past is shown is there when one comes back', async ({ windrose, userData, gate }) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, asking(gate.url));
  await runFromLibrary(page, 'asking');
  await expect(taskRow(page, 'ask', 'Running')).toBeVisible();
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('tab', { name: 'Events' }).click();
  const events = page.getByRole('treegrid', { name: 'Events' });
  await events.getByRole('row', { name: /^ask started/ }).click();
  await page.keyboard.press('t');
  const bar = page.getByRole('region', { name: 'As it was' });
  await expect(bar).toBeVisible();
  gate.open();
  await expect(events.getByRole('row', { name: /^asking succeeded/ })).toBeVisible();
  await expect(taskRow(page, 'ask', 'Running')).toBeVisible();
  await bar.getByRole('button', { name: 'Back to now' }).click();
  await expect(taskRow(page, 'tell', 'Succeeded')).toBeVisible();
});
