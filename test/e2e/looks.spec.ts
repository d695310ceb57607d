import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app.ts';
import { inspect, inspectForced } from './inspect.ts';
import { addWorkflow, executionRow, go, inspector, openFile, runFromLibrary, runSample, taskRow } from './screen.ts';

/** Stays as it is for as long as it is looked at: its actions ask a server that does not answer. */
const release = (url: string) => `version: '2.0'

release:
  description: Builds, tests on twelve machines, and announces.
  tasks:
    check_out:
      action: std.noop
      on-success: announce
    build:
      action: std.http url='${url}'
      on-success: announce
    test:
      with-items: machine in <% range(12) %>
      concurrency: 3
      action: std.http url='${url}'
      on-success: announce
    sign:
      action: std.fail
      retry: { count: 5, delay: 600 }
    announce:
      join: all
      action: std.noop
`;

test('every screen is accessible in both themes', async ({ windrose, userData, gate }) => {
  test.setTimeout(180_000); // seven screens, each in two themes, on a machine that may be slow
  const { page } = windrose;

  await go(page, 'Executions');
  await expect(page.getByText('Nothing has been run yet')).toBeVisible();
  await inspect(page, '1-no-executions');

  await go(page, 'Library');
  await expect(page.getByRole('row', { name: /^Hello/ })).toBeVisible();
  await inspect(page, '2-library');

  await page.getByRole('row', { name: /^With-items and retry/ }).click();
  await page.getByRole('button', { name: 'Change input…' }).click();
  await expect(page.getByRole('dialog', { name: 'Run with_items_and_retry' })).toBeVisible();
  await inspect(page, '3-run-form');
  await page.keyboard.press('Escape');

  const file = path.join(userData, 'mistake.yaml');
  await fs.writeFile(
    file,
    `version: '2.0'\nmistaken:\n  tasks:\n    first:\n      action: std.noop\n      on-success: secnod\n    second:\n      action: std.noop\n`,
  );
  await openFile(windrose, file);
  await expect(page.getByRole('list', { name: 'Problems' })).toBeVisible();
  await inspect(page, '4-mistake');
  await page.getByRole('button', { name: 'Close mistake.yaml' }).click();

  await runSample(page, 'Error handling');
  await runSample(page, 'Pause before approval');
  await addWorkflow(windrose, userData, release(gate.url));
  await runFromLibrary(page, 'release');
  await expect(taskRow(page, 'announce', 'Waiting')).toBeVisible();
  await expect.poll(() => gate.asked).toBe(4);
  await inspect(page, '5-running');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(executionRow(page, 'release', 'Pausing')).toBeVisible();
  await expect(executionRow(page, 'error_handling', 'Succeeded')).toBeVisible();
  await expect(executionRow(page, 'pause_before_approval', 'Paused')).toBeVisible();
  await inspect(page, '6-pausing');
  await inspectForced(page, '6-pausing');

  await executionRow(page, 'error_handling').click();
  await page.keyboard.press('ArrowRight');
  await taskRow(page, 'book_flight', 'Failed, handled').click();
  await expect(inspector(page)).toContainText('No seats left');
  await inspect(page, '7-failed-task');

  await page.getByRole('button', { name: 'Views', exact: true }).click();
  for (const tab of ['Graph', 'Timeline', 'Definition', 'Events']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tabpanel', { name: tab })).toContainText(/book_flight|Zoom/);
    await inspect(page, `7-${tab.toLowerCase()}`);
  }
  await inspectForced(page, '7-events');
});

test('every other place is accessible in both themes', async ({ windrose }) => {
  test.setTimeout(180_000);
  const { page } = windrose;
  const places = page.getByRole('navigation', { name: 'Places' });
  await runSample(page, 'Hello');
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();

  await go(page, 'Library');
  await page.getByRole('row', { name: /^hello/ }).click();
  await expect(page.getByRole('article', { name: 'hello' })).toContainText('Last executions');
  await inspect(page, '9-library-workflow');
  await places.getByRole('button', { name: 'Editor' }).click();
  await inspect(page, '9-editor');
  await places.getByRole('button', { name: 'Expressions' }).click();
  await expect(page.getByRole('textbox').first()).toBeVisible();
  await inspect(page, '9-expressions');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  for (const tab of ['General', 'Store', 'Actions', 'Trusted workflows', 'Secrets']) {
    await page.getByRole('tab', { name: tab }).click();
    await inspect(page, `9-settings-${tab.toLowerCase().replace(' ', '-')}`);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Commands' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await inspect(page, '9-palette');
  await page.keyboard.press('Escape');
  await go(page, 'Executions');
  await executionRow(page, 'hello').click();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await inspect(page, '9-shortcuts');
});
