import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { addWorkflow, inspector, runFromLibrary, taskRow } from './screen.ts';

const chatter = (url: string) => `version: '2.0'

chatter:
  tasks:
    talk:
      action: local.run
      input:
        command: |
          for number in $(seq 1200); do echo "line $number"; done
          printf 'a \\033[31mred\\033[0m warning\\n' >&2
          ${JSON.stringify(process.execPath)} -e 'fetch("${url}").then(r => r.text()).then(() => console.log("the end"))'
`;

test('what a command prints is shown line by line while it runs, and can be searched', async ({
  windrose,
  userData,
  gate,
}) => {
  const { page } = windrose;
  await addWorkflow(windrose, userData, chatter(gate.url));
  await runFromLibrary(page, 'chatter');
  await taskRow(page, 'talk', 'Running').click();
  const log = inspector(page).getByRole('group', { name: 'Log lines' });
  await expect(log.getByRole('listitem').last()).toHaveText('erra red warning');
  await inspect(page, 'log');

  gate.open();
  await expect(taskRow(page, 'talk', 'Succeeded')).toBeVisible();
  await expect(log.getByRole('listitem').last()).toHaveText('outthe end');

  await log.press('Home');
  await expect(log.getByText(/earlier lines were dropped/)).toBeVisible();
  await inspector(page).getByRole('textbox', { name: 'Search the log' }).fill('WARNING');
  await expect(log.getByRole('listitem')).toHaveText(['erra red warning']);
});
