import type { TaskGraph } from './definition.ts';
import { buildGraph, reverseGraph } from './graph.ts';
import type { Target } from './on-clause.ts';
import type { Range, Report } from './report.ts';
import type { TaskDraft } from './task.ts';
import { type CommonParts, ON_CLAUSES, type OnClauseName } from './task-defaults.ts';

/** What the engine does itself, where the name of a task could stand. */
const COMMANDS: readonly string[] = ['noop', 'succeed', 'fail', 'pause'];

/** Where a clause of a task leads. A clause that leads nowhere is taken from the defaults, without the task itself. */
export function targetsOf(task: TaskDraft, clause: OnClauseName, defaults: CommonParts | null): readonly Target[] {
  const own = task.common.clauses.get(clause)?.next ?? [];
  if (own.length > 0) return own;
  return (defaults?.clauses.get(clause)?.next ?? []).filter(({ to }) => to !== task.name);
}

/** The tasks that must succeed before this one: its own and those of the defaults, without itself. */
export function requirementsOf(task: TaskDraft, defaults: CommonParts | null): readonly string[] {
  return [...new Set([...task.common.requires, ...(defaults?.requires ?? [])])].filter((name) => name !== task.name);
}

/** Checks where the tasks of a direct workflow lead, and gives the graph. */
export function linkDirect(
  workflow: { readonly name: string; readonly place: Range },
  tasks: ReadonlyMap<string, TaskDraft>,
  defaults: CommonParts | null,
  report: Report,
): TaskGraph {
  const links = new Map<string, readonly string[]>();
  const names = [...tasks.keys(), ...COMMANDS];
  for (const task of tasks.values()) {
    const targets = ON_CLAUSES.flatMap((clause) => targetsOf(task, clause, defaults));
    for (const target of targets) {
      if (tasks.has(target.to) || COMMANDS.includes(target.to)) continue;
      refuseTask(target, target.to, names, report);
    }
    links.set(
      task.name,
      targets.map(({ to }) => to),
    );
  }
  const graph = buildGraph(links);
  if (tasks.size > 0 && graph.start.length === 0) {
    report.add(
      workflow.place,
      `Failed to find start tasks in direct workflow. There must be at least one task without inbound transition.[workflow_name=${workflow.name}]`,
    );
  }
  for (const task of tasks.values()) checkJoin(task, graph.inbound.get(task.name)?.length ?? 0, report);
  return graph;
}

function checkJoin(task: TaskDraft, inbound: number, report: Report): void {
  if (task.join === 'all' && inbound === 0) {
    report.add(
      task.joinPlace,
      `No inbound tasks for task with 'join: all' [task_name=${task.name}]: no other task leads here.`,
    );
  } else if (typeof task.join === 'number' && inbound < task.join) {
    report.add(
      task.joinPlace,
      `Not enough inbound tasks for task with 'join' [task_name=${task.name}, join=${task.join}, inbound_tasks=${inbound}]: it would wait for ever.`,
    );
  }
}

/** Checks what the tasks of a reverse workflow require, and gives the graph: requirements come before. */
export function linkReverse(
  tasks: ReadonlyMap<string, TaskDraft>,
  defaults: CommonParts | null,
  report: Report,
): TaskGraph {
  const links = new Map<string, readonly string[]>();
  for (const task of tasks.values()) {
    for (const name of task.common.requires) {
      if (!tasks.has(name)) refuseTask(task.common.requiresPlace, name, tasks.keys(), report);
    }
    links.set(task.name, requirementsOf(task, defaults));
  }
  if (defaults !== null) {
    for (const name of defaults.requires) {
      if (!tasks.has(name)) refuseTask(defaults.requiresPlace, name, tasks.keys(), report);
    }
  }
  return reverseGraph(buildGraph(links));
}

function refuseTask(place: Range, name: string, candidates: Iterable<string>, report: Report): void {
  report.addUnknown(place, `Task '${name}' not found.`, name, candidates);
}
