import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app.ts';
import { executionRow, go, inspector, openFile, runSample, taskRow } from './screen.ts';

test('a sample runs with one click, and its result can be looked at', async ({ windrose: { page } }) => {
  await runSample(page, 'Hello');
  await expect(taskRow(page, 'compose')).toBeVisible();
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await expect(taskRow(page, 'say', 'Succeeded')).toBeVisible();

  await expect(inspector(page).getByText('Hello, World!').first()).toBeVisible();
  await taskRow(page, 'compose').click();
  await expect(inspector(page).getByRole('heading', { name: 'compose' })).toBeVisible();
  await expect(inspector(page).getByText('greeting').first()).toBeVisible();
});

test('an execution that fails says why', async ({ windrose: { page } }) => {
  await go(page, 'Library');
  await page.getByRole('row', { name: /^Error handling/ }).click();
  await page.getByRole('button', { name: 'Change input…' }).click();
  const form = page.getByRole('dialog', { name: 'Run error_handling' });
  await form.getByRole('checkbox', { name: 'strict' }).check();
  await form.getByRole('button', { name: /^Run/ }).click();

  await expect(executionRow(page, 'error_handling', 'Failed')).toBeVisible({ timeout: 20_000 });
  await expect(executionRow(page, 'error_handling')).toContainText('All bookings undone: ');
  await expect(inspector(page)).toContainText('No seats left');
  await taskRow(page, 'book_flight', 'Failed, handled').click();
  await expect(inspector(page)).toContainText('No seats left');
  await expect(taskRow(page, 'apologize')).toHaveCount(0);
});

test('paused in the middle nothing new starts; resumed it finishes', async ({ windrose: { page } }) => {
  await runSample(page, 'With-items and retry');
  const items = taskRow(page, 'start_servers').getByRole('gridcell', { name: /\/20/ });
  await expect(items).toHaveText(/^[4-9]\//);

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(executionRow(page, 'with_items_and_retry', 'Pausing')).toHaveAccessibleName(
    /Pausing: [1-4] still running/,
  );
  await expect(executionRow(page, 'with_items_and_retry', 'Paused')).toBeVisible();
  const done = await items.textContent();
  expect(done).not.toMatch(/^20\//);
  // What would start next was due after a second at the latest: by the time that a whole other execution has come and
  // gone, it would be there.
  await runSample(page, 'Hello');
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await executionRow(page, 'with_items_and_retry').click();
  await expect(executionRow(page, 'with_items_and_retry', 'Paused')).toBeVisible();
  await expect(items).toHaveText(done ?? '');

  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(executionRow(page, 'with_items_and_retry', 'Succeeded')).toBeVisible({ timeout: 30_000 });
  await expect(items).toHaveText('20/20');
});

test('an execution that pauses by itself waits for a person', async ({ windrose: { page } }) => {
  await runSample(page, 'Pause before approval');
  await expect(executionRow(page, 'pause_before_approval', 'Paused')).toBeVisible();
  await expect(taskRow(page, 'deploy', 'Not started')).toBeVisible();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(executionRow(page, 'pause_before_approval', 'Succeeded')).toBeVisible();
});

test('a cancelled execution was asked for, is Cancelled, and not Failed', async ({ windrose: { page } }) => {
  await runSample(page, 'Fan-out and join');
  await expect(taskRow(page, 'third', 'Running')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Cancel fan_out_and_join?' });
  await question.getByRole('button', { name: 'Keep it' }).click();
  await expect(executionRow(page, 'fan_out_and_join', 'Running')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await question.getByRole('button', { name: 'Cancel execution' }).click();
  await expect(executionRow(page, 'fan_out_and_join', 'Cancelled')).toBeVisible();
});

const right = `version: '2.0'

careful:
  tasks:
    first:
      action: std.noop
      on-success: second
    second:
      action: std.noop
`;

test('a file with a mistake is refused with its place and a sentence, and nothing is lost', async ({
  windrose,
  userData,
}) => {
  const { page } = windrose;
  const file = path.join(userData, 'careful.yaml');
  await fs.writeFile(file, right);
  await openFile(windrose, file);
  await expect(page.getByText('No problems.')).toBeVisible();
  await page.getByRole('button', { name: 'Add to library' }).click();
  await expect(page.getByRole('article', { name: 'careful' })).toBeVisible();

  await fs.writeFile(file, right.replace('on-success: second', 'on-success: third'));
  await openFile(windrose, file);
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems.getByRole('listitem')).toHaveCount(1);
  await expect(problems).toContainText('7:19');
  await expect(problems).toContainText('third');
  await expect(page.getByText('1 problem. Nothing is stored until the text is right.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add to library' })).toBeDisabled();

  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('row', { name: /^careful/ }).click();
  await expect(page.getByRole('article', { name: 'careful' })).toContainText('on-success: second');
});

test('a file that is no YAML, and one that cannot be read, are said where one looks', async ({
  windrose,
  userData,
}) => {
  const { page } = windrose;
  const file = path.join(userData, 'broken.yaml');
  await fs.writeFile(file, 'version: "2.0"\nbroken:\n  tasks: [unclosed\n');
  await openFile(windrose, file);
  await expect(page.getByRole('list', { name: 'Problems' }).getByRole('listitem').first()).toContainText(/^\d+:\d+/);
  await page.getByRole('button', { name: 'Close' }).click();

  await openFile(windrose, path.join(userData, 'gone.yaml'));
  await expect(page.getByText('gone.yaml is not there any more.')).toBeVisible();
});

test('a mistake can be corrected where it is shown', async ({ windrose, userData }) => {
  const { page } = windrose;
  const file = path.join(userData, 'careful.yaml');
  await fs.writeFile(file, right.replace('on-success: second', 'on-success: third'));
  await openFile(windrose, file);
  await page.getByRole('textbox', { name: 'Text of careful.yaml' }).fill(right);
  await expect(page.getByText('No problems.')).toBeVisible();
  await page.getByRole('button', { name: 'Add to library' }).click();
  await expect(page.getByRole('article', { name: 'careful' })).toBeVisible();
  expect(await fs.readFile(file, 'utf8')).toContain('third');
});

test('a file that is dropped on the window opens', async ({ windrose: { page } }) => {
  await go(page, 'Executions');
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.yaml'));
    return data;
  }, right);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page.getByRole('heading', { name: 'dropped.yaml' })).toBeVisible();
  await expect(page.getByText('No problems.')).toBeVisible();
});
