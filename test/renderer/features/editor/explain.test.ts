import { expect, test } from 'vitest';
import { explain } from '../../../../renderer/features/editor/explain.ts';

const text = `version: '2.0'
flow:
  input: [city]
  tasks:
    a:
      action: std.echo output=<% $.city.len() %>
      on-success: b
    b:
      join: all
`;
const known = {
  actions: [
    {
      name: 'std.echo',
      namespace: '',
      kind: 'built-in' as const,
      description: 'Gives back its output.',
      tags: [],
      workbook: null,
      parameters: [
        { name: 'output', required: true, description: '' },
        { name: 'delay', required: false, description: '' },
      ],
      result: null,
      file: null,
      updatedAt: null,
    },
  ],
  workflows: [],
};

const said = (word: string) => explain(text, text.indexOf(word) + 1, 'workflow', known);

test('keywords, actions, variables and functions are explained where they stand', () => {
  expect(said('on-success')?.help).toContain('What follows');
  expect(said('join')?.help).toContain('Waits for the tasks');
  expect(said('std.echo')).toMatchObject({ title: 'std.echo output [delay]', help: 'Gives back its output.' });
  expect(said('city.len')).toMatchObject({ title: 'city', help: 'A variable: an input.' });
  expect(said('len')?.title).toContain('len(');
});

test('names that are free are not explained', () => {
  expect(explain(text, text.indexOf('flow:') + 1, 'workflow', known)).toBeNull();
  expect(explain(text, text.indexOf('    a:') + 4, 'workflow', known)).toBeNull();
  expect(explain(text, 0, 'workflow', { actions: [], workflows: [] })?.title).toBe('version');
});
