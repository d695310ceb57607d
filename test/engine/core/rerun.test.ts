import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../engine/core/decide.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { ActionExecution } from '../../../engine/model/records.ts';
import { Simulation } from './simulation.ts';

/** The actions that are under way, of the task's newest attempt, in the order of their items. */
function open(run: Simulation): readonly ActionExecution[] {
  const attempt = run.tasks('w')[0]?.attempt;
  return [...run.tree.actions.values()]
    .filter((action) => action.state === 'RUNNING' && action.attempt === attempt)
    .sort((a, b) => a.index - b.index);
}

/** Reruns the task that was made first under this name. */
function rerun(run: Simulation, name: string, env: JsonObject | null = null): Verdict {
  const task = [...run.tree.tasks.values()].sort((a, b) => a.order - b.order).find((each) => each.name === name);
  return run.command({ type: 'RerunTask', id: task?.id as never, reset: true, env });
}

function complete(run: Simulation, action: ActionExecution | undefined, value: string): void {
  if (action === undefined) throw new Error('there is no such action');
  run.command({ type: 'CompleteAction', id: action.id, result: { state: 'SUCCESS', value } });
}

describe('a rerun without reset', () => {
  const text = `version: '2.0'
wf:
  output: {r: <% $.r %>}
  tasks:
    w:
      with-items: i in <% range(4) %>
      concurrency: CONCURRENCY
      timeout: 10
      action: std.async_noop
      publish: {r: <% task().result %>}
`;

  test('of a task that timed out runs again the items that had not ended, and only those', () => {
    const run = new Simulation(text.replace('CONCURRENCY', '0'));
    run.start('wf');
    const [first, ...late] = open(run);
    complete(run, first, 'kept');
    run.run();
    expect(run.tasks('w')).toMatchObject([{ state: 'ERROR', stateInfo: 'Task timed out [timeout(s)=10].' }]);

    run.command({ type: 'RerunTask', id: run.tasks('w')[0]?.id as never, reset: false, env: null });
    expect(open(run).map((action) => action.index)).toEqual([1, 2, 3]);
    for (const action of late) complete(run, action, 'too late');
    for (const action of open(run)) complete(run, action, 'again');
    expect(run.root).toMatchObject({ state: 'SUCCESS', output: { r: ['kept', 'again', 'again', 'again'] } });
  });

  test('keeps to the concurrency, whatever still runs from before', () => {
    const run = new Simulation(text.replace('CONCURRENCY', '2'));
    run.start('wf');
    run.run();
    run.command({ type: 'RerunTask', id: run.tasks('w')[0]?.id as never, reset: false, env: null });
    expect(open(run).map((action) => action.index)).toEqual([0, 1]);
    while (open(run).length > 0) complete(run, open(run)[0], 'done');
    expect(run.root).toMatchObject({ state: 'SUCCESS', output: { r: ['done', 'done', 'done', 'done'] } });
  });
});

describe('a rerun', () => {
  test('of a task whose failure was handled is possible while the execution still runs, and after it was cancelled', () => {
    const run = new Simulation(`version: '2.0'
wf:
  tasks:
    a: {action: std.fail, on-error: b}
    b: {action: std.async_noop}
`);
    run.start('wf');
    run.drain();
    expect(rerun(run, 'a', { x: 1 })).toMatchObject({ type: 'refused', code: 'REFUSED' });
    expect(rerun(run, 'a')).toMatchObject({ type: 'decided' });
    run.drain();
    run.command({ type: 'StopExecution', id: run.rootId, state: 'CANCELLED', message: null });
    rerun(run, 'a');
    expect(run.root.state).toBe('RUNNING');
  });

  test('changes nothing while the execution is paused, and is refused when it has succeeded', () => {
    const run = new Simulation(`version: '2.0'
wf:
  tasks:
    a: {action: std.fail, on-error: b}
    b: {action: std.noop, pause-before: true}
`);
    run.start('wf');
    run.drain();
    expect(rerun(run, 'a')).toMatchObject({ type: 'decided', events: [] });
    run.command({ type: 'ResumeExecution', id: run.rootId, env: null });
    run.run();
    expect(rerun(run, 'a')).toMatchObject({ type: 'refused', reason: expect.stringContaining('SUCCESS') });
  });

  test('inside an attempt that was repeated is refused: what came of it would go nowhere', () => {
    const run = new Simulation(`version: '2.0'
wf:
  tasks:
    p: {workflow: inner, retry: {count: 1, delay: 1}}
inner:
  tasks:
    x: {action: std.fail}
`);
    run.start('wf');
    run.run();
    expect(run.root.state).toBe('ERROR');
    expect(rerun(run, 'x')).toMatchObject({ type: 'refused', reason: expect.stringContaining('earlier attempt') });
    expect(run.root.state).toBe('ERROR');
  });

  test('below a task that was skipped is refused', () => {
    const run = new Simulation(`version: '2.0'
wf:
  tasks:
    p: {workflow: inner, on-skip: q}
    q: {action: std.async_noop}
inner:
  tasks:
    x: {action: std.fail}
`);
    run.start('wf');
    run.run();
    run.command({ type: 'SkipTask', id: run.tasks('p')[0]?.id as never });
    expect(rerun(run, 'x')).toMatchObject({ type: 'refused', reason: expect.stringContaining('SKIPPED') });
  });
});
