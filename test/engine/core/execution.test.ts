import { describe, expect, test } from 'vitest';
import { Simulation } from './simulation.ts';

function simulate(tasks: string, extra = ''): Simulation {
  return new Simulation(`version: '2.0'\nwf:\n${extra}  tasks:\n${tasks}`);
}

describe('a workflow execution', () => {
  test('runs its tasks in the order of their transitions and hands on what they publish', () => {
    const run = simulate(`
    a: {action: std.echo output=1, publish: {x: <% task().result %>}, on-success: b}
    b: {action: std.echo output=<% $.x + 1 %>, publish: {y: <% task().result %>}}
`);
    run.start('wf');
    run.run();
    expect(run.root).toMatchObject({ state: 'SUCCESS', output: { x: 1, y: 2 } });
    expect(run.tasks().map((task) => [task.name, task.state])).toEqual([
      ['a', 'SUCCESS'],
      ['b', 'SUCCESS'],
    ]);
  });

  test('ends in ERROR with the names of the failed tasks when nobody handles a failure', () => {
    const run = simulate('    a: {action: std.fail}\n');
    run.start('wf');
    run.run();
    expect(run.root.state).toBe('ERROR');
    expect(run.root.stateInfo).toContain('Failure caused by error in tasks: a');
    expect(run.root.stateInfo).toContain('Fail action expected exception.');
  });

  test('is refused, with the names, when its input is not what it declares, and then there is no execution', () => {
    const run = simulate('    a: {action: std.noop}\n', '  input: [needed]\n');
    expect(run.start('wf', { other: 1 })).toMatchObject({
      type: 'refused',
      code: 'INVALID',
      reason: expect.stringMatching(/missing=\['needed'\], unexpected=\['other'\]/),
    });
    expect(run.commits).toEqual([]);
  });

  test('fails with its task when an expression is wrong, and says which', () => {
    const run = simulate('    a: {action: std.echo output=<% $.nowhere %>, on-error: b}\n    b: {action: std.noop}\n');
    run.start('wf');
    run.run();
    expect(run.root.state).toBe('ERROR');
    expect(run.tasks('a')[0]?.stateInfo).toContain('$.nowhere');
    expect(run.tasks('b')).toEqual([]);
  });
});

