import type { TaskNode, WorkflowNode } from '../../../engine/api/resources.ts';
import type { WorkflowDefinition } from '../../../engine/language/definition.ts';
import { isCompleted } from '../../../engine/model/states.ts';
import { type Command, clausesOf, type GraphModel, type LinkClause } from './graph-model.ts';
import type { TaskRun } from './task-runs.ts';

type Runs = ReadonlyMap<string, TaskRun>;

/**
 * The names of the tasks that may still be started by the execution as it stands, whether they have run before or not.
 * Whatever guards say is taken for possible, so that a task that is left out can certainly not run any more, unless
 * somebody runs a failed task again.
 */
export function mayStillRun(
  definition: WorkflowDefinition,
  runs: Runs,
  state: WorkflowNode['state'],
): ReadonlySet<string> {
  if (state !== 'RUNNING' && state !== 'PAUSED') return new Set();
  return definition.type === 'reverse' ? reverse(definition, runs) : direct(definition, runs, state === 'PAUSED');
}

function direct({ tasks, graph }: WorkflowDefinition, runs: Runs, paused: boolean): ReadonlySet<string> {
  const possible = new Set<string>();
  const waiting: string[] = [];
  const reach = (name: string) => {
    if (possible.has(name) || !tasks.has(name)) return;
    possible.add(name);
    waiting.push(name);
  };
  for (const name of graph.start) if (!runs.has(name)) reach(name);
  for (const [name, { node }] of runs) {
    const task = tasks.get(name);
    if (task === undefined) continue;
    // What follows a task is started together with its end, but held back while the execution is paused.
    if (isCompleted(node.state) && !paused) continue;
    for (const [clause, transitions] of clausesOf(task)) {
      if (!isCompleted(node.state) || follows(clause, node.state)) for (const { to } of transitions) reach(to);
    }
  }
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const next of graph.outbound.get(name) ?? []) reach(next);
  }
  return possible;
}

/** Which task is the goal is not in the definition: a task is possible as long as nothing that it requires has failed. */
function reverse({ tasks }: WorkflowDefinition, runs: Runs): ReadonlySet<string> {
  const known = new Map<string, boolean>();
  const isPossible = (name: string): boolean => {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, true); // a circle of requirements ends here
    const state = runs.get(name)?.node.state;
    const failed = state === 'ERROR' || state === 'CANCELLED';
    const result = !failed && (tasks.get(name)?.requires ?? []).every(isPossible);
    known.set(name, result);
    return result;
  };
  return new Set([...tasks.keys()].filter((name) => isPossible(name) && !runs.has(name)));
}

/** The ids of the links that were taken, as far as the states tell; of a command the task itself tells. */
export function takenLinks({ places, links }: GraphModel, runs: Runs): ReadonlySet<string> {
  const commands = new Map<string, Command>();
  const byPlace = new Map<string, TaskNode>();
  for (const place of places) {
    if (place.kind === 'command') commands.set(place.id, place.command);
    const run = place.kind === 'task' ? runs.get(place.task.name) : undefined;
    if (run !== undefined) byPlace.set(place.id, run.node);
  }
  return new Set(
    links.flatMap(({ id, from, to, clause, guard }) => {
      const source = byPlace.get(from);
      if (source === undefined || !follows(clause, source.state)) return [];
      const target = byPlace.get(to);
      if (target !== undefined) return target.order > source.order ? [id] : [];
      const command = commands.get(to);
      if (command === undefined) return [];
      return guard === null || source.commands?.includes(command) === true ? [id] : [];
    }),
  );
}

function follows(clause: LinkClause, state: TaskNode['state']): boolean {
  switch (clause) {
    case 'success':
    case 'requires':
      return state === 'SUCCESS';
    case 'error':
      return state === 'ERROR';
    case 'complete':
      return state === 'SUCCESS' || state === 'ERROR';
    case 'skip':
      return state === 'SKIPPED';
    case 'several':
      return false;
  }
}
