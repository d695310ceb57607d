import { expect, test } from 'vitest';
import { findWorkflow } from '../../../renderer/state/find-workflow.ts';
import { startersOf } from '../../../renderer/state/starters.ts';

const definition = findWorkflow(
  `version: '2.0'
flow:
  tasks:
    first: { action: std.noop, on-success: [{ last: <% $.ready %> }], on-error: clean }
    other: { action: std.noop, on-complete: last }
    clean: { action: std.noop }
    last: { action: std.noop, join: all }
back:
  type: reverse
  tasks:
    base: { action: std.noop }
    top: { action: std.noop, requires: base }
`,
  'flow',
).workflow;

test('what can start a task is every clause that leads to it, with its condition', () => {
  if (definition === null) throw new Error('not understood');
  expect(startersOf(definition, 'last')).toEqual([
    { from: 'first', when: 'succeeds, if <% $.ready %>' },
    { from: 'other', when: 'succeeds or fails' },
  ]);
  expect(startersOf(definition, 'clean')).toEqual([{ from: 'first', when: 'fails' }]);
  expect(startersOf(definition, 'first')).toEqual([]);
});
