import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app.ts';
import {
  addWorkflow,
  executionRow,
  go,
  inspector,
  openFile,
  runFromLibrary,
  runSample,
  taskRow,
  write,
} from './screen.ts';

test('a sample runs with one click, and its result can be looked at', async ({ windrose: { page } }) => {
  await runSample(page, 'Hello');
  await expect(taskRow(page, 'compose')).toBeVisible();
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await expect(taskRow(page, 'say', 'Succeeded')).toBeVisible();

  await expect(inspector(page).getByText('Hello, World!').first()).toBeVisible();
  await taskRow(page, 'compose').click();
  await expect(inspector(page).getByRole('heading', { name: 'compose' })).toBeVisible();
  await expect(inspector(page).getByText('greeting').first()).toBeVisible();
});

test('an execution that fails says why', async ({ windrose: { page } }) => {
  await go(page, 'Library');
  await page.getByRole('row', { name: /^Error handling/ }).click();
  await page.getByRole('button', { name: 'Change input…' }).click();
  const form = page.getByRole('dialog', { name: 'Run error_handling' });
  await form.getByRole('checkbox', { name: 'strict' }).check();
  await form.getByRole('button', { name: /^Run/ }).click();

  await expect(executionRow(page, 'error_handling', 'Failed')).toBeVisible({ timeout: 20_000 });
  await expect(executionRow(page, 'error_handling')).toContainText('All bookings undone: ');
  await expect(inspector(page)).toContainText('No seats left');
  await taskRow(page, 'book_flight', 'Failed, handled').click();
  await expect(inspector(page)).toContainText('No seats left');
  await expect(taskRow(page, 'apologize')).toHaveCount(0);
});

const upload = (url: string) => `version: '2.0'

upload:
  tasks:
    send:
      with-items: part in <% range(6) %>
      concurrency: 2
      action: std.http url='${url}'
      on-success: done
    done:
      action: std.noop
`;

test('paused in the middle nothing new starts; resumed it finishes', async ({ windrose, userData, gate }) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, upload(gate.url));
  await runFromLibrary(page, 'upload');
  await expect.poll(() => gate.asked).toBe(2);
  const items = taskRow(page, 'send').getByRole('gridcell', { name: /\/6/ });
  await expect(items).toHaveText('0/6');

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(executionRow(page, 'upload')).toHaveAccessibleName(/Pausing: 2 still running/);
  await expect(inspector(page)).toContainText('Pausing: 2 still running');
  await expect(inspector(page).getByRole('button', { name: /^send \[\d\]: std.http$/ })).toHaveCount(2);
  gate.letThrough();
  await expect(executionRow(page, 'upload', 'Paused')).toBeVisible();
  await expect(items).toHaveText('2/6');

  // A whole other execution comes and goes: had anything been about to start, it would have started by then.
  await runSample(page, 'Hello');
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  expect(gate.asked).toBe(2);
  await expect(executionRow(page, 'upload', 'Paused')).toBeVisible();
  await expect(items).toHaveText('2/6');

  await executionRow(page, 'upload').click();
  gate.open();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(executionRow(page, 'upload', 'Succeeded')).toBeVisible();
  await expect(items).toHaveText('6/6');
  expect(gate.asked).toBe(6);
});

test('an execution that pauses by itself waits for a person', async ({ windrose: { page } }) => {
  await runSample(page, 'Pause before approval');
  await expect(executionRow(page, 'pause_before_approval', 'Paused')).toBeVisible();
  await expect(taskRow(page, 'deploy', 'Not started')).toBeVisible();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(executionRow(page, 'pause_before_approval', 'Succeeded')).toBeVisible();
});

test('an execution is cancelled only after the question, and is Cancelled then, not Failed', async ({
  windrose,
  userData,
  gate,
}) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, upload(gate.url));
  await runFromLibrary(page, 'upload');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Cancel upload?' });
  await question.getByRole('button', { name: 'Keep it' }).click();
  await expect(executionRow(page, 'upload', 'Running')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await question.getByRole('button', { name: 'Cancel execution' }).click();
  await expect(executionRow(page, 'upload', 'Cancelled')).toBeVisible();
});

const right = `version: '2.0'

careful:
  tasks:
    first:
      action: std.noop
      on-success: second
    second:
      action: std.noop
`;

test('a file with a mistake is refused with its place and a sentence, and nothing is lost', async ({
  windrose,
  userData,
}) => {
  const { page } = windrose;
  const file = path.join(userData, 'careful.yaml');
  await fs.writeFile(file, right);
  await openFile(windrose, file);
  await expect(page.getByText('No problems.')).toBeVisible();
  await page.getByRole('button', { name: 'Add to library' }).click();
  await expect(page.getByRole('article', { name: 'careful' })).toBeVisible();

  await fs.writeFile(file, right.replace('on-success: second', 'on-success: third'));
  await openFile(windrose, file);
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems.getByRole('listitem')).toHaveCount(1);
  await expect(problems).toContainText('7:19');
  await expect(problems).toContainText('third');
  await expect(page.getByText('1 problem. Nothing is stored until the text is right.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add to library' })).toBeDisabled();

  await page.getByRole('button', { name: 'Close careful.yaml' }).click();
  await go(page, 'Library');
  await page.getByRole('row', { name: /^careful/ }).click();
  await expect(page.getByRole('article', { name: 'careful' })).toContainText('on-success: second');
});

test('a file that is no YAML, and one that cannot be read, are said where one looks', async ({
  windrose,
  userData,
}) => {
  const { page } = windrose;
  const file = path.join(userData, 'broken.yaml');
  await fs.writeFile(file, 'version: "2.0"\nbroken:\n  tasks: [unclosed\n');
  await openFile(windrose, file);
  await expect(page.getByRole('list', { name: 'Problems' }).getByRole('listitem').first()).toContainText(/^\d+:\d+/);
  await page.getByRole('button', { name: 'Close broken.yaml' }).click();

  await openFile(windrose, path.join(userData, 'gone.yaml'));
  await expect(page.getByText('gone.yaml is not there any more.')).toBeVisible();
});

test('a mistake can be corrected where it is shown', async ({ windrose, userData }) => {
  const { page } = windrose;
  const file = path.join(userData, 'careful.yaml');
  await fs.writeFile(file, right.replace('on-success: second', 'on-success: third'));
  await openFile(windrose, file);
  await write(page, 'careful.yaml', right);
  await expect(page.getByText('No problems.')).toBeVisible();
  await page.getByRole('button', { name: 'Add to library' }).click();
  await expect(page.getByRole('article', { name: 'careful' })).toBeVisible();
  expect(await fs.readFile(file, 'utf8')).toContain('third');
});

test('a file that is dropped on the window opens', async ({ windrose: { page } }) => {
  await go(page, 'Executions');
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.yaml'));
    return data;
  }, right);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page.getByRole('heading', { name: 'dropped.yaml' })).toBeVisible();
  await expect(page.getByText('No problems.')).toBeVisible();
});
