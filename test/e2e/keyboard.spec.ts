import { expect, test } from './app.ts';
import {
  addWorkflow,
  executionHeader,
  executionRow,
  inspector,
  pressWithControl,
  runFromLibrary,
  taskRow,
} from './screen.ts';

test('with the keyboard alone: start, find a workflow, fill in its form, run it, read the result', async ({
  windrose,
}) => {
  const { page } = windrose;
  const { keyboard } = page;
  // What is drawn hears keys.
  await expect(page.getByRole('button', { name: 'Library', exact: true })).toBeVisible();

  await pressWithControl(windrose, '1');
  await pressWithControl(windrose, 'F');
  await expect(page.getByRole('textbox', { name: 'Search the library' })).toBeFocused();
  await keyboard.type('hello');
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('row', { name: /^Hello/ })).toBeFocused();
  await expect(page.getByRole('article', { name: 'Hello' })).toBeVisible();

  await pressWithControl(windrose, 'Enter');
  const form = page.getByRole('dialog', { name: 'Run hello' });
  await expect(form.getByRole('textbox', { name: 'name' })).toBeFocused();
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('keyboard');
  await pressWithControl(windrose, 'Enter');

  await expect(executionRow(page, 'hello')).toBeFocused();
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await keyboard.press('ArrowDown');
  await expect(taskRow(page, 'compose')).toBeFocused();
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await expect(inspector(page)).toContainText('Hello, keyboard!');
  await keyboard.press('Escape');
  await expect(taskRow(page, 'compose')).toBeFocused();
});

test('the key for pause is both in the menu and in the page, and counts once', async ({ windrose, userData, gate }) => {
  const { page } = windrose;
  await addWorkflow(
    windrose,
    userData,
    `version: '2.0'\nasking:\n  tasks:\n    ask: { action: 'std.http url="${gate.url}"' }\n`,
  );
  await runFromLibrary(page, 'asking');
  await expect.poll(() => gate.asked).toBe(1);
  await pressWithControl(windrose, '.');
  await expect(executionRow(page, 'asking', 'Pausing')).toBeVisible();
  gate.open();
  await expect(executionRow(page, 'asking', 'Paused')).toBeVisible();
  await pressWithControl(windrose, '.');
  await expect(executionRow(page, 'asking', 'Succeeded')).toBeVisible();
});

/** Asks, then fails for good. */
const shaky = (url: string) => `version: '2.0'

shaky:
  tasks:
    ask:
      action: std.http url='${url}'
      on-success: check
    check:
      action: std.fail
`;

