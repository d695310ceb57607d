import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply } from '../../../engine/core/apply.ts';
import { fromDocument, toDocument } from '../../../engine/core/document.ts';
import { type ExecutionTree, taskIn, taskResult } from '../../../engine/core/execution-tree.ts';
import { outstanding } from '../../../engine/core/outstanding.ts';
import { mayBecome } from '../../../engine/core/transitions.ts';
import type { ActionResult, Command } from '../../../engine/model/commands.ts';
import { decodeJson, encodeJson } from '../../../engine/model/json.ts';
import type { ActionExecution, WorkflowExecution } from '../../../engine/model/records.ts';
import { isCompleted } from '../../../engine/model/states.ts';
import { propertyRuns } from '../../property-runs.ts';
import { arbitraryWorkflow } from './arbitrary-workflow.ts';
import { Simulation } from './simulation.ts';

const workflows = propertyRuns(100);

/** What can be compared: everything but the order in which sets happen to keep their members. */
function comparable(tree: ExecutionTree): unknown {
  const sorted = (ids: Iterable<string>): readonly string[] => [...ids].sort();
  return {
    document: toDocument(tree),
    owed: outstanding(tree).map((effect) => effect.key),
    ready: [...tree.ready].map(([id, tasks]) => [id, sorted(tasks.members)]).sort(),
    active: sorted(tree.active.members),
    running: sorted(tree.running),
    waiting: sorted(tree.waiting),
    waitingOf: [...tree.waitingOf].sort(),
    results: [...tree.tasks.values()].map((task) => [task.id, taskResult(tree, task, task.items !== null)]).sort(),
    open: [...tree.openWorkflows]
      .map(([id, nested]) => [id, sorted(nested)])
      .filter(([, nested]) => nested?.length)
      .sort(),
    contexts: [...tree.inbound].map(([id, context]) => [id, sorted(context.keys())]).sort(),
  };
}

// Thousands of cases are tried when they are asked for.
describe('whatever the workflow', { timeout: 600_000 }, () => {
  test('its journal gives the same tree again', () =>
    fc.assert(
      fc.property(arbitraryWorkflow, (text) => {
        const run = new Simulation(text);
        run.start('wf');
        finish(run);
        expect(comparable(run.replay())).toEqual(comparable(run.tree));
      }),
      workflows,
    ));

  test('its document, written and read at any commit, gives the same tree again', () =>
    fc.assert(
      fc.property(arbitraryWorkflow, fc.nat(), (text, at) => {
        const run = new Simulation(text);
        run.start('wf');
        finish(run);
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
        finishAndResume(run);
        expect(isCompleted(run.root.state)).toBe(true);
      }),
      workflows,
    ));

  test('pausing and resuming it at any commit changes nothing of what comes out', () =>
    fc.assert(
      fc.property(arbitraryWorkflow, fc.nat({ max: 40 }), (text, at) => {
        const straight = new Simulation(text);
        straight.start('wf');
        finishAndResume(straight);
        fc.pre(!isRace(text, straight));
        const paused = new Simulation(text);
        paused.start('wf');
        for (let steps = 0; steps < at; steps++) paused.stepOrResume();
        paused.command({ type: 'PauseExecution', id: paused.rootId, message: null });
        // Time stands still meanwhile: a timeout goes on counting while a workflow is paused, as in Mistral.
        paused.drain();
        paused.command({ type: 'ResumeExecution', id: paused.rootId, env: null });
        finishAndResume(paused);
        expect(summary(paused)).toEqual(summary(straight));
      }),
      workflows,
    ));

  test('it comes to an end too when all that fails is skipped, or run again once', () =>
    fc.assert(
      fc.property(arbitraryWorkflow, fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }), (text, skips) => {
        const run = new Simulation(text);
        run.start('wf');
        finishAndResume(run);
        const again = new Set<string>();
        for (let round = 0; run.root.state === 'ERROR' && round < 60; round++) {
          const failed = run.tasks().find((task) => task.state === 'ERROR');
          if (failed === undefined) break;
          const skipping = again.has(failed.id) || skips[round % skips.length] === true;
          again.add(failed.id);
          const { id } = failed;
          const verdict = run.command(
            skipping ? { type: 'SkipTask', id } : { type: 'RerunTask', id, reset: true, env: null },
          );
          expect(verdict.type).toBe('decided');
          finishAndResume(run);
          if (skipping) expect(run.tasks().find((task) => task.id === id)?.state).toBe('SKIPPED');
          expect(isCompleted(run.root.state)).toBe(true);
        }
        expect(comparable(run.replay())).toEqual(comparable(run.tree));
      }),
      workflows,
    ));

  test('and whatever is asked of it, each workflow execution goes only the ways of the table of states', () =>
    fc.assert(
      fc.property(arbitraryWorkflow, fc.array(asked, { maxLength: 12 }), (text, commands) => {
        const run = new Simulation(text);
        run.start('wf');
        for (const { steps, make } of commands) {
          for (let step = 0; step < steps; step++) run.step();
          const command = make(run);
          if (command !== null) run.command(command);
        }
        finish(run);
        resumeNested(run);
        let before = run.replay([]);
        for (const { at, events } of run.commits) {
          for (const event of events) {
            const after = apply(before, event, at);
            for (const { id, state } of after.workflows.values()) {
              const was = before.workflows.get(id)?.state ?? 'RUNNING';
              expect([was, state, mayBecome(was, state)]).toEqual([was, state, true]);
            }
            before = after;
          }
        }
        expect(comparable(run.replay())).toEqual(comparable(run.tree));
        // Nothing is left to do: what runs would run for ever.
        const running = [...run.tree.workflows.values()].filter(({ state }) => state === 'RUNNING');
        expect(running).toEqual([]);
      }),
      workflows,
    ));
});

