import { expect, test } from './app.ts';
import { addWorkflow, executionRow, go, inspector, runFromLibrary, runSample, taskRow } from './screen.ts';

// That nothing starts once it is paused and cancelled is not failed is in `journeys`, that what is run again is said before
// in `repeat`, and what a killed application says in `durability`.

const waits = (url: string) => `version: '2.0'

waits:
  tasks:
    a:
      action: std.noop
      on-success: [some, all]
    b:
      action: std.http url='${url}'
      on-success: some
    c:
      action: std.noop
      on-success:
        - some: <% false %>
        - all: <% false %>
    some:
      join: 2
    all:
      join: all
    again:
      action: std.fail
      retry: { count: 5, delay: 600 }
    later:
      action: std.noop
      wait-before: 600
    after:
      action: std.noop
      wait-after: 600
`;

const queue = (url: string) => `version: '2.0'

queue:
  tasks:
    ask:
      with-items: n in <% range(2) %>
      action: std.http url='${url}'
    also:
      action: std.http url='${url}'
`;

test('a row that waits says why, with a countdown where there is one, and one that cannot start says so', async ({
  windrose,
  userData,
  gate,
}) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, waits(gate.url));
  await runFromLibrary(page, 'waits');
  await expect(taskRow(page, 'some', 'Waiting')).toContainText(
    "Join 2: 1 of 2 arrived; waiting for 'b' (running); 'c' can no longer arrive",
  );
  await expect(taskRow(page, 'all', 'Failed')).toContainText(
    "Can never start. Join all: 1 of 2 arrived; 'c' can no longer arrive",
  );
  await expect(taskRow(page, 'again', 'Delayed')).toContainText(/Retry 1 of 5 in \d+ m/);
  await expect(taskRow(page, 'later', 'Delayed')).toContainText(/Will start in \d+ m/);
  await expect(taskRow(page, 'after', 'Delayed')).toContainText(/Will complete in \d+ m/);
  await taskRow(page, 'again').click();
  await expect(inspector(page)).toContainText(/Retry 1 of 5 in \d+ m/);

  // What will not happen any more is not counted down to.
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel execution' }).click();
  await expect(executionRow(page, 'waits', 'Cancelled')).toBeVisible();
  await expect(taskRow(page, 'some')).toContainText('Never started: the workflow has ended');
  const later = taskRow(page, 'later');
  await expect(later).toContainText('Never continued: the workflow has ended');
  await expect(later).not.toContainText(/ in \d/);

  await runSample(page, 'Pause before approval');
  await expect(taskRow(page, 'deploy', 'Not started')).toContainText('Paused before this task; resume to start it');

  // An action that has not begun does not pass for one that has.
  await page.evaluate(() => window.windrose.call('settings.set', { actionsAtOnce: 1 }));
  await addWorkflow(windrose, userData, queue(gate.url));
  await runFromLibrary(page, 'queue');
  await taskRow(page, 'ask').click();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('row', { name: /^item 1, / })).toContainText('1 of 1 actions are at work');
  await expect(taskRow(page, 'also')).toContainText('1 of 1 actions are at work');
});

const typed = `version: '2.0'

typed:
  input:
    - count: 3
    - share: 1.0
    - text: '5'
    - isOpen: true
    - list: [1, '2']
    - any
  output:
    all: <% $ %>
  tasks:
    only:
      action: std.noop
`;

test('what is typed into the form of a run keeps its type', async ({ windrose, userData }) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, typed);
  await go(page, 'Library');
  await page.getByRole('row', { name: /^typed/ }).click();
  await page.getByRole('article', { name: 'typed' }).getByRole('button', { name: 'Run…' }).click();
  const form = page.getByRole('dialog', { name: 'Run typed' });
  const field = (name: string) => form.getByRole('textbox', { name, exact: true });
  await field('count').fill('many');
  await field('text').fill('6');
  await expect(form).toContainText('“many” is not a number');
  await field('count').fill('12345678901234567890');
  await field('list').fill('[1, "2", {"three": null}]');
  await form.getByRole('checkbox', { name: 'isOpen' }).uncheck();
  await field('any').fill('true');
  await form.getByRole('button', { name: /^Run/ }).click();
  await expect(executionRow(page, 'typed', 'Succeeded')).toBeVisible();
  for (const line of ['count: 12345678901234567890', 'share: 1.0', 'text: "6"', 'isOpen: false', 'any: "true"'])
    await expect(inspector(page).getByRole('row', { name: line, exact: true }).first()).toBeVisible();
  await expect(
    inspector(page)
      .getByRole('row', { name: /^2: \{ three: null/ })
      .first(),
  ).toBeVisible();
});
