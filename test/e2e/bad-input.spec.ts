import { expect, test } from './app.ts';
import { addWorkflow, inspector, runFromLibrary, taskRow } from './screen.ts';

/** As long as a name may be: letters that join, letters that stack, letters from right to left, and no place to break. */
const names = [
  '\u4e2d\u6587'.repeat(127),
  '\u0645\u0647\u0645\u0629'.repeat(63),
  'e\u0301\u0323'.repeat(85),
  'W'.repeat(255),
] as const;
const long = `version: '2.0'\n\nlong_names:\n  tasks:\n${names.map((name) => `    ${name}: { action: std.noop }\n`).join('')}`;

test('names of any script and length stay on their rows, and are whole for who hears them', async ({
  windrose,
  userData,
}) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, long);
  await runFromLibrary(page, 'long_names');
  for (const name of names) {
    const row = taskRow(page, name, 'Succeeded');
    await expect(row).toBeVisible();
    expect((await row.boundingBox())?.height).toBe(28);
    await row.click();
    await expect(inspector(page)).toContainText(name);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
});
