import type { WorkflowDefinition } from '../../language/definition.ts';
import type { WorkflowExecutionId } from '../../model/ids.ts';
import type { Trigger } from '../../model/records.ts';
import { isCompleted } from '../../model/states.ts';
import type { Decision } from '../decision.ts';
import { type Arrival, type Join, taskIn, tasksIn, unknownJoin, workflowIn } from '../execution-tree.ts';
import { completeTask } from './complete-task.ts';
import { createTask } from './create-task.ts';

/**
 * A join starts when enough of the tasks before it have arrived, and fails as soon as that cannot happen any more.
 * Each task before it is counted once, when it completes, so a join of a thousand tasks costs a thousand steps.
 *
 * A task that arrives after the join has started changes nothing. When one that had already arrived comes again (a
 * loop), a new round begins with a new task execution; what the others brought still counts, as in Mistral. A join that
 * has failed goes on with one that had not arrived, and with nothing else.
 */
export function arriveAtJoin(
  decision: Decision,
  workflowId: WorkflowExecutionId,
  join: string,
  trigger: Trigger,
): void {
  const from = taskIn(decision.tree, trigger.taskId).name;
  const { taskId, arrivals } = joinOf(decision, workflowId, join);
  const task = taskId === null ? null : taskIn(decision.tree, taskId);
  const hasFailed = task !== null && task.state === 'ERROR' && task.triggeredBy.length === 0;
  if (hasFailed && hasArrived(arrivals.get(from))) return;
  decision.emit({ type: 'JoinInformed', workflowId, join, from, arrival: trigger });
  if (hasFailed) {
    // It had failed because this task did not arrive: a rerun brought it after all.
    decision.emit({ type: 'TaskRerun', id: task.id, reset: true, state: 'WAITING' });
  } else if (task === null || (task.state !== 'WAITING' && comesAgain(arrivals.get(from), trigger))) {
    createTask(decision, workflowId, join, [], 'WAITING');
  }
  refreshJoin(decision, workflowId, join);
}

function hasArrived(known: Arrival | undefined): boolean {
  return known !== undefined && known !== null && known !== 'pending';
}

/** Two arrows from one and the same end of a task are one arrival. */
function comesAgain(known: Arrival | undefined, trigger: Trigger): boolean {
  return known !== undefined && (known === null || known === 'pending' || known.taskId !== trigger.taskId);
}

/** A completed task tells those that it might have led to, and did not, that they need not wait for it. */
export function closeRoutes(
  decision: Decision,
  workflowId: WorkflowExecutionId,
  from: string,
  taken: ReadonlySet<string>,
): void {
  const definition = decision.definitionOf(workflowIn(decision.tree, workflowId));
  const queue: { readonly from: string; readonly taken: ReadonlySet<string> }[] = [{ from, taken }];
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    for (const to of definition.graph.outbound.get(step.from) ?? []) {
      if (step.taken.has(to)) continue;
      if (definition.tasks.get(to)?.join !== null) missJoin(decision, workflowId, to, step.from);
      if (!isOutOfReach(decision, workflowId, definition, to)) continue;
      decision.emit({ type: 'RouteClosed', workflowId, task: to });
      queue.push({ from: to, taken: new Set() });
    }
  }
}

function missJoin(decision: Decision, workflowId: WorkflowExecutionId, join: string, from: string): void {
  if (joinOf(decision, workflowId, join).arrivals.get(from) === null) return;
  decision.emit({ type: 'JoinInformed', workflowId, join, from, arrival: null });
  refreshJoin(decision, workflowId, join);
}

/** Never ran, and every task before it went elsewhere or is out of reach itself. */
function isOutOfReach(
  decision: Decision,
  workflowId: WorkflowExecutionId,
  definition: WorkflowDefinition,
  name: string,
): boolean {
  const { tree } = decision;
  const named = tree.newestTasks.get(workflowId);
  const closed = tree.closedRoutes.get(workflowId);
  if (named?.has(name) || closed?.has(name)) return false;
  return (definition.graph.inbound.get(name) ?? []).every((from) => {
    if (closed?.has(from)) return true;
    const last = named?.get(from);
    if (last === undefined) return false;
    const task = taskIn(tree, last);
    return isCompleted(task.state) && !task.next.some((step) => step.name === name);
  });
}

/** Starts or fails a waiting join according to what it knows. Where the workflow has ended it is left waiting. */
function refreshJoin(decision: Decision, workflowId: WorkflowExecutionId, name: string): void {
  const { taskId, arrived, missed, arrivals } = joinOf(decision, workflowId, name);
  if (taskId === null || taskIn(decision.tree, taskId).state !== 'WAITING') return;
  const workflow = workflowIn(decision.tree, workflowId);
  if (isCompleted(workflow.state)) return;
  const definition = decision.definitionOf(workflow);
  const total = definition.graph.inbound.get(name)?.length ?? 0;
  const needed = neededArrivals(definition, name);
  if (arrived >= needed) {
    const triggeredBy = [...arrivals.values()].filter((each) => each !== null && each !== 'pending');
    decision.emit({ type: 'TaskTriggered', id: taskId, triggeredBy });
    // A join does not ask the policies that come before a task, unless it is run again: so it is in Mistral.
    decision.emit({ type: 'TaskPrepared', id: taskId });
  } else if (missed > total - needed) {
    const names = [...arrivals].filter(([, arrival]) => arrival === null).map(([from]) => `'${from}'`);
    completeTask(decision, taskId, 'ERROR', `Failed by tasks: [${names.join(', ')}]`);
  }
}

/** How many tasks must arrive before the join starts. */
export function neededArrivals(definition: WorkflowDefinition, name: string): number {
  const join = definition.tasks.get(name)?.join ?? null;
  return join === 'all' || join === null ? (definition.graph.inbound.get(name)?.length ?? 0) : join;
}

/**
 * When nothing else is left to happen, joins that wait for one another, for a task that can only follow them, or for one
 * that ended while the workflow had ended and so led nowhere, would wait for ever: they fail.
 */
export function failStuckJoins(decision: Decision, workflowId: WorkflowExecutionId): void {
  const { graph } = decision.definitionOf(workflowIn(decision.tree, workflowId));
  for (const { id, name, state } of tasksIn(decision.tree, workflowId)) {
    if (state !== 'WAITING') continue;
    const { arrivals } = joinOf(decision, workflowId, name);
    const missing = (graph.inbound.get(name) ?? []).filter((from) => (arrivals.get(from) ?? 'pending') === 'pending');
    const names = missing.map((from) => `'${from}'`).join(', ');
    completeTask(decision, id, 'ERROR', `It waited for tasks that can no longer lead to it: [${names}]`);
  }
}

function joinOf(decision: Decision, workflowId: WorkflowExecutionId, name: string): Join {
  return decision.tree.joins.get(workflowId)?.get(name) ?? unknownJoin;
}
