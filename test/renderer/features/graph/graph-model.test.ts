import { expect, test } from 'vitest';
import { graphModel } from '../../../../renderer/features/graph/graph-model.ts';
import { definitionOf } from './example.ts';

const linksOf = (body: string) =>
  graphModel(definitionOf(body)).links.map(({ from, to, clause, guard }) => [from, to, clause, guard]);

test('every clause becomes a link of its own, with its guard', () => {
  expect(
    linksOf(`  tasks:
    a:
      on-success: b
      on-error:
        - b: <% $.again %>
      on-complete: [c]
      on-skip: c
    b: { action: std.noop }
    c: { action: std.noop }
`),
  ).toEqual([
    ['task a', 'task b', 'success', null],
    ['task a', 'task b', 'error', '<% $.again %>'],
    ['task a', 'task c', 'complete', null],
    ['task a', 'task c', 'skip', null],
  ]);
});

test('a target that is said twice is one link, which needs either guard or none', () => {
  const twice = (second: string) =>
    linksOf(
      `  tasks:\n    a:\n      on-success:\n        - b: <% $.x %>\n        - ${second}\n    b: { action: std.noop }\n`,
    );
  expect(twice('b: <% $.y %>')).toEqual([['task a', 'task b', 'success', '<% $.x %> or <% $.y %>']]);
  expect(twice('b')).toEqual([['task a', 'task b', 'success', null]]);
});

test('commands end a path at the task that gives them, and noop leads nowhere', () => {
  const { places, links } = graphModel(
    definitionOf(`  tasks:
    a: { on-success: [noop, succeed], on-error: [fail], on-complete: [fail] }
    b: { on-error: [fail] }
`),
  );
  expect(places.map(({ id }) => id)).toEqual(['task a', 'task b', 'succeed task a', 'fail task a', 'fail task b']);
  expect(links.map(({ to, clause }) => [to, clause])).toEqual([
    ['succeed task a', 'success'],
    ['fail task a', 'error'],
    ['fail task a', 'complete'],
    ['fail task b', 'error'],
  ]);
});

test('in a reverse workflow what is required leads to what requires it', () => {
  expect(linksOf(`  type: reverse\n  tasks:\n    a: { action: std.noop }\n    b: { requires: [a] }\n`)).toEqual([
    ['task a', 'task b', 'requires', null],
  ]);
});

test('a task may have the name of a part of every object', () => {
  expect(
    linksOf('  tasks:\n    constructor: { on-success: __proto__ }\n    __proto__: { action: std.noop }\n'),
  ).toEqual([['task constructor', 'task __proto__', 'success', null]]);
});
