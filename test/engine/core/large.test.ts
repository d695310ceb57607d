import { describe, expect, test } from 'vitest';
import { encodeJson } from '../../../engine/model/json.ts';
import { Simulation } from './simulation.ts';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `t${at}`);

/** Each task leads to the next, and hands on what it publishes. */
function chain(count: number): string {
  const tasks = names(count).map((name, at) => {
    const next = at + 1 < count ? `, on-success: t${at + 1}` : '';
    return `    ${name}: {action: std.echo output=${at}, publish: {last: <% task().result %>}${next}}\n`;
  });
  return `version: '2.0'\nwf:\n  output: {last: <% $.last %>}\n  tasks:\n${tasks.join('')}`;
}

/** All tasks side by side, and one that waits for them. */
function fan(count: number): string {
  const tasks = names(count).map((name) => `    ${name}: {action: std.noop, on-success: end}\n`);
  return `version: '2.0'\nwf:\n  output: {last: ${count - 1}}\n  tasks:\n${tasks.join('')}    end: {join: all}\n`;
}

/** One task with as many items. */
function items(count: number): string {
  return `version: '2.0'
wf:
  output: {last: <% $.last %>}
  tasks:
    w: {with-items: i in <% range(${count}) %>, action: std.echo output=<% $.i %>, publish: {last: <% task().result.last() %>}}
`;
}

/** What one run costs, counted and not measured: the same on every machine. */
function cost(text: string) {
  const run = new Simulation(text);
  run.start('wf');
  const { commits } = run.run();
  const { state, output } = run.root;
  return {
    outcome: { state, output },
    events: commits.reduce((sum, { events }) => sum + events.length, 0),
    written: encodeJson(commits).length,
    // The first makes all tasks that nothing leads to, and is as large as the workflow.
    longest: Math.max(...commits.slice(1).map(({ events }) => events.length)),
  };
}

describe.each([
  ['tasks one after another', chain],
  ['tasks side by side', fan],
  ['items of one task', items],
])('10,000 %s', (_what, make) => {
  test('run and end, and each costs what it costs among 1,000', () => {
    const small = cost(make(1000));
    const large = cost(make(10_000));
    expect(small.outcome).toEqual({ state: 'SUCCESS', output: { last: 999 } });
    expect(large.outcome).toEqual({ state: 'SUCCESS', output: { last: 9999 } });
    expect(large.events / small.events).toBeLessThan(10.2);
    // The numbers in it have more digits.
    expect(large.written / small.written).toBeLessThan(10.6);
    expect(large.longest).toBeLessThan(1000);
  }, 60_000);
});

test('of 10,000 items only some hundred are under way at a time, however soon each ends', () => {
  const run = new Simulation(items(10_000));
  run.start('wf');
  let most = 0;
  do most = Math.max(most, run.tree.running.size);
  while (run.step());
  expect(run.root.state).toBe('SUCCESS');
  expect(most).toBeGreaterThan(10);
  expect(most).toBeLessThan(1000);
}, 60_000);