/** Goes on until nothing is left to do, completing what waits for somebody when everything else is done. */
function finish(run: Simulation, goOn = (): unknown => run.run()): void {
  for (goOn(); ; goOn()) {
    const [action] = run.awaited;
    if (action === undefined) return;
    run.command(completing(action, outcomeOf(run, action)));
  }
}

function finishAndResume(run: Simulation): void {
  finish(run, () => run.runAndResume());
  resumeNested(run, () => run.runAndResume());
}

/** One that is nested may have stayed paused when the root went on by a rerun: the root waits for it. */
function resumeNested(run: Simulation, goOn = (): unknown => run.run()): void {
  for (let [paused] = pausedIn(run); paused !== undefined; [paused] = pausedIn(run)) {
    run.command({ type: 'ResumeExecution', id: paused.id, env: null });
    finish(run, goOn);
  }
}

/** Those that are paused in an execution that runs. */
function pausedIn(run: Simulation): readonly WorkflowExecution[] {
  return run.root.state === 'RUNNING' ? [...run.tree.workflows.values()].filter(({ state }) => state === 'PAUSED') : [];
}

/** The same for the same task and item, whenever it comes. */
function outcomeOf(run: Simulation, { taskId, index }: ActionExecution): 'SUCCESS' | 'ERROR' {
  const name = taskId === null ? '' : taskIn(run.tree, taskId).name;
  return (name.charCodeAt(0) + index) % 3 === 0 ? 'ERROR' : 'SUCCESS';
}

function completing({ id }: ActionExecution, state: ActionResult['state']): Command {
  return { type: 'CompleteAction', id, result: { state, value: 'from outside' } };
}

interface Asked {
  /** How much happens before it is asked. */
  readonly steps: number;
  readonly make: (run: Simulation) => Command | null;
}

/** What a person may ask at any moment: of the root or of something nested in it, sensible or not. */
const asked: fc.Arbitrary<Asked> = fc
  .record({
    steps: fc.nat({ max: 12 }),
    what: fc.constantFrom(
      ...(['pause', 'resume', 'CANCELLED', 'ERROR', 'SUCCESS', 'rerun', 'rerun items', 'skip'] as const),
      ...(['action SUCCESS', 'action ERROR', 'action CANCELLED', 'action PAUSED', 'action RUNNING'] as const),
    ),
    which: fc.nat({ max: 10 }),
  })
  .map(({ steps, what, which }) => ({
    steps,
    [fc.toStringMethod]: () => `after ${steps} steps: ${what} of ${which}`,
    make: (run) => {
      const id = pick([...run.tree.workflows.values()], which)?.id ?? run.rootId;
      const failed = pick(
        [...run.tree.tasks.values()].filter((task) => task.state === 'ERROR'),
        which,
      )?.id;
      const awaited = pick(run.awaited, which);
      switch (what) {
        case 'action SUCCESS':
        case 'action ERROR':
        case 'action CANCELLED':
          return awaited === undefined ? null : completing(awaited, what.slice(7) as ActionResult['state']);
        case 'action PAUSED':
        case 'action RUNNING':
          return awaited === undefined
            ? null
            : { type: 'UpdateAction', id: awaited.id, state: what.slice(7) as 'PAUSED' | 'RUNNING' };
        case 'pause':
          return { type: 'PauseExecution', id, message: null };
        case 'resume':
          return { type: 'ResumeExecution', id, env: null };
        case 'CANCELLED':
        case 'ERROR':
        case 'SUCCESS':
          return { type: 'StopExecution', id, state: what, message: 'asked' };
        case 'skip':
          return failed === undefined ? null : { type: 'SkipTask', id: failed };
        default:
          return failed === undefined ? null : { type: 'RerunTask', id: failed, reset: what === 'rerun', env: null };
      }
    },
  }));

function pick<T extends { readonly order: number }>(records: readonly T[], which: number): T | undefined {
  return [...records].sort((a, b) => a.order - b.order)[which % Math.max(1, records.length)];
}

/**
 * Whether it may matter which branch is first, paused or not: for what a variable is behind a join, for how often a
 * join starts that is led to by a task that runs more than once (join-018), and for what else has run when a command
 * ends the whole workflow.
 */
function isRace(text: string, run: Simulation): boolean {
  if (/\bfail\(|\bsucceed\b/.test(text)) return true;
  const names = run.tasks().map((task) => task.name);
  return text.includes('join:') && (/\$\.get\(v, 0\) [<=]/.test(text) || new Set(names).size < names.length);
}

function summary(run: Simulation): unknown {
  const tasks = run.tasks().map((task) => `${task.name} ${task.state}`);
  return { state: run.root.state, tasks: tasks.sort() };
}
