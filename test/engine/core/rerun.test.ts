import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../engine/core/decide.ts';
import type { ActionExecutionId } from '../../../engine/model/ids.ts';
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

/** The action of the task of this name that is under way. */
function openOf(run: Simulation, name: string): ActionExecutionId {
  const [task] = run.tasks(name);
  const action = [...run.tree.actions.values()].find((each) => each.taskId === task?.id && each.state === 'RUNNING');
  if (action === undefined) throw new Error(`no action of ${name} is under way`);
  return action.id;
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

  test('lets nothing wait for what a task did not lead to while the execution had ended: its join fails, names it, and runs when asked', () => {
    const run = new Simulation(`version: '2.0'
wf:
  tasks:
    a: {action: std.fail}
    b: {action: std.noop, on-success: [e, "fail(msg='as asked')"]}
    d: {action: std.async_noop, on-complete: e}
    e: {join: all, action: std.noop}
`);
    run.start('wf');
    run.drain();
    expect(run.root).toMatchObject({ state: 'ERROR', stateInfo: 'as asked' });
    run.command({ type: 'CompleteAction', id: openOf(run, 'd'), result: { state: 'SUCCESS', value: null } });
    run.command({ type: 'SkipTask', id: run.tasks('a')[0]?.id as never });
    run.run();
    expect(run.root.state).toBe('ERROR');
    expect(run.tasks('e')).toMatchObject([
      { state: 'ERROR', stateInfo: "It waited for tasks that can no longer lead to it: ['d']" },
    ]);

    rerun(run, 'e');
    run.run();
    expect(run.tasks('e')).toMatchObject([{ state: 'SUCCESS' }]);
    expect(run.root.state).toBe('SUCCESS');
  });

  test('after a cancel of what was paused does what the pause had held back, too', () => {
    const run = new Simulation(`version: '2.0'
wf:
  tasks:
    a: {action: std.fail}
    b: {action: std.async_noop, on-success: after}
    c: {action: std.noop, on-success: [pause, behind]}
    after: {action: std.noop}
    behind: {action: std.noop}
`);
    run.start('wf');
    run.drain();
    run.command({ type: 'CompleteAction', id: openOf(run, 'b'), result: { state: 'SUCCESS', value: null } });
    expect(run.root.state).toBe('PAUSED');
    run.command({ type: 'StopExecution', id: run.rootId, state: 'CANCELLED', message: null });
    rerun(run, 'a');
    run.run();
    expect(run.tasks('behind')).toMatchObject([{ state: 'SUCCESS' }]);
    expect(run.tasks('after')).toMatchObject([{ state: 'SUCCESS' }]);
    expect(run.root).toMatchObject({ state: 'ERROR', backlog: [], held: [] });
  });

  test('or a skip of a task that failed during the pause follows what comes of it once, also when it is resumed later', () => {
    const text = `version: '2.0'
wf:
  tasks:
    a: {action: std.async_noop, on-complete: after}
    c: {action: std.noop, on-success: pause}
    after: {action: std.noop, on-success: last}
    last: {action: std.noop, pause-before: true}
`;
    for (const what of ['rerun', 'skip']) {
      const run = new Simulation(what === 'rerun' ? text : text.replace('on-complete: after', 'on-success: after'));
      run.start('wf');
      run.drain();
      run.command({ type: 'CompleteAction', id: openOf(run, 'a'), result: { state: 'ERROR', value: null } });
      run.command({ type: 'StopExecution', id: run.rootId, state: 'CANCELLED', message: null });
      if (what === 'skip') run.command({ type: 'SkipTask', id: run.tasks('a')[0]?.id as never });
      else {
        rerun(run, 'a');
        run.command({ type: 'CompleteAction', id: openOf(run, 'a'), result: { state: 'SUCCESS', value: null } });
      }
      run.runAndResume();
      expect([what, run.root.state, run.tasks('after').length]).toEqual([what, 'SUCCESS', 1]);
    }
  });
});
