import fs from 'node:fs/promises';
import path from 'node:path';
import { isAlive } from '../engine/actions/processes.ts';
import { expect, launch, test } from './app.ts';
import { addWorkflow, executionRow, go, inspector, runFromLibrary, taskRow } from './screen.ts';

const counting = `version: '2.0'

counting:
  tasks:
    count:
      action: sample.count_words texts=<% ['one two', 'three', 'four five six'] %>
`;

test('an action that the person has written is in the library, and reports while a workflow runs it', async ({
  windrose,
  userData,
}) => {
  const { app, page } = windrose;
  await app.evaluate(({ shell }) => {
    shell.openPath = async () => '';
  });
  await go(page, 'Library');
  await page.getByRole('button', { name: 'New' }).click();
  await page.getByRole('menuitem', { name: 'Action in JavaScript…' }).click();
  const row = page.getByRole('row', { name: 'sample.count_words' });
  await row.click();
  const detail = page.getByRole('article', { name: 'sample.count_words' });
  await expect(detail).toContainText('Counts the words of texts');
  await expect(detail).toContainText('Your own action · count-words.ts');
  await page.screenshot({ path: 'test/output/own-action.png' });

  await addWorkflow(windrose, userData, counting, { isAllowed: false });
  await runFromLibrary(page, 'counting');
  await page.getByRole('dialog').getByRole('button', { name: 'Allow and run' }).click();
  await expect(executionRow(page, 'counting', 'Succeeded')).toBeVisible();
  await taskRow(page, 'count').click();
  await expect(inspector(page)).toContainText('words: 6');
  await page.keyboard.press('ArrowRight');
  await page
    .getByRole('treegrid', { name: 'Executions' })
    .getByRole('row', { name: /^sample.count_words, / })
    .click();
  await expect(inspector(page)).toContainText('text 3: 3 words');
  await page.screenshot({ path: 'test/output/own-action-log.png' });

  await go(page, 'Library');
  await fs.rm(path.join(userData, 'actions', 'count-words.ts'));
  await expect(row).toBeHidden();
});

test('nothing of such an action is left when the app is killed while it runs', async ({ userData }) => {
  test.slow();
  const actions = path.join(userData, 'actions');
  const pidFile = path.join(userData, 'pid');
  await fs.mkdir(actions);
  await fs.writeFile(
    path.join(actions, 'loop.js'),
    `import fs from 'node:fs';
     export const loop = {
       name: 'acme.loop',
       run() { fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); while (true); },
     };`,
  );
  const windrose = await launch(userData);
  // On a busy machine the window is there before the module is loaded.
  await go(windrose.page, 'Library');
  await expect(windrose.page.getByRole('row', { name: 'acme.loop' })).toBeVisible({ timeout: 60_000 });
  const started = await windrose.page.evaluate(() => window.windrose.call('actions.run', { action: 'acme.loop' }));
  expect(started).toMatchObject({ ok: true });
  await expect.poll(() => fs.readFile(pidFile, 'utf8').catch(() => ''), { timeout: 60_000 }).not.toBe('');
  const pid = Number(await fs.readFile(pidFile, 'utf8'));
  expect(isAlive(pid)).toBe(true);
  await windrose.kill();
  await expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
});
