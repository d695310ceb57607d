import { describe, expect, test } from 'vitest';
import type { ExecutionTree } from '../../engine/core/execution-tree.ts';
import type { Commit } from '../../engine/model/events.ts';
import { openEngine, temporaryFolder } from '../engine/runtime/engine-fixture.ts';

/** Together they lead to every kind of event that needs nobody from outside. */
const workflows: Readonly<Record<string, string>> = {
  sequence: `
    a: {action: std.echo output=1, publish: {x: <% task().result %>}, on-success: b}
    b: {action: std.echo output=<% $.x + 1 %>, publish: {y: <% task().result %>}}`,
  join: `
    a: {action: std.noop, on-success: j}
    b: {action: std.fail, on-error: j}
    c: {action: std.noop, on-success: [{d: <% false %>}], on-complete: j}
    d: {action: std.noop}
    j: {join: all, action: std.echo output='joined', publish: {done: <% task().result %>}}`,
  items: `
    w: {with-items: i in <% range(7) %>, concurrency: 2, action: std.echo output=<% $.i %>, publish: {all: <% task().result %>}}`,
  retry: `
    r: {action: std.fail, retry: {count: 2, delay: 0}, publish-on-error: {gave: up}, on-error: e}
    e: {action: std.noop}`,
  nested: `
    s: {workflow: inner n=3, publish: {got: <% task().result.n %>}, on-success: t}
    t: {with-items: "i in <% [1, 2] %>", workflow: inner n=<% $.i %>}`,
  globals: `
    g:
      action: std.noop
      on-success:
        publish: {global: {seen: 1}}
        next: h
    h: {action: std.echo output=<% $.seen %>, publish: {back: <% task().result %>}}`,
  failure: `
    f: {action: std.echo output=<% $.nowhere %>}`,
};

const inner = `
inner:
  input: [n]
  output: {n: <% $.n %>}
  tasks:
    x: {action: std.noop, on-success: y}
    y: {action: std.echo output=<% $.n %>}`;

describe.each(Object.keys(workflows))('the workflow %s', (name) => {
  const text = `version: '2.0'${inner}\n${name}:\n  tasks:${workflows[name]}\n`;

  test('comes to the same end from every one of its commits', async () => {
    await using whole = await temporaryFolder('whole');
    const first = await openEngine(whole.path);
    await first.library.save(text, '');
    const id = await first.start(name);
    const expected = outcome(await first.ended(id));
    const commits: Commit[] = [];
    for await (const { commit } of first.store.history(id)) commits.push(commit);
    await first.close();
    expect(commits.length).toBeGreaterThan(0);

    for (let kept = 1; kept < commits.length; kept++) {
      await using cut = await temporaryFolder('cut');
      const before = await openEngine(cut.path);
      await before.library.save(text, '');
      await before.engine.stop();
      for (const commit of commits.slice(0, kept)) await before.store.commit(id, commit);
      await before.store.close();
      const after = await openEngine(cut.path);
      expect(outcome(await after.ended(id)), `after ${kept} of ${commits.length} commits`).toEqual(expected);
      await after.close();
    }
  });
});

/** What a person would compare; ids, times and texts with ids in them differ. */
function outcome(tree: ExecutionTree): unknown {
  const root = [...tree.workflows.values()].find((each) => each.parentTaskId === null);
  const { result: _message, ...output } = root?.output ?? {};
  return {
    state: root?.state,
    output,
    tasks: [...tree.tasks.values()]
      .map((task) => `${task.name} ${task.state} ${JSON.stringify(task.published)}`)
      .sort(),
    actions: [...tree.actions.values()].map((each) => `${each.name} ${each.state} ${each.accepted}`).sort(),
  };
}
