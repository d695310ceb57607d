import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { addWorkflow, executionRow, inspector, runFromLibrary, taskRow } from './screen.ts';

const release = (url: string) => `version: '2.0'

release:
  input: [{ version: '1' }]
  output: { shipped: <% $.version %> }
  tasks:
    build:
      action: std.echo output=<% $.version %>
      on-success: [test, ship]
    test:
      with-items: machine in <% [1, 2, 3] %>
      action: std.js
      input:
        script: |
          if ($.machine === 2 && !$.fixed) throw new Error('machine 2 is broken');
          return $.machine;
        context: { machine: <% $.machine %>, fixed: <% env().get(fixed) %> }
      on-success: announce
    ship:
      action: std.http url='${url}'
    announce:
      action: std.noop
`;

function sheet(page: Page, name: string | RegExp) {
  return page.getByRole('dialog', { name });
}

test('a failed task is run again with another environment, after a look at what that does', async ({
  windrose,
  userData,
  gate,
}) => {
  const { page } = windrose;
  gate.open();
  await addWorkflow(windrose, userData, release(gate.url));
  await runFromLibrary(page, 'release');
  await expect(executionRow(page, 'release', 'Failed')).toBeVisible();

  await page.getByRole('button', { name: 'Rerun', exact: true }).click();
  const rerun = sheet(page, 'Rerun test');
  await expect(rerun.getByLabel('What will happen')).toContainText('test: std.js, 1 of 3 items');
  await expect(rerun.getByLabel('What will happen')).toContainText('announce');
  await rerun.getByRole('radio', { name: 'All 3' }).check();
  await expect(rerun.getByLabel('What will happen')).toContainText('3 of 3 items');
  await rerun.getByRole('radio', { name: 'Only the one that failed' }).check();
  await rerun.getByRole('button', { name: 'With another environment…' }).click();
  await rerun.getByRole('textbox', { name: 'Environment' }).fill('{"fixed" true}');
  await expect(rerun).toContainText('A colon is missing');
  await expect(rerun.getByRole('button', { name: 'Rerun', exact: true })).toBeDisabled();
  await rerun.getByRole('textbox', { name: 'Environment' }).fill('{"fixed": true}');
  await expect(rerun.getByLabel('What changes')).toContainText('fixed');
  await rerun.getByRole('button', { name: 'Rerun', exact: true }).click();
  await expect(executionRow(page, 'release', 'Succeeded')).toBeVisible();
  await expect(taskRow(page, 'announce', 'Succeeded')).toBeVisible();
  expect(gate.asked).toBe(1);

  // Once more from the start, with another input.
  await executionRow(page, 'release').click();
  await page.getByRole('button', { name: 'Run again', exact: true }).click();
  const again = sheet(page, 'Run release again');
  await again.getByRole('textbox', { name: 'Input' }).fill('{"version": "2"}');
  await expect(again.getByLabel('What changes')).toContainText('"1" → "2"');
  await again.getByRole('button', { name: 'Run', exact: true }).click();
  // It has the environment, too.
  await expect(executionRow(page, 'release', 'Succeeded')).toHaveCount(2);
  await taskRow(page, 'build').first().click();
  await expect(inspector(page).getByText('"2"').first()).toBeVisible();
});

const approval = (url: string) => `version: '2.0'

approval:
  tasks:
    check:
      action: std.fail
      on-success: approve
    approve:
      action: std.async_noop
      on-success: call
    call:
      action: std.http url='${url}'
`;

test('with the keyboard alone: skip what failed, complete what waits for a person, pause, resume, delete', async ({
  windrose,
  userData,
  gate,
}) => {
  const { page } = windrose;
  const { keyboard } = page;
  await addWorkflow(windrose, userData, approval(gate.url));
  await runFromLibrary(page, 'approval');
  await expect(executionRow(page, 'approval', 'Failed')).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(taskRow(page, 'check', 'Failed')).toBeFocused();
  await keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'check' });
  await expect(menu.getByRole('menuitem', { name: 'Rerun…' })).toBeFocused();
  await keyboard.press('s');
  await keyboard.press('Enter');
  await expect(sheet(page, 'Skip check?').getByLabel('What will happen')).toContainText('approve, call');
  await keyboard.press('Enter');
  await expect(taskRow(page, 'check', 'Skipped')).toBeFocused();

  await expect(taskRow(page, 'approve', 'Running')).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowDown');
  const waiting = page.getByRole('row', { name: /^std.async_noop, action, Running/ });
  await expect(waiting).toBeFocused();
  await keyboard.press('ContextMenu');
  await expect(page.getByRole('menuitem', { name: 'Complete…' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(sheet(page, /^Complete approve/)).toBeVisible();
  await keyboard.press('Enter');
  await expect(taskRow(page, 'approve', 'Succeeded')).toBeVisible();
  await expect.poll(() => gate.asked).toBe(1);

  await keyboard.press('ControlOrMeta+.');
  await expect(executionRow(page, 'approval', 'Pausing')).toBeVisible();
  gate.open();
  await expect(executionRow(page, 'approval', 'Paused')).toBeVisible();
  await keyboard.press('ControlOrMeta+.');
  await expect(executionRow(page, 'approval', 'Succeeded')).toBeVisible();

  await keyboard.press('Home');
  await keyboard.press('Shift+F10');
  await keyboard.press('End');
  await keyboard.press('d');
  await keyboard.press('Enter');
  const question = sheet(page, 'Delete approval?');
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await question.getByRole('button', { name: 'Delete execution' }).press('Enter');
  await expect(executionRow(page, 'approval')).toHaveCount(0);
});

const guarded = (url: string) => `version: '2.0'

guarded:
  tasks:
    first:
      action: std.http url='${url}'
      on-success: second
    second:
      action: std.http url='${url}'
`;

test('what was refused because nobody had allowed it can be allowed on its row, and runs again', async ({
  windrose,
  userData,
  gate,
}) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, guarded(gate.url));
  await runFromLibrary(page, 'guarded');
  await expect.poll(() => gate.asked).toBe(1);

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Trusted workflows' }).click();
  await page.getByRole('button', { name: 'Revoke the trust in guarded' }).click();
  await expect(page.getByRole('button', { name: 'Revoke the trust in guarded' })).toBeHidden();
  await page.keyboard.press('Escape');
  gate.letThrough();
  const second = taskRow(page, 'second', 'Failed');
  await second.click();
  await expect(inspector(page)).toContainText('nobody has allowed this text of the workflow');

  await page.getByRole('button', { name: 'Allow second' }).click();
  const asked = sheet(page, 'Allow guarded to do this?');
  await asked.getByRole('button', { name: 'Do not allow it' }).click();
  await expect(second).toBeVisible();
  expect(gate.asked).toBe(1);

  await second.click();
  await page.getByRole('button', { name: 'Allow second' }).click();
  await asked.getByRole('button', { name: 'Allow and run again' }).click();
  await expect.poll(() => gate.asked).toBe(2);
  gate.open();
  await expect(executionRow(page, 'guarded', 'Succeeded')).toBeVisible();
});
