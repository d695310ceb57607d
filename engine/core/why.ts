import type { WorkflowDefinition } from '../language/definition.ts';
import type { TaskExecutionId } from '../model/ids.ts';
import type { TaskExecution, WorkflowExecution } from '../model/records.ts';
import { isCompleted } from '../model/states.ts';
import { type ExecutionTree, taskIn, unknownJoin, workflowIn } from './execution-tree.ts';
import { neededArrivals } from './rules/open-joins.ts';

/**
 * Why a task does not go on or never started, in a sentence for the person who watches; null when there is nothing to say. Times are left
 * out: a countdown belongs to whoever shows it, and `in 8 s` can follow the sentence of a task that is due.
 */
export function whyWaiting(tree: ExecutionTree, task: TaskExecution, definition: WorkflowDefinition): string | null {
  const workflow = workflowIn(tree, task.workflowId);
  switch (task.state) {
    case 'WAITING':
      return isCompleted(workflow.state)
        ? 'Never started: the workflow has ended'
        : whyJoinWaits(tree, task, definition);
    case 'IDLE':
      return whyIdle(task, workflow);
    case 'RUNNING_DELAYED':
      return whyDelayed(tree, task, workflow, definition);
    case 'PAUSED':
      return 'Paused with what it runs';
    case 'ERROR':
      return hasNeverStarted(task, definition) ? `Can never start. ${whyJoinWaits(tree, task, definition)}` : null;
    default:
      return null;
  }
}

/** A task that another one waits for; null: it has not come to be. */
interface Awaited {
  readonly name: string;
  readonly id: TaskExecutionId | null;
}

/** The tasks that a join still waits for, the first `most` of them. Empty for a task that waits for nothing. */
export function waitsFor(
  tree: ExecutionTree,
  task: TaskExecution,
  definition: WorkflowDefinition,
  most: number,
): readonly Awaited[] {
  if (task.state !== 'WAITING' || isCompleted(workflowIn(tree, task.workflowId).state)) return [];
  const named = tree.newestTasks.get(task.workflowId);
  return pendingOf(tree, task, definition)
    .slice(0, most)
    .map((name) => ({ name, id: named?.get(name) ?? null }));
}

function pendingOf(tree: ExecutionTree, task: TaskExecution, definition: WorkflowDefinition): readonly string[] {
  const { arrivals } = tree.joins.get(task.workflowId)?.get(task.name) ?? unknownJoin;
  const inbound = definition.graph.inbound.get(task.name) ?? [];
  return inbound.filter((from) => !arrivals.has(from) || arrivals.get(from) === 'pending');
}

function whyIdle(task: TaskExecution, workflow: WorkflowExecution): string {
  if (isCompleted(workflow.state)) return 'Never started: the workflow has ended';
  if (task.prepared) return 'Paused before this task; resume to start it';
  return workflow.state === 'PAUSED' ? 'Starts when the workflow is resumed' : 'Starts in a moment';
}

function whyDelayed(
  tree: ExecutionTree,
  task: TaskExecution,
  workflow: WorkflowExecution,
  definition: WorkflowDefinition,
): string {
  const timer = tree.timers.get(`${task.id}:delay`);
  if (isCompleted(workflow.state)) return 'Never continued: the workflow has ended';
  if (timer === undefined) return 'Goes on when the workflow is resumed';
  switch (timer.purpose.type) {
    case 'retry': {
      const count = definition.tasks.get(task.name)?.policies.retry?.count;
      return typeof count === 'number' ? `Retry ${task.retries} of ${count}` : `Retry ${task.retries}`;
    }
    case 'start':
      return 'Will start';
    case 'complete':
      return 'Will complete';
    case 'timeout':
      return 'Will time out';
    default:
      return timer.purpose satisfies never;
  }
}

function whyJoinWaits(tree: ExecutionTree, task: TaskExecution, definition: WorkflowDefinition): string {
  const { arrivals, arrived } = tree.joins.get(task.workflowId)?.get(task.name) ?? unknownJoin;
  const inbound = definition.graph.inbound.get(task.name) ?? [];
  const join = definition.tasks.get(task.name)?.join;
  const label = join === 'all' ? 'Join all' : `Join ${join}`;
  const pending = pendingOf(tree, task, definition);
  const missed = inbound.filter((from) => arrivals.get(from) === null);
  const parts = [
    `${label}: ${arrived} of ${neededArrivals(definition, task.name)} arrived`,
    ...(pending.length > 0 ? [`waiting for ${listed(pending, (from) => withState(tree, task, from))}`] : []),
    ...(missed.length > 0 ? [`${listed(missed, (from) => `'${from}'`)} can no longer arrive`] : []),
  ];
  return parts.join('; ');
}

function withState(tree: ExecutionTree, task: TaskExecution, from: string): string {
  const last = tree.newestTasks.get(task.workflowId)?.get(from);
  const words: { readonly [state: string]: string } = {
    RUNNING: 'running',
    RUNNING_DELAYED: 'delayed',
    PAUSED: 'paused',
    IDLE: 'not started',
    WAITING: 'waiting itself',
  };
  const state = last === undefined ? 'not started' : words[taskIn(tree, last).state];
  return state === undefined ? `'${from}'` : `'${from}' (${state})`;
}

/** A join that failed because not enough of the tasks before it could arrive. */
function hasNeverStarted(task: TaskExecution, definition: WorkflowDefinition): boolean {
  return task.startedAt === null && (definition.tasks.get(task.name)?.join ?? null) !== null;
}

/** The first few; a join may wait for a thousand tasks. */
function listed(names: readonly string[], inWords: (name: string) => string): string {
  const shown = names.slice(0, 3).map(inWords).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
