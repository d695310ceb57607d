import fs from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, type Windrose } from './app.ts';

// What a person finds in the window, by role and name.

/** The words that a row of the tree can be in; a state is always a word. */
type State =
  | 'Not started'
  | 'Waiting'
  | 'Running'
  | 'Delayed'
  | 'Paused'
  | 'Pausing'
  | 'Succeeded'
  | 'Failed'
  | 'Failed, handled'
  | 'Cancelled'
  | 'Skipped';

/** The row of a workflow execution: `hello, workflow execution, Succeeded`. */
export function executionRow(page: Page, name: string, state?: State): Locator {
  return row(page, `${name}, workflow execution`, state);
}

/** The row of a task, wherever in the tree. */
export function taskRow(page: Page, name: string, state?: State): Locator {
  return row(page, `${name}, task`, state);
}

function row(page: Page, beginning: string, state: State | undefined): Locator {
  const after = state === undefined ? '' : `, ${state}(?!, handled)`;
  return page.getByRole('treegrid', { name: 'Executions' }).getByRole('row', {
    name: new RegExp(`^${beginning}${after}`),
  });
}

export function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Inspector' });
}

/** The line over all panes: the execution that they show. */
export function executionHeader(page: Page): Locator {
  return page.getByRole('region', { name: 'Selected execution' });
}

export async function go(page: Page, place: 'Library' | 'Executions'): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();
}

/** Starts a sample with its own input, with one click. Its execution is shown, opened and selected then. */
export async function runSample(page: Page, title: string): Promise<void> {
  await go(page, 'Library');
  await page.getByRole('row', { name: new RegExp(`^${title}`) }).hover();
  await page.getByRole('button', { name: `Run ${title}`, exact: true }).click();
}

/** Chooses a file in the system's dialog, which only a person could answer. */
export async function openFile({ app, page }: Windrose, file: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, file);
  await page.getByRole('button', { name: 'Open YAML' }).click();
}

/**
 * Presses keys as the keyboard does, so that they reach the menu, too, unless the page has made use of them.
 * @param key Electron's name, for instance `1` or `Enter`
 */
export async function pressWithControl({ app }: Windrose, key: string): Promise<void> {
  await app.evaluate(({ BrowserWindow }, keyCode) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const modifiers: ('meta' | 'control')[] = [process.platform === 'darwin' ? 'meta' : 'control'];
    contents?.focus();
    for (const type of ['rawKeyDown', 'keyUp'] as const) contents?.sendInputEvent({ type, keyCode, modifiers });
  }, key);
}

/** Adds the text to the library, by the way of a file. */
export async function addWorkflow(
  windrose: Windrose,
  folder: string,
  text: string,
  { isAllowed = true }: { readonly isAllowed?: boolean } = {},
): Promise<void> {
  const file = path.join(folder, 'workflow.yaml');
  await fs.writeFile(file, text);
  await openFile(windrose, file);
  await windrose.page.getByRole('button', { name: 'Add to library' }).click();
  await expect(windrose.page.getByRole('heading', { name: 'workflow.yaml' })).toBeHidden();
  if (isAllowed) await allowAll(windrose.page);
}

/** As if the person had been asked before, and had allowed whatever the workflows of the library may do. */
async function allowAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const output = <T>(reply: { ok: true; output: T } | { ok: false; error: { message: string } }): T => {
      if (!reply.ok) throw new Error(reply.error.message);
      return reply.output;
    };
    for (const { name } of output(await window.windrose.call('workflows.list', {}))) {
      const { key } = output(await window.windrose.call('trust.question', { workflow: name }));
      output(await window.windrose.call('trust.allow', { workflow: name, key }));
    }
  });
}

/** Puts a text in the place of all that an editor holds, as one that is pasted. */
export async function write(page: Page, title: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: `Text of ${title}` }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

/** Starts a workflow of the library with the form, as it stands. Its execution is shown, opened and selected then. */
export async function runFromLibrary(page: Page, name: string): Promise<void> {
  await go(page, 'Library');
  await page.getByRole('row', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('article', { name }).getByRole('button', { name: 'Run…' }).click();
  await page
    .getByRole('dialog', { name: `Run ${name}` })
    .getByRole('button', { name: /^Run/ })
    .click();
}
