import fs from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { addWorkflow, executionRow, go, inspector, openFile, runFromLibrary, runSample, taskRow } from './screen.ts';

const trip = (url: string) => `version: '2.0'

trip:
  tasks:
    book:
      workflow: booking
      on-success: travel
      on-error: [apologize, fail]
    travel:
      action: std.noop
    apologize:
      action: std.noop

booking:
  tasks:
    ask:
      action: std.http url='${url}'
      on-success:
        - pay: <% true %>
    pay:
      action: std.noop
`;

function graph(page: Page, workflow: string): Locator {
  return page.getByRole('region', { name: `Graph of ${workflow}` });
}

test('the graph follows an execution, and shares the selection with the tree', async ({ windrose, userData, gate }) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, trip(gate.url));
  await runFromLibrary(page, 'trip');
  await expect(executionRow(page, 'trip')).toBeFocused();
  await page.keyboard.press('g');
  const book = graph(page, 'trip').getByRole('button', { name: /^book,/ });
  const apologize = graph(page, 'trip').getByRole('button', { name: /^apologize,/ });
  await expect(book).toHaveAccessibleName('book, booking, Running');
  await expect(apologize).toHaveAccessibleName('apologize, std.noop, Not started');

  await book.click();
  await expect(taskRow(page, 'book')).toHaveAttribute('aria-selected', 'true');
  await expect(inspector(page).getByRole('heading', { name: 'book' })).toBeVisible();
  await page.getByRole('button', { name: 'Open the graph of booking' }).click();
  const ask = graph(page, 'booking').getByRole('button', { name: /^ask,/ });
  await expect(ask).toHaveAccessibleName('ask, std.http, Running');
  gate.open();
  await expect(ask).toHaveAccessibleName('ask, std.http, Succeeded');

  await executionRow(page, 'booking').click();
  await page.keyboard.press('ArrowRight');
  await taskRow(page, 'pay').click();
  await expect(graph(page, 'booking').getByRole('button', { name: /^pay,/ })).toHaveAttribute('aria-pressed', 'true');

  await page.getByRole('navigation', { name: 'Nested in' }).getByRole('button', { name: 'trip' }).click();
  await expect(book).toHaveAccessibleName('book, booking, Succeeded');
  await expect(apologize).toHaveAccessibleName('apologize, std.noop, Will not run');
});

test('with the keyboard: through the graph, to a task that has not run, and to its definition', async ({
  windrose,
  userData,
  gate,
}) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, trip(gate.url));
  await runFromLibrary(page, 'trip');
  await expect(executionRow(page, 'trip')).toBeFocused();
  await page.keyboard.press('g');
  await graph(page, 'trip')
    .getByRole('button', { name: /^book,/ })
    .focus();
  await page.keyboard.press('End');
  const last = graph(page, 'trip').locator('[data-task]:focus');
  await expect(last).toHaveAccessibleName(/^(travel|apologize), std.noop, Not started$/);
  await page.keyboard.press('Enter');
  await expect(last).toHaveAttribute('aria-pressed', 'true');
  await expect(executionRow(page, 'trip')).toHaveAttribute('aria-selected', 'true');

  await page.getByRole('tab', { name: 'Graph' }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await expect(page.getByRole('tab', { name: 'Graph' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Definition' }).click();
  await expect(page.getByRole('region', { name: 'Definition of trip' })).toContainText('workflow: booking');

  await page.keyboard.press('Escape');
  await expect(executionRow(page, 'trip')).toBeFocused();
  await page.keyboard.press('g');
  await expect(page.getByRole('tab', { name: 'Definition' })).toBeHidden();
});

test('a nested workflow is shown inside of the task that runs it, each of its executions by itself or all together', async ({
  windrose,
}) => {
  const { page } = windrose;
  await runSample(page, 'Sub-workflow');
  await go(page, 'Executions');
  await expect(executionRow(page, 'sub_workflow', 'Succeeded')).toBeVisible({ timeout: 30_000 });
  await executionRow(page, 'sub_workflow').click();
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  const drawn = graph(page, 'sub_workflow');
  await drawn.getByRole('button', { name: /^build_parts,/ }).focus();
  await page.keyboard.press('e');
  const compile = drawn.getByRole('button', { name: /^compile,/ });
  await expect(compile).toHaveAccessibleName(/Succeeded/);
  await expect(drawn.getByRole('combobox', { name: /^Executions of/ })).toBeVisible();
  await inspect(page, '8-graph-nested');
  await drawn.getByRole('button', { name: /^Close / }).click();
  await expect(compile).toBeHidden();
});

/** What is read and laid out beside the window takes until the function that is returned is called. */
async function holdBack(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    const held: (() => void)[] = [];
    Worker.prototype.postMessage = function (this: Worker, message: unknown) {
      held.push(() => post.call(this, message));
    };
    Object.assign(window, {
      goOn: () => {
        Worker.prototype.postMessage = post;
        for (const each of held) each();
      },
    });
  });
  return () => page.evaluate(() => (window as unknown as { goOn: () => void }).goOn());
}

test('ten thousand tasks are written, and drawn in stretches that can be opened', async ({ windrose, userData }) => {
  test.setTimeout(120_000); // on a machine that may be slow
  const { page } = windrose;
  const tasks = Array.from(
    { length: 10_000 },
    (_, i) => `    t${i}: {action: std.noop${i < 9_999 ? `, on-success: t${i + 1}` : ''}}\n`,
  );
  // The editor shows it before it is in the library: it is written in, checked, and drawn beside.
  const file = path.join(userData, 'long.yaml');
  await fs.writeFile(file, `version: '2.0'\nlong:\n  tasks:\n${tasks.join('')}`);
  await openFile(windrose, file);
  await expect(page.getByText('No problems.')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('textbox', { name: 'Text of long.yaml' }).focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText('    last: {action: nothing.like.it, on-success: t0x}\n');
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText("'t0x' not found", { timeout: 30_000 });
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText('No problems.')).toBeVisible({ timeout: 30_000 });
  await expect(
    graph(page, 'long')
      .getByRole('button', { name: /100 tasks/ })
      .first(),
  ).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Add to library' }).click();
  await expect(page.getByRole('article', { name: 'long' })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('row', { name: /^Hello/ }).click();
  const goOn = await holdBack(page);
  await page.getByRole('row', { name: /^long/ }).click();
  const drawn = graph(page, 'long');
  const waiting = page.getByRole('status', { name: /the graph$/ });
  await expect(waiting).toHaveAccessibleName('Loading the graph');
  await goOn();
  const stretch = drawn.getByRole('button', { name: /100 tasks/ }).first();
  await expect(stretch).toBeVisible({ timeout: 30_000 });
  await expect(waiting).toBeHidden();
  await inspect(page, 'graph-stretches');
  await stretch.focus();
  await page.keyboard.press('e');
  await expect(drawn.getByRole('button', { name: /^t1,/ })).toBeVisible();
});