describe('a join', () => {
  const fan = `
    a: {action: std.noop, on-success: j}
    b: {action: std.noop, wait-before: 5, on-success: j}
    j: {join: JOIN, action: std.echo output='joined'}
`;

  test('of all waits until the last task has arrived', () => {
    const run = simulate(fan.replace('JOIN', 'all'));
    run.start('wf');
    const start = run.now;
    while (run.now === start) run.step();
    expect(run.tasks('j')).toMatchObject([{ state: 'WAITING' }]);
    expect(run.run().root.state).toBe('SUCCESS');
    expect(run.tasks('j')).toHaveLength(1);
  });

  test('of one starts with the first and does not run again when another task arrives', () => {
    const run = simulate(fan.replace('JOIN', 'one'));
    run.start('wf');
    run.run();
    expect(run.root.state).toBe('SUCCESS');
    expect(run.tasks('j')).toHaveLength(1);
    expect([...run.tree.actions.values()].filter((action) => action.name === 'std.echo').length).toBe(1);
  });

  test('fails as soon as a task that it needs goes elsewhere', () => {
    const run = simulate(`
    a: {action: std.noop, on-success: j}
    b: {action: std.fail, on-success: j, on-error: noop}
    j: {join: all}
`);
    run.start('wf');
    run.run();
    expect(run.tasks('j')).toMatchObject([{ state: 'ERROR', stateInfo: "Failed by tasks: ['b']" }]);
    expect(run.root.state).toBe('ERROR');
  });

  test('knows that a task further up will never come', () => {
    const run = simulate(`
    a: {action: std.noop, on-success: j}
    b: {action: std.fail, on-success: c, on-error: noop}
    c: {action: std.noop, on-success: d}
    d: {action: std.noop, on-success: j}
    j: {join: all}
`);
    run.start('wf');
    run.run();
    expect(run.tasks('j')).toMatchObject([{ state: 'ERROR' }]);
    expect(run.tasks('c')).toEqual([]);
  });

  test('that has failed does not fail again when a task that had arrived comes once more', () => {
    const run = simulate(`
    a: {action: std.fail, on-error: c}
    b: {action: std.noop, publish: {v: 1}, on-error: j, on-complete: c}
    c: {action: std.noop, on-success: j}
    j: {join: all, on-error: after}
    after: {action: std.noop}
`);
    run.start('wf');
    run.run();
    expect(run.tasks('c')).toHaveLength(2);
    expect(run.tasks('j')).toMatchObject([{ state: 'ERROR', stateInfo: "Failed by tasks: ['b']", attempt: 1 }]);
    expect(run.tasks('after')).toHaveLength(1);
  });

  test('in a loop begins a new round with a new task execution', () => {
    const run = simulate(
      `
    a: {action: std.noop, publish: {n: "<% $.get(n, 0) + 1 %>"}, on-success: j}
    j: {join: all, on-success: [{a: <% $.n < 3 %>}]}
`.replace('    a:', '    s: {action: std.noop, on-success: a}\n    a:'),
    );
    run.start('wf');
    run.run();
    expect(run.root.state).toBe('SUCCESS');
    expect(run.tasks('j').map((task) => task.state)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
  });
});

describe('pausing', () => {
  test('starts nothing new until the resume, and the result is the same', () => {
    const text = `
    a: {action: std.noop, on-success: b}
    b: {action: std.noop, on-success: [c, d]}
    c: {action: std.noop}
    d: {action: std.noop, publish: {done: true}}
`;
    const run = simulate(text);
    run.start('wf');
    run.command({ type: 'PauseExecution', id: run.rootId, message: null });
    run.run();
    expect(run.root.state).toBe('PAUSED');
    expect(run.tasks().map((task) => task.name)).toEqual(['a']);
    run.command({ type: 'ResumeExecution', id: run.rootId, env: null });
    run.run();
    expect(run.root).toMatchObject({ state: 'SUCCESS', output: { done: true } });
  });

  test('goes down into nested workflows and up from them', () => {
    const run = new Simulation(`
version: '2.0'
inner:
  tasks:
    x: {action: std.noop, on-success: y}
    y: {action: std.noop}
outer:
  tasks:
    s: {workflow: inner}
`);
    run.start('outer');
    run.command({ type: 'PauseExecution', id: run.rootId, message: null });
    run.run();
    const states = [...run.tree.workflows.values()].map((each) => each.state);
    expect(states).toEqual(['PAUSED', 'PAUSED']);
    expect(run.tasks('s')).toMatchObject([{ state: 'PAUSED' }]);
    run.command({ type: 'ResumeExecution', id: run.rootId, env: null });
    expect(run.run().root.state).toBe('SUCCESS');
  });

  test('before a task leaves it IDLE and the workflow PAUSED', () => {
    const run = simulate('    a: {action: std.noop, on-success: b}\n    b: {action: std.noop, pause-before: true}\n');
    run.start('wf');
    run.run();
    expect(run.root.state).toBe('PAUSED');
    expect(run.tasks('b')).toMatchObject([{ state: 'IDLE' }]);
    run.command({ type: 'ResumeExecution', id: run.rootId, env: null });
    expect(run.run().root.state).toBe('SUCCESS');
  });
});

describe('with-items', () => {
  test('never runs more items at once than its concurrency, and keeps the results in order', () => {
    const run = simulate(
      '    w: {with-items: i in <% range(10) %>, concurrency: 3, action: std.echo output=<% $.i %>, publish: {r: <% task().result %>}}\n',
    );
    run.start('wf');
    let most = 0;
    do {
      most = Math.max(most, run.tree.running.size);
    } while (run.step());
    expect(most).toBe(3);
    expect(run.root.output).toEqual({ r: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
  });

  test('costs ten times as much for ten times the items, and no single decision is long', () => {
    const run = simulate('    w: {with-items: i in <% range(5000) %>, action: std.noop}\n');
    run.start('wf');
    run.run();
    expect(run.root.state).toBe('SUCCESS');
    expect(Math.max(...run.commits.map((commit) => commit.events.length))).toBeLessThan(500);
    expect(run.tree.actions.size).toBe(5000);
  });
});

describe('a workflow that calls itself without end', () => {
  test('ends in ERROR and says that it is nested too deep', () => {
    const run = simulate('    a: {workflow: wf}\n');
    run.start('wf');
    run.run();
    expect(run.root.state).toBe('ERROR');
    const messages = [...run.tree.tasks.values()].map((task) => task.stateInfo ?? '');
    expect(messages.some((message) => message.includes('nested 64 deep'))).toBe(true);
  });

  test('twice ends in ERROR before it fills the memory', () => {
    const run = simulate('    a: {workflow: wf}\n    b: {workflow: wf}\n');
    run.start('wf');
    run.run();
    expect(run.root.state).toBe('ERROR');
    expect(run.tree.workflows.size).toBe(20_000);
  }, 60_000);
});
