import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromDocument, toDocument } from '../../../engine/core/document.ts';
import type { ExecutionTree } from '../../../engine/core/execution-tree.ts';
import { outstanding } from '../../../engine/core/outstanding.ts';
import { decodeJson, encodeJson } from '../../../engine/model/json.ts';
import { isCompleted } from '../../../engine/model/states.ts';
import { arbitraryWorkflow } from './arbitrary-workflow.ts';
import { Simulation } from './simulation.ts';

const workflows = { numRuns: 100 };

/** What can be compared: everything but the order in which sets happen to keep their members. */
function comparable(tree: ExecutionTree): unknown {
  const sorted = (ids: Iterable<string>): readonly string[] => [...ids].sort();
  return {
    document: toDocument(tree),
    owed: outstanding(tree).map((effect) => effect.key),
    ready: [...tree.ready].map(([id, tasks]) => [id, sorted(tasks.members)]).sort(),
    active: sorted(tree.active.members),
    running: sorted(tree.running),
    open: [...tree.openWorkflows]
      .map(([id, nested]) => [id, sorted(nested)])
      .filter(([, nested]) => nested?.length)
      .sort(),
    contexts: [...tree.inbound].map(([id, context]) => [id, sorted(context.keys())]).sort(),
  };
}

describe('whatever the workflow', () => {
  test('its journal gives the same tree again', () =>
    fc.assert(
      fc.property(arbitraryWorkflow, (text) => {
        const run = new Simulation(text);
        run.start('wf');
        run.run();
        expect(comparable(run.replay())).toEqual(comparable(run.tree));
      }),
      workflows,
    ));

  test('its document, written and read at any commit, gives the same tree again', () =>
    fc.assert(
      fc.property(arbitraryWorkflow, fc.nat(), (text, at) => {
        const run = new Simulation(text);
        run.start('wf');
        run.run();
        const tree = run.replay(run.commits.slice(0, 1 + (at % run.commits.length)));
        const written = encodeJson(toDocument(tree));
        expect(comparable(fromDocument(decodeJson(written) as never))).toEqual(comparable(tree));
      }),
      workflows,
    ));

  test('it comes to an end: nothing that is RUNNING has nothing left to do', () =>
    fc.assert(
      fc.property(arbitraryWorkflow, (text) => {
        const run = new Simulation(text);
        run.start('wf');
        run.run();
        for (let resumes = 0; run.root.state === 'PAUSED' && resumes < 50; resumes++) {
          run.command({ type: 'ResumeExecution', id: run.rootId, env: null });
          run.run();
        }
        expect(isCompleted(run.root.state)).toBe(true);
      }),
      workflows,
    ));

  test('pausing and resuming it at any commit changes nothing of what comes out', () =>
    fc.assert(
      fc.property(arbitraryWorkflow, fc.nat({ max: 40 }), (text, at) => {
        const straight = new Simulation(text);
        straight.start('wf');
        straight.run();
        const paused = new Simulation(text);
        paused.start('wf');
        for (let steps = 0; steps < at; steps++) paused.step();
        paused.command({ type: 'PauseExecution', id: paused.rootId, message: null });
        // Time stands still meanwhile: a timeout goes on counting while a workflow is paused, as in Mistral.
        paused.drain();
        paused.command({ type: 'ResumeExecution', id: paused.rootId, env: null });
        paused.run();
        expect(summary(paused)).toEqual(summary(straight));
      }),
      workflows,
    ));
});

function summary(run: Simulation): unknown {
  const tasks = run.tasks().map((task) => `${task.name} ${task.state}`);
  return { state: run.root.state, tasks: tasks.sort() };
}
