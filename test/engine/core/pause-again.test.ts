import { expect, test } from 'vitest';
import { Simulation } from './simulation.ts';

test('a workflow that is resumed and comes to `pause` at once pauses, with all that is nested in it, and goes on when asked', () => {
  const run = new Simulation(`version: '2.0'
inner:
  tasks:
    x: {action: std.noop}
wf:
  tasks:
    e: {workflow: inner, on-success: [pause, after]}
    f: {workflow: inner, on-success: [pause, after]}
    g: {workflow: inner, on-success: after}
    after: {action: std.noop}
`);
  run.start('wf');
  run.command({ type: 'PauseExecution', id: run.rootId, message: null });
  run.drain();
  run.command({ type: 'ResumeExecution', id: run.rootId, env: null });
  run.drain();
  expect(run.root.state).toBe('PAUSED');
  expect([...run.tree.workflows.values()].map(({ state }) => state)).not.toContain('RUNNING');
  run.runAndResume();
  expect(run.root.state).toBe('SUCCESS');
  expect(run.tasks('after')).toHaveLength(3);
});

test('deciding comes to an end when what is resumed pauses what was just resumed beside it', () => {
  const run = new Simulation(`version: '2.0'
inner:
  tasks:
    x: {action: std.noop, on-success: y}
    y: {action: std.echo output=1}
pausing:
  tasks:
    x: {action: std.noop, on-success: [pause, y]}
    y: {action: std.noop}
wf:
  tasks:
    a: {action: std.noop, on-success: [c, d]}
    c: {action: std.noop, on-success: [d, e, f]}
    d: {workflow: pausing, on-success: pause, on-complete: e}
    e: {workflow: pausing, on-success: [f, pause], join: one}
    f: {workflow: inner, pause-before: true}
`);
  run.start('wf');
  expect(run.runAndResume().root.state).toBe('SUCCESS');
});

test('a `succeed` behind a `pause` whose output cannot be evaluated fails the execution when it is resumed', () => {
  const run = new Simulation(`version: '2.0'
wf:
  output: {o: <% $.v %>}
  tasks:
    a: {action: std.noop, publish: {v: 7}, on-success: [pause, x, succeed, y]}
    x: {action: std.async_noop}
    y: {action: std.noop}
`);
  run.start('wf');
  run.drain();
  expect(run.root.state).toBe('PAUSED');
  run.command({ type: 'ResumeExecution', id: run.rootId, env: null });
  run.drain();
  expect(run.root.state).toBe('ERROR');
  expect(run.root.stateInfo).toContain('Can not evaluate YAQL expression [expression=$.v');
  expect(run.tasks('y')).toHaveLength(0);
});

const FOUR_ITEMS = `version: '2.0'
wf:
  tasks:
    a:
      action: std.async_noop
      with-items: i in <% range(4) %>
      concurrency: 2
`;

test('items go on when the last paused one among them has been completed, and its workflow was resumed before', () => {
  const run = new Simulation(FOUR_ITEMS);
  run.start('wf');
  pauseFirst(run);
  run.command({ type: 'ResumeExecution', id: run.rootId, env: null });
  completeAll(run);
  expect([run.root.state, run.tasks('a')[0]?.items?.succeeded]).toEqual(['SUCCESS', 4]);
});

test('items go on when their workflow is resumed after the last paused one among them has been completed', () => {
  const run = new Simulation(FOUR_ITEMS);
  run.start('wf');
  pauseFirst(run);
  completeAll(run);
  expect([run.root.state, run.tasks('a')[0]?.items?.succeeded]).toEqual(['PAUSED', 2]);
  run.command({ type: 'ResumeExecution', id: run.rootId, env: null });
  completeAll(run);
  expect([run.root.state, run.tasks('a')[0]?.items?.succeeded]).toEqual(['SUCCESS', 4]);
});

function pauseFirst(run: Simulation): void {
  const [first] = run.awaited;
  if (first !== undefined) run.command({ type: 'UpdateAction', id: first.id, state: 'PAUSED' });
  expect(run.root.state).toBe('PAUSED');
}

/** Completes what waits for somebody, and what follows it, as long as there is any. */
function completeAll(run: Simulation): void {
  for (let [next] = run.run().awaited; next !== undefined; [next] = run.run().awaited) {
    run.command({ type: 'CompleteAction', id: next.id, result: { state: 'SUCCESS', value: null } });
  }
}
