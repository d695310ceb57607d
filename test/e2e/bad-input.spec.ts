import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { addWorkflow, executionHeader, executionRow, inspector, runFromLibrary, taskRow } from './screen.ts';

/**
 * As long as a name may be: letters that join, letters that stack, letters from right to left, pictures of several
 * characters each, and no place to break.
 */
const names = [
  '\u4e2d\u6587'.repeat(127),
  '\u0645\u0647\u0645\u0629'.repeat(63),
  'e\u0301\u0323'.repeat(85),
  '\u{1f469}\u200d\u{1f467}'.repeat(51),
  'W'.repeat(255),
] as const;
const [, workflow] = names;
const long = `version: '2.0'

${workflow}:
  tasks:
${names.map((name) => `    ${name}: { action: std.noop }\n`).join('')}`;

/** Nothing makes the page itself wider than the window. */
async function expectNoOverflow(page: Page): Promise<void> {
  const sizes = () => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  const [wanted, given] = await sizes();
  expect(wanted).toBeLessThanOrEqual(given ?? 0);
}

test('names of any script and length stay where they belong, and are whole for who hears them', async ({
  windrose,
  userData,
}) => {
  const { app, page } = windrose;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1280, 800));
  await addWorkflow(windrose, userData, long);
  await expectNoOverflow(page);
  await runFromLibrary(page, workflow);
  for (const name of names) {
    const row = taskRow(page, name, 'Succeeded');
    await expect(row).toBeVisible();
    expect((await row.boundingBox())?.height).toBe(28);
    await row.click();
    await expect(inspector(page)).toContainText(name);
  }
  await expect(executionRow(page, workflow, 'Succeeded')).toBeVisible();
  await expect(executionHeader(page)).toContainText(workflow);
  await expect(executionHeader(page).getByRole('button', { name: 'Run again' })).toBeInViewport({ ratio: 1 });
  await expectNoOverflow(page);

  // Beside two other panes the tree still says in which state a row is, and why.
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'Why / message' })).toBeVisible();
  for (const tab of ['Graph', 'Timeline', 'Events', 'Definition']) {
    await page.getByRole('tab', { name: tab }).click();
    const panel = page.getByRole('tabpanel', { name: tab });
    if (tab === 'Graph') {
      for (const name of names)
        await expect(panel.getByRole('button', { name: `${name}, std.noop, Succeeded` })).toBeVisible();
    } else await expect(panel).toContainText(tab === 'Definition' ? names[0] : workflow);
    await expect(inspector(page)).toBeInViewport({ ratio: 1 });
    await expectNoOverflow(page);
  }
});

const results = `version: '2.0'

results:
  tasks:
    deeper:
      action: std.js
      input:
        script: "let value = 'the bottom'; for (let i = 0; i < 1000; i++) value = { in: value }; return value;"
        context: {}
    deep:
      action: std.js
      input:
        script: "let value = 'the bottom'; for (let i = 0; i < 490; i++) value = { in: value }; return value;"
        context: {}
    many:
      action: std.js
      input:
        script: "return Object.fromEntries(Array.from({ length: 500000 }, (_, at) => [at.toString(36), 1]));"
        context: {}
`;

test('a deep result and one of half a million keys are looked at like any other; one that is too deep is said to be', async ({
  windrose,
  userData,
}) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, results);
  await runFromLibrary(page, 'results');
  await taskRow(page, 'deeper', 'Failed').click({ timeout: 30_000 });
  await expect(inspector(page)).toContainText('nested more than 500 levels deep, which is the limit');
  for (const [task, text, line] of [
    ['deep', 'the bottom', 'in: "the bottom"'],
    ['many', 'apsv', 'apsv: 1'],
  ] as const) {
    await taskRow(page, task, 'Succeeded').click({ timeout: 30_000 });
    if (task === 'many') await inspector(page).getByRole('button', { name: 'Show it' }).click();
    const find = inspector(page).getByRole('textbox', { name: 'Find in result' });
    await find.fill(text);
    await expect(inspector(page).getByRole('status').filter({ hasText: /^1$/ })).toBeVisible();
    await find.press('Enter');
    await expect(inspector(page).getByRole('row', { name: line, exact: true })).toBeVisible();
    await expectNoOverflow(page);
  }
});
