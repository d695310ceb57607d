import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { executionRow, inspector, pressWithControl, runSample } from './screen.ts';

test('the palette finds commands, workflows and executions by some of their letters, by keyboard alone', async ({
  windrose,
}) => {
  const { page } = windrose;
  const { keyboard } = page;
  await runSample(page, 'Hello');
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await runSample(page, 'Fan-out and join');
  await expect(executionRow(page, 'fan_out_and_join', 'Succeeded')).toBeVisible();

  await pressWithControl(windrose, 'K');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const field = palette.getByRole('combobox');
  await expect(field).toBeFocused();
  await expect(palette.getByRole('option', { name: 'Cancel…' })).toHaveCount(0);
  await expect(palette.getByRole('option', { name: /^Run again….*fan_out_and_join/ })).toBeVisible();
  await expect(palette.getByRole('option', { name: 'Library' })).toContainText(/Ctrl\+1|⌘1/);
  await inspect(page, '20-palette');

  await keyboard.type('run hel');
  await expect(palette.getByRole('option').first()).toHaveAccessibleName(/^Run hello…/);
  await expect(palette.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Run hello' })).toBeVisible();
  await keyboard.press('Escape');

  await pressWithControl(windrose, 'K');
  await keyboard.type('helo');
  await palette.getByRole('option', { name: /^hello.*Succeeded/ }).click();
  await expect(inspector(page).getByRole('heading', { name: 'hello', exact: true }).first()).toBeVisible();

  await pressWithControl(windrose, 'K');
  await keyboard.type('nothing is like this');
  await expect(palette.getByText('Nothing is called so.')).toBeVisible();
  await keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(executionRow(page, 'hello')).toBeFocused();

  await pressWithControl(windrose, 'K');
  await keyboard.type('explib');
  await keyboard.press('Control+A');
  await keyboard.type('libr');
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Library', exact: true })).toHaveAttribute('aria-current', 'page');
});

test('the search finds executions among all that are stored, and opens the one that is chosen', async ({
  windrose,
}) => {
  const { page } = windrose;
  for (const title of ['Hello', 'Error handling', 'Hello']) {
    await runSample(page, title);
    await expect(page.getByRole('row', { selected: true, name: /Succeeded/ })).toBeVisible();
  }
  await pressWithControl(windrose, 'K');
  await page.keyboard.type('search ex');
  await page.keyboard.press('Enter');
  const search = page.getByRole('dialog', { name: 'Search executions' });
  await expect(search.getByRole('option')).toHaveCount(3);
  await page.keyboard.type('error_h');
  await expect(search.getByRole('option')).toHaveCount(1);
  await inspect(page, '21-search-executions');
  await page.keyboard.press('Enter');
  await expect(executionRow(page, 'error_handling')).toHaveAttribute('aria-selected', 'true');
});

test('every command of the menu is on the sheet of shortcuts, with its key', async ({ windrose: { app, page } }) => {
  const items = await app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(
      ({ label, submenu }) =>
        submenu?.items.flatMap((item) =>
          /Execution$/.test(label.replace('&', '')) && item.type !== 'separator' ? [item.label] : [],
        ) ?? [],
    ),
  );
  expect(items).toContain('Run…');
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const label of items) await expect(sheet.getByText(label.replace('…', ''), { exact: true })).toBeVisible();
  await inspect(page, '22-shortcuts');
});
