import { expect, test } from './app.ts';
import { addWorkflow, executionRow, inspector, runFromLibrary, taskRow } from './screen.ts';

/** Only item 317 fails. */
const survey = (url: string) => `version: '2.0'

survey:
  tasks:
    ask:
      with-items: number in <% range(450) %>
      action: std.js
      input:
        script: if ($.number === 317) throw new Error('317 is odd'); return $.number;
        context: { number: <% $.number %> }
      on-error: [flaky, count]
    flaky:
      action: std.fail
      retry: { count: 2, delay: 0 }
      on-error: noop
    count:
      action: std.http url='${url}'
      on-success: last
    last:
      action: std.http url='${url}'
`;

test('a large set of items is grouped, what failed in it is found, and an execution is searched alone', async ({
  windrose,
  userData,
  gate,
}) => {
  test.setTimeout(120_000); // 450 scripts, on a machine that may be slow
  const { page } = windrose;
  const { keyboard } = page;
  await addWorkflow(windrose, userData, survey(gate.url));
  await runFromLibrary(page, 'survey');
  await expect(taskRow(page, 'ask', 'Failed, handled')).toBeVisible({ timeout: 60_000 });
  await expect(taskRow(page, 'count', 'Running')).toBeVisible();

  // Buckets: they say what is in them, and keep what is inside of them closed.
  const ask = taskRow(page, 'ask');
  await ask.click();
  await keyboard.press('ArrowRight');
  const bucket = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}, `) });
  await expect(bucket('0 to 199')).toHaveAccessibleName('0 to 199, 200 succeeded');
  await expect(bucket('200 to 399')).toHaveAccessibleName('200 to 399, 1 failed, 199 succeeded');
  await expect(bucket('400 to 449')).toHaveAttribute('aria-level', '3');
  await keyboard.press('ArrowDown');
  await expect(bucket('0 to 199')).toBeFocused();
  await expect(inspector(page).getByRole('heading', { name: 'ask' })).toBeVisible();

  // By pages, and to both ends of all rows, whatever is mounted. A scroll bar comes, and no column goes for it.
  const grid = page.getByRole('treegrid', { name: 'Executions' });
  const room = () => grid.evaluate(({ clientWidth, scrollHeight }) => ({ clientWidth, isFull: scrollHeight > 2000 }));
  const { clientWidth, isFull } = await room();
  expect(isFull).toBe(false);
  await keyboard.press('ArrowRight');
  await expect.poll(room).toEqual({ clientWidth, isFull: true });
  await keyboard.press('PageDown');
  await keyboard.press('PageDown');
  const item = page.locator('[role="row"]:focus');
  await expect(item).toHaveAccessibleName(/^item \d\d, /);
  await expect(item).toBeInViewport();
  await expect(bucket('0 to 199')).not.toBeInViewport();
  await keyboard.press('PageUp');
  await keyboard.press('PageUp');
  await expect(bucket('0 to 199')).toBeFocused();
  for (const [toEnd, toStart] of [
    ['End', 'Home'],
    ['Control+End', 'Control+Home'],
  ] as const) {
    await keyboard.press(toEnd);
    await expect(taskRow(page, 'count')).toBeFocused();
    await expect(taskRow(page, 'count')).toBeInViewport();
    await keyboard.press(toStart);
    await expect(executionRow(page, 'survey')).toBeFocused();
    await expect(executionRow(page, 'survey')).toBeInViewport();
  }

  // What failed is one key away, wherever it is.
  await keyboard.press('n');
  const failed = page.getByRole('row', { name: /^item 317, / });
  await expect(failed).toBeFocused();
  await expect(failed).toHaveAttribute('aria-level', '4');
  await expect(inspector(page)).toContainText('317 is odd');

  // Attempts stand below their task.
  await keyboard.press('2');
  await taskRow(page, 'flaky').click();
  await keyboard.press('ArrowRight');
  await expect(page.getByRole('row', { name: /^attempt 3, std.fail, action, Failed/ })).toBeVisible();

  // Following goes to what starts, until one goes elsewhere.
  await keyboard.press('f');
  await expect(taskRow(page, 'count')).toHaveAttribute('aria-selected', 'true');
  gate.letThrough();
  await expect(taskRow(page, 'last', 'Running')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('button', { name: 'Follow what runs' })).toHaveAttribute('aria-pressed', 'true');

  // Alone, with a filter.
  await expect(taskRow(page, 'last')).toBeFocused();
  await keyboard.press('o');
  await expect(page.getByRole('heading', { name: 'survey', level: 1 })).toBeVisible();
  const search = page.getByRole('textbox', { name: 'Filter by name, action or message' });
  await search.fill('317 is ODD');
  await expect(page.getByRole('status').filter({ hasText: /^1 of \d+ rows$/ })).toBeVisible();
  await expect(failed).toBeVisible();
  await expect(taskRow(page, 'count')).toHaveCount(0);
  await search.fill('nothing like it');
  await expect(page.getByText('Nothing in this execution matches')).toBeVisible();
  await page.getByRole('button', { name: 'Show every row' }).click();
  await page.getByRole('button', { name: /Failed, handled$/ }).click();
  await expect(ask).toBeVisible();
  await expect(taskRow(page, 'last')).toHaveCount(0);
  await page.getByRole('button', { name: 'All executions' }).click();
  await expect(page.getByRole('heading', { name: 'Executions', level: 1 })).toBeVisible();

  gate.open();
  await expect(executionRow(page, 'survey', 'Succeeded')).toBeVisible();
});
