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

  // Where a name of a task belongs, tasks are offered.
  await area.focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('      on-err');
  await page.keyboard.press('Control+Space');
  await expect(page.getByRole('option', { name: /^on-error/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type(' bu');
  await expect(page.getByRole('option', { name: /^build/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(area).toContainText('on-error: build');

  await pressWithControl(windrose, 'Enter');
  await expect(page.getByRole('dialog', { name: 'Run release' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(executionRow(page, 'release', 'Succeeded')).toBeVisible();
});
