import fs from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, launch, test } from './app.ts';
import { inspect } from './inspect.ts';
import { executionRow, go, openFile, pressWithControl, write } from './screen.ts';

const text = `version: '2.0'

release:
  input:
    - version: '1.0'
  tasks:
    build:
      action: std.echo output=<% $.version %>
      on-success: publish
    publish:
      action: std.noop
`;

function code(page: Page, title: string) {
  return page.getByRole('textbox', { name: `Text of ${title}` });
}

test('a workflow is written with help, corrected, drawn, and run, by keyboard alone', async ({ windrose }) => {
  const { page } = windrose;
  await go(page, 'Library');
  await page.getByRole('button', { name: 'New', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Workflow', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { name: 'New workflow' })).toBeVisible();
  const graph = page.getByRole('region', { name: 'Graph', exact: true });
  await expect(graph.getByRole('button', { name: /^greet, std.echo/ })).toBeVisible();
  await inspect(page, '8-editor');

  const area = code(page, 'New workflow');
  await write(page, 'New workflow', text.replace('on-success: publish', 'on-success: publihs'));
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems.getByRole('listitem')).toHaveCount(1);
  await expect(problems).toContainText("9:19Task 'publihs' not found. Did you mean 'publish'?");
  await expect(graph).toContainText('As of the last text without problems');
  await inspect(page, '9-editor-problem');
  await problems.getByRole('button', { name: 'Use publish' }).press('Enter');
  await expect(page.getByText('No problems.')).toBeVisible();
  await expect(graph.getByRole('button', { name: /^publish, std.noop/ })).toBeVisible();

  // What Mistral would lose in silence is said, and keeps nobody from running it.
  await write(page, 'New workflow', text.replace('std.noop', 'local.sleep seconds=0.5'));
  const hints = page.getByRole('list', { name: 'Hints' });
  await expect(hints).toContainText("11:36Mistral passes over '.5' in silence");
  await expect(page.getByText('No problems, one hint.')).toBeVisible();
  await inspect(page, '9-editor-hint');
  await write(page, 'New workflow', text);
  await expect(hints).toBeHidden();

  // Where a name of a task belongs, tasks are offered.
  await area.focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('      on-err');
  await page.keyboard.press('Control+Space');
  await expect(page.getByRole('option', { name: /^on-error/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type(' pub');
  await expect(page.getByRole('option', { name: /^publish/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(area).toContainText('on-error: publish');

  await pressWithControl(windrose, 'Enter');
  await expect(page.getByRole('dialog', { name: 'Run release' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(executionRow(page, 'release', 'Succeeded')).toBeVisible();
});

test('a file that another program changes is never overwritten unasked, and unsaved text is never lost unasked', async ({
  userData,
}) => {
  const windrose = await launch(userData, { env: { WINDROSE_NO_DIALOGS: '' } });
  const { app, page } = windrose;
  const file = path.join(userData, 'release.yaml');
  await fs.writeFile(file, text);
  await openFile(windrose, file);
  await write(page, 'release.yaml', `${text}# mine\n`);
  await expect(page.getByRole('img', { name: 'not saved' })).toBeVisible();

  await fs.writeFile(file, `${text}# theirs\n`);
  const bar = page.getByRole('alert').filter({ hasText: 'was changed on the disk' });
  await expect(bar).toBeVisible();
  await bar.getByRole('button', { name: 'Compare…' }).click();
  const comparison = page.getByRole('dialog', { name: 'Compare release.yaml' });
  await expect(comparison.getByRole('textbox', { name: 'release.yaml on the disk' })).toContainText('# theirs');
  await expect(comparison.getByRole('textbox', { name: 'release.yaml here' })).toContainText('# mine');
  await inspect(page, '10-editor-compare');
  await comparison.getByRole('button', { name: 'Keep mine' }).click();
  await expect(bar).toBeHidden();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('img', { name: 'not saved' })).toBeHidden();
  expect(await fs.readFile(file, 'utf8')).toBe(`${text}# mine\n`);

  // Also when nobody has noticed the change before saving.
  await fs.writeFile(file, `${text}# theirs again\n`);
  await expect(bar).toBeVisible();
  await bar.getByRole('button', { name: 'Reload' }).click();
  await expect(code(page, 'release.yaml')).toContainText('# theirs again');

  await write(page, 'release.yaml', `${text}# unsaved\n`);
  await page.getByRole('button', { name: 'Close release.yaml' }).click();
  await page
    .getByRole('dialog', { name: /^Close release.yaml/ })
    .getByRole('button', { name: 'Keep editing' })
    .click();
  await expect(code(page, 'release.yaml')).toContainText('# unsaved');

  // The window asks, too.
  const asked = await app.evaluate(({ BrowserWindow, dialog }) => {
    const questions: string[] = [];
    dialog.showMessageBoxSync = ((_window: unknown, options: { readonly message: string }) => {
      questions.push(options.message);
      return questions.length === 1 ? 0 : 1;
    }) as typeof dialog.showMessageBoxSync;
    return new Promise<string[]>((resolve) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.webContents.once('will-prevent-unload', () => setImmediate(() => resolve(questions)));
      window?.close();
    });
  });
  expect(asked).toEqual(['There are texts that are not saved.']);
  await expect(code(page, 'release.yaml')).toContainText('# unsaved');
  expect(windrose.errors).toEqual([]);
  await windrose.close();
  expect(await fs.readFile(file, 'utf8')).toBe(`${text}# theirs again\n`);
});

test('the library keeps workbooks, actions and environments, says how executions went, and asks before it deletes', async ({
  windrose,
}) => {
  const { page } = windrose;
  for (const kind of ['Workbook', 'Ad-hoc action', 'Environment']) {
    await go(page, 'Library');
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('menuitem', { name: kind, exact: true }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText(/^Added my_/)).toBeVisible();
  }
  await go(page, 'Library');
  await page.getByRole('row', { name: /^my_environment/ }).click();
  await expect(page.getByRole('article', { name: 'my_environment' })).toContainText('north');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await write(page, 'my_environment', 'name: my_environment\nvariables:\n  region: south\n');
  await page.keyboard.press('ControlOrMeta+S');
  await expect(page.getByText('Replaced my_environment.')).toBeVisible();
  await go(page, 'Library');
  await expect(page.getByRole('article', { name: 'my_environment' })).toContainText('south');

  await page.getByRole('row', { name: /^my_workbook.welcome/ }).click();
  await page.getByRole('article', { name: 'my_workbook.welcome' }).getByRole('button', { name: 'Run…' }).click();
  const form = page.getByRole('dialog', { name: 'Run my_workbook.welcome' });
  await form.getByRole('combobox', { name: 'Environment' }).selectOption('my_environment');
  await form.getByRole('button', { name: /^Run/ }).click();
  await expect(executionRow(page, 'my_workbook.welcome', 'Succeeded')).toBeVisible();
  await go(page, 'Library');
  const workflow = page.getByRole('article', { name: 'my_workbook.welcome' });
  await expect(workflow.getByRole('img', { name: 'Durations of the last executions: 1 succeeded' })).toBeVisible();
  await expect(workflow).toContainText('100 % of 1');
  await expect(workflow.getByRole('region', { name: 'Graph', exact: true })).toContainText('say');
  await inspect(page, '11-library-workflow');

  await page.getByRole('row', { name: /^my_workbook(?!\.)/ }).click();
  await expect(page.getByRole('article', { name: 'my_workbook', exact: true })).toContainText('my_workbook.greet');
  await page.getByRole('button', { name: 'Delete…' }).click();
  const question = page.getByRole('dialog', { name: 'Delete my_workbook?' });
  await expect(question).toContainText('Its 1 execution stays in the list.');
  await question.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('row', { name: /^my_workbook/ })).toHaveCount(0);
});