test('with the keyboard alone: run, watch, pause, inspect, resume, rerun', async ({ windrose, userData, gate }) => {
  const { page } = windrose;
  const { keyboard } = page;
  await addWorkflow(windrose, userData, shaky(gate.url));

  // Run.
  await pressWithControl(windrose, '1');
  await pressWithControl(windrose, 'F');
  await expect(page.getByRole('textbox', { name: 'Search the library' })).toBeFocused();
  await keyboard.type('shaky');
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('article', { name: 'shaky' })).toBeVisible();
  await pressWithControl(windrose, 'Enter');
  await expect(page.getByRole('dialog', { name: 'Run shaky' })).toBeVisible();
  await pressWithControl(windrose, 'Enter');
  await expect(executionRow(page, 'shaky', 'Running')).toBeFocused();
  await expect.poll(() => gate.asked).toBe(1);

  // Watch and pause: the views come and go, and what still runs is said.
  await keyboard.press('g');
  await expect(page.getByRole('tab', { name: 'Graph' })).toBeVisible();
  await keyboard.press('g');
  await expect(page.getByRole('tab', { name: 'Graph' })).toBeHidden();
  await pressWithControl(windrose, '.');
  await expect(executionHeader(page)).toContainText('Pausing: 1 still running');
  gate.open();
  await expect(executionRow(page, 'shaky', 'Paused')).toBeVisible();

  // Inspect, and come back.
  await keyboard.press('ArrowDown');
  await expect(taskRow(page, 'ask')).toBeFocused();
  await keyboard.press('Enter');
  await expect(inspector(page)).toBeFocused();
  await expect(inspector(page).getByRole('heading', { name: 'ask', exact: true })).toBeVisible();
  await expect(inspector(page)).toContainText('passed');
  await keyboard.press('Escape');
  await expect(taskRow(page, 'ask')).toBeFocused();

  // Resume, find what failed, and run it again.
  await pressWithControl(windrose, '.');
  await expect(executionRow(page, 'shaky', 'Failed')).toBeVisible();
  await keyboard.press('n');
  const check = taskRow(page, 'check', 'Failed');
  await expect(check).toBeFocused();
  await keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Rerun…' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Rerun check' })).toBeVisible();
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Rerun check' })).toBeHidden();
  await expect(executionRow(page, 'shaky', 'Failed')).toBeVisible();
  await expect(check).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(page.getByRole('row', { name: /std\.fail, action, Failed/ })).toHaveCount(2);

  // The keys of the tree.
  await keyboard.press('ArrowLeft');
  await expect(check).toHaveAttribute('aria-expanded', 'false');
  await keyboard.press('ArrowLeft');
  await expect(executionRow(page, 'shaky')).toBeFocused();
  await keyboard.press('e');
  await expect(page.getByRole('row', { name: /std\.http, action/ })).toBeVisible();
  await keyboard.press('End');
  await expect(page.getByRole('row', { name: /std\.fail, action/ }).last()).toBeFocused();
  await keyboard.press('Home');
  await expect(executionRow(page, 'shaky')).toBeFocused();
  // What closes around the keyboard takes it along.
  await keyboard.press('End');
  await keyboard.press('w');
  await expect(executionRow(page, 'shaky')).toHaveAttribute('aria-expanded', 'false');
  await expect(executionRow(page, 'shaky')).toBeFocused();
  await keyboard.press('2');
  await expect(check).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await expect(check).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(taskRow(page, 'ask')).toBeFocused();

  // Right opens, then goes into the cells and through them; Left comes back, closes, and goes to the parent.
  const ask = taskRow(page, 'ask');
  await keyboard.press('ArrowRight');
  await expect(ask).toHaveAttribute('aria-expanded', 'true');
  await keyboard.press('ArrowRight');
  await expect(ask.getByRole('rowheader')).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(ask.getByRole('gridcell', { name: 'Succeeded' })).toBeFocused();
  await keyboard.press('End');
  await expect(ask.getByRole('gridcell').last()).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(
    page
      .getByRole('row', { name: /std\.http, action/ })
      .getByRole('gridcell')
      .last(),
  ).toBeFocused();
  await keyboard.press('ArrowUp');
  await keyboard.press('Home');
  await expect(ask.getByRole('rowheader')).toBeFocused();
  await keyboard.press('ArrowLeft');
  await expect(ask).toBeFocused();

  // Space looks at a row and away from it; Shift+Space chooses the execution.
  await keyboard.press('Space');
  await expect(ask).toHaveAttribute('aria-selected', 'false');
  await keyboard.press('Space');
  await expect(inspector(page).getByRole('heading', { name: 'ask', exact: true })).toBeVisible();
  await keyboard.press('Shift+Space');
  await expect(page.getByText('One execution selected')).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByText('One execution selected')).toBeHidden();

  // What failed, in both directions; executions of the same workflow; the sheet of all keys.
  await keyboard.press('n');
  await expect(check).toBeFocused();
  await keyboard.press('N');
  await expect(executionRow(page, 'shaky', 'Failed')).toBeFocused();
  await keyboard.press('N');
  await expect(page.getByRole('row', { name: /std\.fail, action, Failed/ }).last()).toBeFocused();
  await pressWithControl(windrose, '1');
  await expect(page.getByRole('article', { name: 'shaky' })).toBeVisible();
  await pressWithControl(windrose, 'Enter');
  await expect(page.getByRole('dialog', { name: 'Run shaky' })).toBeVisible();
  await pressWithControl(windrose, 'Enter');
  await expect(executionRow(page, 'shaky', 'Failed')).toHaveCount(2);
  await expect(executionRow(page, 'shaky').first()).toBeFocused();
  await keyboard.press('[');
  await expect(executionRow(page, 'shaky').last()).toBeFocused();
  await keyboard.press(']');
  await expect(executionRow(page, 'shaky').first()).toBeFocused();
  await keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(executionRow(page, 'shaky').first()).toBeFocused();
});
