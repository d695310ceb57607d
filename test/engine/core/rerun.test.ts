import { describe, expect, test } from 'vitest';
import type { ActionExecution } from '../../../engine/model/records.ts';
import { Simulation } from './simulation.ts';

/** The actions that are under way, of the task's newest attempt, in the order of their items. */
function open(run: Simulation): readonly ActionExecution[] {
  const attempt = run.tasks('w')[0]?.attempt;
  return [...run.tree.actions.values()]
    .filter((action) => action.state === 'RUNNING' && action.attempt === attempt)
    .sort((a, b) => a.index - b.index);
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
