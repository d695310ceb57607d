import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { addWorkflow, inspector, runFromLibrary, taskRow } from './screen.ts';

/** A result of some two megabytes, an item that fails, and a join that waits. */
const look = (url: string) => `version: '2.0'

look:
  tasks:
    make:
      action: std.js
      input:
        script: "return Array.from({ length: 40000 }, (_, at) => ({ name: 'server ' + at, port: at % 7 }));"
        context: {}
    items:
      with-items: number in <% range(40) %>
      action: std.js
      input:
        script: if ($.number === 17) throw new Error('17 is odd'); return $.number;
        context: { number: <% $.number %> }
      on-error: together
    flaky:
      action: std.fail
      retry: { count: 2, delay: 0 }
      on-error: noop
    call:
      action: std.http url='${url}'
      on-success: [together, after]
    after:
      # does nothing
      action: std.noop
    together:
      join: all
      action: std.noop
`;

test('the inspector leads to what blocks a task, to items that failed, to attempts, and into large results', async ({
  windrose,
  userData,
  gate,
}) => {
  const { app, page } = windrose;
  await addWorkflow(windrose, userData, look(gate.url));
  await runFromLibrary(page, 'look');
  const pane = inspector(page);

  // What a join waits for is a link.
  await taskRow(page, 'together', 'Waiting').click();
  const waitsFor = pane.getByRole('list', { name: 'Waits for' });
  await expect(waitsFor.getByRole('button')).toHaveText([/^call *running for/]);
  await inspect(page, 'inspector-waiting');
  await waitsFor.getByRole('button').click();
  await expect(taskRow(page, 'call')).toHaveAttribute('aria-selected', 'true');
  await pane.getByRole('button', { name: 'Definition', exact: true }).click();
  await expect(pane.getByLabel('Definition of call')).toContainText('on-success: [together, after]');

  // Attempts, the newest first.
  await taskRow(page, 'flaky', 'Failed, handled').click();
  const attempts = pane.getByRole('list', { name: 'Attempts' }).getByRole('button');
  await expect(attempts).toHaveText([/^3Failed/, /^2Failed/, /^1Failed/]);
  await attempts.last().click();
  await expect(page.getByRole('row', { name: /^attempt 1, / })).toHaveAttribute('aria-selected', 'true');

  // A large result is searched, its paths are copied, and it is saved.
  await taskRow(page, 'make', 'Succeeded').click();
  await app.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    },
    path.join(userData, 'saved.json'),
  );
  await pane.getByRole('button', { name: 'Save…' }).click();
  await expect(page.getByText('Saved the result of make.')).toBeVisible();
  expect(JSON.parse(fs.readFileSync(path.join(userData, 'saved.json'), 'utf8'))).toHaveLength(40_000);
  await pane.getByRole('button', { name: 'Show it' }).click();
  const find = pane.getByRole('textbox', { name: 'Find in result' });
  await find.fill('SERVER 3999');
  await expect(pane.getByRole('status').filter({ hasText: /^11$/ })).toBeVisible();
  await find.press('Enter');
  await find.press('Enter');
  await expect(pane.getByRole('row', { name: 'name: "server 39990"', exact: true })).toBeVisible();
  await inspect(page, 'inspector-json');
  await pane.getByRole('button', { name: 'Copy the path to the selected value' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('task(make).result[39990].name');
  // Items: one cell each, and one click to what failed.
  await taskRow(page, 'items', 'Failed, handled').click();
  const cells = pane.getByRole('option');
  await expect(cells).toHaveCount(40);
  await inspect(page, 'inspector-items');
  await pane.getByRole('button', { name: 'Next failed' }).click();
  await expect(pane.getByRole('option', { name: 'item 17, failed' })).toHaveAttribute('aria-selected', 'true');
  await expect(pane).toContainText('17 is odd');
  await pane.getByRole('option', { name: 'item 17, failed' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(pane.getByRole('option', { name: 'item 18, succeeded' })).toHaveAttribute('aria-selected', 'true');

  gate.open();
});
