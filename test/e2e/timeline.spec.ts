import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { addWorkflow, executionRow, inspector, runFromLibrary, runSample, taskRow } from './screen.ts';

async function show(page: Page, view: 'Timeline' | 'Events'): Promise<Locator> {
  const tab = page.getByRole('tab', { name: view });
  if (!(await tab.isVisible())) await page.getByRole('button', { name: 'Views', exact: true }).click();
  await tab.click();
  return view === 'Timeline'
    ? page.getByRole('listbox', { name: /^Timeline/ })
    : page.getByRole('treegrid', { name: 'Events' });
}

test('what happened can be read in order, and each event leads to its task', async ({ windrose: { page } }) => {
  await runSample(page, 'Hello');
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  const events = await show(page, 'Events');
  const rows = events.getByRole('row', { name: /^(hello|compose|say) / });
  await expect(rows.last()).toHaveAccessibleName(/^hello succeeded/);
  const said = (await rows.evaluateAll((all) => all.map((row) => row.ariaLabel ?? ''))).map((each) =>
    each.replace(/, [\d:.]+$/, ''),
  );
  const order = ['hello started', 'compose started', 'compose succeeded; next: say', 'say started', 'hello succeeded'];
  expect(said.filter((each) => order.includes(each))).toEqual(order);

  await events.getByRole('row', { name: /^compose started/ }).click();
  await expect(inspector(page).getByRole('heading', { name: 'compose' })).toBeVisible();
  await expect(taskRow(page, 'compose')).toHaveAttribute('aria-selected', 'true');

  await page.getByRole('textbox', { name: 'Filter events' }).fill('say succeeded');
  await expect(events.getByRole('row', { name: /^say / })).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(inspector(page).getByRole('heading', { name: 'say' })).toBeVisible();
  await expect(inspector(page)).toBeFocused();
  await inspect(page, 'events', '[role="tabpanel"]');
});

test('the timeline is walked with the keyboard, and the inspector follows', async ({ windrose: { page } }) => {
  await runSample(page, 'Error handling');
  await expect(executionRow(page, 'error_handling', 'Succeeded')).toBeVisible({ timeout: 20_000 });
  const timeline = await show(page, 'Timeline');
  await expect(timeline).toHaveAccessibleName(/^Timeline of error_handling: 7 rows, Succeeded, took /);
  const current = timeline.getByRole('option');
  await expect(current).toHaveText(/^error_handling, workflow, Succeeded, started [\d:.]+, took /);

  await timeline.focus();
  for (const name of ['book_car', 'book_hotel', 'book_flight']) {
    await page.keyboard.press('ArrowDown');
    await expect(current).toHaveText(new RegExp(`^${name}, task, `));
  }
  await expect(current).toHaveText(/Failed, handled/);
  await expect(inspector(page).getByRole('heading', { name: 'book_flight' })).toBeVisible();
  await inspect(page, 'timeline', '[role="tabpanel"]');

  const all = page.getByRole('button', { name: 'Show all of it' });
  await expect(all).toBeDisabled();
  await timeline.focus();
  await page.keyboard.press('+');
  await expect(all).toBeEnabled();
  await page.keyboard.press('0');
  await expect(all).toBeDisabled();
  await page.keyboard.press('Enter');
  await expect(inspector(page)).toBeFocused();
});

const waiting = (url: string) => `version: '2.0'

waiting:
  tasks:
    ask:
      with-items: n in <% range(3) %>
      action: std.http url='${url}'
      on-success: done
    done:
      action: std.noop
`;

test('timeline and events follow an execution that runs', async ({ windrose, userData, gate }) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, waiting(gate.url));
  await runFromLibrary(page, 'waiting');
  await expect.poll(() => gate.asked).toBe(3);
  const timeline = await show(page, 'Timeline');
  await expect(timeline).toHaveAccessibleName('Timeline of waiting: 2 rows, Running');
  await page.getByRole('button', { name: 'Attempts and items' }).click();
  await expect(timeline).toHaveAccessibleName('Timeline of waiting: 5 rows, Running');
  const box = await timeline.boundingBox();
  if (box === null) throw new Error('The timeline is nowhere.');
  await timeline.click({ position: { x: box.width - 80, y: 28 + 24 + 12 } });
  await expect(inspector(page).getByRole('heading', { name: 'ask' })).toBeVisible();

  const events = await show(page, 'Events');
  await expect(events.getByRole('row', { name: /^ask std.http \(item \d\) started/ })).toHaveCount(3);
  gate.open();
  await expect(events.getByRole('row', { name: /^waiting succeeded/ })).toBeVisible();
  await expect(events.getByRole('row', { name: /^ask std.http \(item \d\) succeeded/ })).toHaveCount(3);
  await show(page, 'Timeline');
  await expect(timeline).toHaveAccessibleName(/^Timeline of waiting: 3 rows, Succeeded/);
});

const long = `version: '2.0'

long:
  tasks:
    each:
      with-items: n in <% range(3000) %>
      action: std.noop
`;

test('a long history is fetched where one looks, and searched as a whole', async ({ windrose, userData }) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, long);
  await runFromLibrary(page, 'long');
  await expect(executionRow(page, 'long', 'Succeeded')).toBeVisible({ timeout: 20_000 });
  // It is shown from its end while it runs, and from its start afterwards.
  await page.reload();
  const events = await show(page, 'Events');
  const first = events.getByRole('row', { name: /^long started/ });
  await expect(first).toBeVisible();
  await expect(page.getByText(/^[\d,]+\+ events$/)).toBeVisible();

  await first.click();
  await page.keyboard.press('Control+End');
  const last = events.getByRole('row', { name: /^long succeeded/ });
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
  await page.keyboard.press('ArrowUp');
  await expect(events.getByRole('row', { name: /^each succeeded/ })).toBeFocused();
  await page.keyboard.press('Control+Home');
  await expect(first).toBeFocused();
  await expect(first).toBeInViewport();

  await page.getByRole('textbox', { name: 'Filter events' }).fill('item 2999) succeeded');
  await expect(page.getByText('1 found', { exact: true })).toBeVisible();
  await expect(events.getByRole('row', { name: /^each std\.noop \(item 2999\) succeeded/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'Filter events' }).fill('nobody says that');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(first).toBeVisible();
});
