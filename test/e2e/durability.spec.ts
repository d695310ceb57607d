import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, launch, test } from './app.ts';
import { addWorkflow, executionRow, go, inspector, runFromLibrary, runSample, taskRow } from './screen.ts';

const order = (url: string, pay: string) => `version: '2.0'

order:
  output:
    receipt: <% $.receipt %>
  tasks:
    pack:
      action: std.echo output='packed'
      on-success: pay
    pay:
      action: std.http url='${url}' method='POST'
${pay}      publish:
        receipt: <% task().result.content %>
      on-success: ship
    ship:
      action: std.noop
`;

test('killed in the middle, an execution goes on after the next start and finishes', async ({ userData, gate }) => {
  const first = await launch(userData);
  await addWorkflow(first, userData, order(gate.url, '      safe-rerun: true\n'));
  await runFromLibrary(first.page, 'order');
  await expect(taskRow(first.page, 'pack', 'Succeeded')).toBeVisible();
  await expect(taskRow(first.page, 'pay', 'Running')).toBeVisible();
  await expect.poll(() => gate.asked).toBe(1);
  await first.kill();

  const { page, close, errors } = await launch(userData);
  await expect.poll(() => gate.asked).toBe(2);
  await go(page, 'Executions');
  await executionRow(page, 'order', 'Running').click();
  await page.keyboard.press('e');
  await expect(taskRow(page, 'pack', 'Succeeded')).toBeVisible();
  gate.open();
  await expect(executionRow(page, 'order', 'Succeeded')).toBeVisible();
  await expect(taskRow(page, 'ship', 'Succeeded')).toBeVisible();
  await expect(inspector(page)).toContainText('receipt: "passed"');
  // It says what it went through: in its row, in the inspector, and among its events.
  await expect(executionRow(page, 'order')).toContainText('Windrose had ended while it ran; 1 action was run again');
  await expect(inspector(page)).toContainText('Windrose had ended while it ran; 1 action was run again.');
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('tab', { name: 'Events' }).click();
  const event = 'order goes on after Windrose had ended while it ran: 1 action runs again';
  await expect(page.getByRole('row', { name: event })).toBeVisible();
  await close();
  expect(errors).toEqual([]);
});

test('an action that was running and may not be repeated ends its task, and says why', async ({ userData, gate }) => {
  const first = await launch(userData);
  await addWorkflow(first, userData, order(gate.url, ''));
  await runFromLibrary(first.page, 'order');
  await expect.poll(() => gate.asked).toBe(1);
  await first.kill();

  const { page, close, errors } = await launch(userData);
  await go(page, 'Executions');
  await executionRow(page, 'order', 'Failed').click();
  await expect(inspector(page)).toContainText('Windrose had ended while it ran; 1 action ended in an error.');
  await page.keyboard.press('e');
  await taskRow(page, 'pay', 'Failed').click();
  await expect(inspector(page)).toContainText('safe-rerun');
  expect(gate.asked).toBe(1);
  await close();
  expect(errors).toEqual([]);
});

test('what was paused when the app was killed is still paused, and can be resumed', async ({ userData }) => {
  const first = await launch(userData);
  await runSample(first.page, 'Pause before approval');
  await expect(executionRow(first.page, 'pause_before_approval', 'Paused')).toBeVisible();
  await first.kill();

  const { page, close, errors } = await launch(userData);
  await go(page, 'Executions');
  await executionRow(page, 'pause_before_approval', 'Paused').click();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(executionRow(page, 'pause_before_approval', 'Succeeded')).toBeVisible();
  await close();
  expect(errors).toEqual([]);
});

test('a damaged file is said and kept, one that has gone is said, and everything else is there', async ({
  userData,
}) => {
  const first = await launch(userData);
  await runSample(first.page, 'Hello');
  await expect(executionRow(first.page, 'hello', 'Succeeded')).toBeVisible();
  await runSample(first.page, 'Pause before approval');
  await expect(executionRow(first.page, 'pause_before_approval', 'Paused')).toBeVisible();
  await runSample(first.page, 'Fan-out and join');
  await expect(executionRow(first.page, 'fan_out_and_join', 'Succeeded')).toBeVisible();
  // What is looked at meanwhile stays.
  const gone = await executionFileOf(path.join(userData, 'store'), 'fan_out_and_join');
  for (const name of await fs.readdir(path.dirname(gone)))
    if (name.startsWith(path.basename(gone, '.json'))) await fs.rm(path.join(path.dirname(gone), name));
  await taskRow(first.page, 'second').click();
  await expect(inspector(first.page).getByRole('heading', { name: 'second' })).toBeVisible();
  await first.close();
  expect(first.errors).toEqual([]);
  const damaged = await executionFileOf(path.join(userData, 'store'), 'hello');
  await fs.writeFile(damaged, '{"half of a docum');

  const { page, close, errors } = await launch(userData);
  await go(page, 'Executions');
  await executionRow(page, 'hello').click();
  await expect(page.getByText(path.basename(damaged)).first()).toBeVisible();
  // The window asks for what it had opened, which may be before all files have been looked through.
  const isGone = /One execution has no file any more and can no longer be shown|could not be read from the disk/;
  await expect(page.getByText(isGone).first()).toBeVisible();
  await executionRow(page, 'pause_before_approval', 'Paused').click();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(executionRow(page, 'pause_before_approval', 'Succeeded')).toBeVisible();
  await go(page, 'Library');
  await expect(page.getByRole('row', { name: /^hello/ })).toBeVisible();
  await close();
  expect(errors).toEqual([]);
});

/** The file of an execution of this workflow. */
async function executionFileOf(store: string, workflow: string): Promise<string> {
  const names = await fs.readdir(path.join(store, 'executions'), { recursive: true });
  for (const name of names.filter((each) => each.endsWith('.json') && !each.startsWith('index'))) {
    const file = path.join(store, 'executions', name);
    if ((await fs.readFile(file, 'utf8')).includes(`"${workflow}"`)) return file;
  }
  throw new Error(`No file of ${workflow} in ${names.join(', ')}`);
}
