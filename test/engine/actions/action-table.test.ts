import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Action } from '../../../engine/actions/action.ts';
import { actions } from '../../../engine/actions/registry.ts';

const readme = join(import.meta.dirname, '../../../engine/actions/README.md');

/** The rows of the table in the README; what a person can look up is what the engine checks. */
function row({ name, description, parameters, result, reaches, isSync }: Action): string {
  const inputs = parameters.map((each) => `\`${each.name}\`${each.required ? '' : '?'}: ${each.description}`);
  const cells = [
    `\`${name}\``,
    description + (isSync ? '' : ' It is completed from outside.'),
    inputs.join('<br>') || 'none',
    result ?? "as Mistral's",
    reaches.join(', ') || 'nothing',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

test('the README describes every action as it is', async () => {
  const written = (await readFile(readme, 'utf8')).split('\n').filter((line) => /^\| `(std|local)\./.test(line));
  expect(written).toEqual([...actions.values()].map(row));
});

test('what may be run again at any time reaches nothing, and everything else says what it reaches', () => {
  for (const { name, isPure, reaches } of actions.values()) {
    expect([name, reaches.length === 0]).toEqual([name, isPure]);
  }
});
