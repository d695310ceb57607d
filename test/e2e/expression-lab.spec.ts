import { expect, test } from './app.ts';
import { inspect } from './inspect.ts';
import { executionRow, inspector, runSample, taskRow } from './screen.ts';

test('an expression is tried where a task stands, with its value, its type, and a mistake at its place', async ({
  windrose,
}) => {
  const { page } = windrose;
  await runSample(page, 'Hello');
  await expect(executionRow(page, 'hello', 'Succeeded')).toBeVisible();
  await taskRow(page, 'say').click();
  await inspector(page).getByRole('button', { name: 'Try an expression here' }).click();
  await expect(page.getByRole('combobox', { name: 'Task' })).toHaveText(/say/);

  const result = page.getByRole('region', { name: 'Result' });
  const expression = page.getByRole('textbox', { name: 'Expression' });
  const type = async (text: string): Promise<void> => {
    await expression.focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
  };
  await type('$.name.len() + 1');
  await expect(result).toContainText('integer');
  await expect(result).toContainText('6');
  await type("<% $.name %> and {# no #} 'text'");
  await expect(result).toContainText('World and');
  await type('$.name +* 2');
  await expect(result).toContainText('Column 9:');
  await inspect(page, '12-expressions');
  await page.getByRole('radio', { name: 'Jinja2' }).check();
  await type('_.name | upper');
  await expect(result).toContainText('WORLD');
});
