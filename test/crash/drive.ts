import type { ExecutionTree } from '../../engine/core/execution-tree.ts';
import { outstanding } from '../../engine/core/outstanding.ts';
import type { Event } from '../../engine/model/events.ts';
import type { WorkflowExecutionId } from '../../engine/model/ids.ts';
import { encodeJson } from '../../engine/model/json.ts';
import { isCompleted } from '../../engine/model/states.ts';
import type { Opened } from '../engine/runtime/engine-fixture.ts';
import type { Scenario } from './scenarios.ts';

/** Longer than any scenario takes on a machine that is very busy, in milliseconds. */
const PATIENCE = 60_000;

/** Does what the scenario wants done until its execution is over, and returns the tree then. */
export async function drive(opened: Opened, rootId: string, scenario: Scenario): Promise<ExecutionTree> {
  const deadline = performance.now() + PATIENCE;
  let changed = true;
  let wake: () => void = () => {};
  const tell = (): void => {
    changed = true;
    wake();
  };
  const stop = opened.engine.onCommit((tree) => {
    if (tree.rootId === rootId) tell();
  });
  const timer = setTimeout(tell, PATIENCE);
  try {
    while (performance.now() < deadline) {
      changed = false;
      const tree = (await opened.engine.durableState(rootId))?.tree ?? null;
      const root = tree?.workflows.get(rootId as WorkflowExecutionId);
      if (tree === null || root === undefined) throw new Error(`the execution ${rootId} is not there`);
      const events = scenario.next === undefined ? [] : await eventsOf(opened, rootId);
      const count = (type: Event['type']) => events.filter((event) => event.type === type).length;
      const command = scenario.next?.({ root, tree, count }) ?? null;
      if (command === null) {
        if (isCompleted(root.state) && outstanding(tree).length === 0) return tree;
        // Nothing comes between looking and waiting but what `tell` noted.
        if (!changed) await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const answer = await opened.engine.submit(rootId, command);
      // The engine itself may have been faster, for instance with an end that was due.
      if (answer.type === 'refused' && answer.code !== 'REFUSED') throw new Error(answer.reason);
    }
    throw new Error('it does not come to its end');
  } finally {
    clearTimeout(timer);
    stop();
  }
}

async function eventsOf(opened: Opened, rootId: string): Promise<readonly Event[]> {
  const events: Event[] = [];
  for await (const { commit } of opened.store.history(rootId)) events.push(...commit.events);
  return events;
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What a person would compare: states, results and what was published; ids and times differ from one time to the next. */
export function outcome(tree: ExecutionTree): readonly string[] {
  const lines = [
    ...[...tree.workflows.values()].map(({ name, index, state, stateInfo, input, output, context, description }) =>
      encodeJson(['workflow', name, index, state, stateInfo, input, output, context, description]),
    ),
    ...[...tree.tasks.values()].map(({ name, state, stateInfo, published, retries, next, errorHandled }) =>
      encodeJson(['task', name, state, stateInfo, published, retries, next, errorHandled]),
    ),
    ...[...tree.actions.values()].map(({ name, index, state, accepted, input, output }) =>
      encodeJson(['action', name, index, state, accepted, input, output]),
    ),
  ];
  return lines.map((line) => line.replace(ID, 'id')).sort();
}
