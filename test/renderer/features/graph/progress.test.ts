import { expect, test } from 'vitest';
import type { TaskNode } from '../../../../engine/api/resources.ts';
import { graphModel } from '../../../../renderer/features/graph/graph-model.ts';
import { mayStillRun, takenLinks } from '../../../../renderer/features/graph/progress.ts';
import { task } from '../../example-nodes.ts';
import { definitionOf, ran } from './example.ts';

const release = definitionOf(`  tasks:
    build: { on-success: [check, ship], on-error: apologize }
    check: { on-error: [recheck], on-complete: [tell] }
    recheck: { on-success: check }
    ship: { on-success: fail }
    apologize: { on-complete: [regret] }
    regret: { action: std.noop }
    tell: { action: std.noop }
`);
const possible = (...args: Parameters<typeof ran>) => [...mayStillRun(release, ran(...args), 'RUNNING')].sort();

test('before anything has run, everything may', () => {
  expect(possible({})).toHaveLength(7);
});

test('what only a failure leads to can no longer run after a success', () => {
  expect(possible({ build: 'SUCCESS', check: 'RUNNING', ship: 'WAITING' })).toEqual(['check', 'recheck', 'tell']);
});

test('what only a success leads to can no longer run after a failure', () => {
  expect(possible({ build: 'ERROR', apologize: 'RUNNING_DELAYED' })).toEqual(['regret']);
});

test('in an execution that has ended nothing can run', () => {
  expect(mayStillRun(release, ran({ build: 'ERROR' }), 'ERROR').size).toBe(0);
});

test('a paused execution holds back what follows a task that has ended', () => {
  expect([...mayStillRun(release, ran({ build: 'ERROR' }), 'PAUSED')]).toEqual(['apologize', 'regret']);
});

test('in a reverse workflow nothing can run that requires what has failed', () => {
  const reverse = definitionOf(`  type: reverse
  tasks:
    a: { action: std.noop }
    b: { requires: [a] }
    c: { requires: [b] }
    d: { action: std.noop }
`);
  expect([...mayStillRun(reverse, ran({ a: 'ERROR' }), 'RUNNING')]).toEqual(['d']);
  expect([...mayStillRun(reverse, ran({ a: 'SUCCESS' }), 'RUNNING')]).toEqual(['b', 'c', 'd']);
});

test('a link was taken when its clause holds and what it leads to came after', () => {
  const taken = takenLinks(
    graphModel(release),
    ran({ build: 'SUCCESS', check: 'ERROR', ship: 'SUCCESS', recheck: 'SUCCESS', tell: 'RUNNING' }),
  );
  expect([...taken]).toEqual([
    'success task build task check',
    'success task build task ship',
    'error task check task recheck',
    'complete task check task tell',
    'success task ship fail task ship',
  ]);
});

test('a guarded command was taken when the task says so', () => {
  const guarded = graphModel(
    definitionOf(`  tasks:
    build:
      on-success:
        - fail: <% $.late %>
        - succeed: <% $.early %>
`),
  );
  const taken = (more: Partial<TaskNode>) => {
    const node = task('build', { state: 'SUCCESS', ...more });
    return [...takenLinks(guarded, new Map([['build', { node, count: 1 }]]))];
  };
  expect(taken({})).toEqual([]);
  expect(taken({ commands: ['succeed'] })).toEqual(['success task build succeed task build']);
});
