import type { HistoryEvent } from '../../api/resources.ts';
import type { ExecutionTree } from '../../core/execution-tree.ts';
import type { Event } from '../../model/events.ts';
import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import type { Interruption, NextStep, Timer, Trigger } from '../../model/records.ts';
import type { State } from '../../model/states.ts';

type Sentence = Omit<HistoryEvent, 'position' | 'at'>;
type Told = Pick<Sentence, 'type' | 'text'>;

/** Names beyond this many are counted. */
const MOST_NAMES = 5;
/** In characters; the whole text is in the inspector. */
const LONGEST_REASON = 300;

/**
 * What an event means to a person, or null when it is bookkeeping of the engine. The text goes on from the name, as in
 * `build`, `started`.
 *
 * @param tree as it is after the event, or later: it has the names
 * @param at when it happened, in milliseconds since 1970
 */
export function sentenceOf(tree: ExecutionTree, event: Event, at: number): Sentence | null {
  switch (event.type) {
    case 'DefinitionUsed':
    case 'TaskPrepared':
    case 'HeldReleased':
    case 'RouteClosed':
      return null;

    case 'WorkflowStarted':
      return ofWorkflow(tree, event.id, {
        type: 'started',
        text: event.parentTaskId === null ? 'started' : `started, run by ${nameOfTask(tree, event.parentTaskId)}`,
      });
    case 'VarsSet': {
      const names = Object.keys(event.context);
      return names.length === 0
        ? null
        : ofWorkflow(tree, event.id, { type: 'published', text: `set the variables ${listed(names)}` });
    }
    case 'WorkflowPaused':
      return ofWorkflow(tree, event.id, { type: 'paused', text: `paused${because(event.stateInfo)}` });
    case 'WorkflowResumed':
      return ofWorkflow(tree, event.id, { type: 'resumed', text: 'resumed' });
    case 'WorkflowEnded':
      return ofWorkflow(tree, event.id, ended(event.state, event.stateInfo));
    case 'WorkflowReopened':
      return ofWorkflow(tree, event.id, { type: 'repeated', text: 'runs again' });
    case 'WorkflowUpdated': {
      const what = event.params === undefined ? 'description' : 'environment';
      return ofWorkflow(tree, event.id, { type: 'noted', text: `was given another ${what}` });
    }
    case 'WorkflowTakenUp':
      return ofWorkflow(tree, event.id, { type: 'resumed', text: takenUp(event) });
    case 'StepsHeld':
      return ofWorkflow(tree, event.id, {
        type: 'waiting',
        text: `keeps for the resume: ${listed(event.steps.map(({ step }) => step.name))}`,
      });

    case 'TaskCreated': {
      const after = triggers(tree, event.triggeredBy);
      return ofTask(
        tree,
        event.id,
        event.state === 'WAITING'
          ? { type: 'waiting', text: 'waits for the tasks before it' }
          : { type: 'created', text: after === '' ? 'is to run' : `is to run, after ${after}` },
      );
    }
    case 'TaskTriggered': {
      const after = triggers(tree, event.triggeredBy);
      return ofTask(tree, event.id, {
        type: 'created',
        text: after === '' ? 'waits no longer' : `waits no longer, after ${after}`,
      });
    }
    case 'TaskStateChanged':
      return ofTask(tree, event.id, changed(event.state, event.stateInfo));
    case 'TaskPaused':
      return ofTask(tree, event.id, { type: 'paused', text: 'paused' });
    case 'TaskResumed':
      return ofTask(tree, event.id, { type: 'resumed', text: 'resumed' });
    case 'TaskDelayed':
      return ofTask(tree, event.timer.taskId, { type: 'delayed', text: delayed(event.timer, at) });
    case 'TimeoutArmed':
      return ofTask(tree, event.timer.taskId, {
        type: 'noted',
        text: `may take ${seconds(event.timer.dueAt - at)}`,
      });
    case 'TimerFired': {
      const end = event.id.lastIndexOf(':');
      const isTimeout = event.id.slice(end) === ':timeout';
      return ofTask(
        tree,
        event.id.slice(0, end) as TaskExecutionId,
        isTimeout ? { type: 'failed', text: 'ran out of time' } : { type: 'resumed', text: 'has waited long enough' },
      );
    }
    case 'TaskRetried':
      return ofTask(tree, event.id, { type: 'repeated', text: 'is tried again' });
    case 'TaskRerun':
      return ofTask(tree, event.id, {
        type: 'repeated',
        text: event.reset
          ? 'is run again, asked for by a person'
          : 'runs its failed items again, asked for by a person',
      });
    case 'ItemsExpanded':
      return ofTask(tree, event.id, { type: 'noted', text: items(event.count, event.concurrency) });
    case 'VariablesPublished': {
      const names = [...new Set([...Object.keys(event.branch), ...Object.keys(event.global)])];
      return names.length === 0
        ? null
        : ofTask(tree, event.taskId, { type: 'published', text: `published ${listed(names)}` });
    }
    case 'TaskCompleted': {
      const { type, text } = ended(event.state, event.stateInfo, event.errorHandled);
      const rest = event.held ? '; what comes next waits for the resume' : next(event.next);
      return ofTask(tree, event.id, { type, text: `${text}${rest}` });
    }
    case 'TaskReleased': {
      const rest = next(event.next);
      return ofTask(tree, event.id, { type: 'resumed', text: `goes on after the resume${rest}` });
    }

    case 'ActionScheduled':
      return ofAction(
        tree,
        event.id,
        event.beginsLater === true
          ? { type: 'waiting', text: 'waits for its turn' }
          : { type: 'started', text: 'started' },
      );
    case 'ActionBegun':
      return ofAction(tree, event.id, { type: 'started', text: 'started' });
    case 'ActionRepeated':
      return ofAction(tree, event.id, { type: 'repeated', text: 'is to run again' });
    case 'ActionStateChanged':
      return ofAction(tree, event.id, changed(event.state, null));
    case 'ActionCompleted': {
      const { result } = event.output;
      const reason = event.state === 'ERROR' && typeof result === 'string' ? result : null;
      return ofAction(tree, event.id, ended(event.state, reason));
    }

    case 'JoinInformed': {
      if (event.arrival === 'pending') return null;
      const taskId = tree.joins.get(event.workflowId)?.get(event.join)?.taskId ?? null;
      const text = event.arrival === null ? `will not hear from ${event.from}` : `has heard from ${event.from}`;
      return { type: 'noted', kind: 'task', nodeId: taskId, name: event.join, text };
    }

    default:
      return event satisfies never;
  }
}

function ofWorkflow(tree: ExecutionTree, id: WorkflowExecutionId, told: Told): Sentence {
  return { kind: 'workflow', nodeId: id, name: tree.workflows.get(id)?.name ?? null, ...told };
}

function ofTask(tree: ExecutionTree, id: TaskExecutionId, told: Told): Sentence {
  return { kind: 'task', nodeId: id, name: tree.tasks.get(id)?.name ?? null, ...told };
}

/** An action is told of as a part of its task, which is where one looks for it. */
function ofAction(tree: ExecutionTree, id: ActionExecutionId, { type, text }: Told): Sentence {
  const action = tree.actions.get(id);
  const taskId = action?.taskId ?? null;
  const task = taskId === null ? undefined : tree.tasks.get(taskId);
  if (action === undefined || task === undefined) {
    return { kind: 'action', nodeId: id, name: action?.name ?? null, type, text };
  }
  const which = [
    ...(task.items === null ? [] : [`item ${action.index}`]),
    ...(action.attempt > 1 ? [`attempt ${action.attempt}`] : []),
  ];
  const what = which.length === 0 ? action.name : `${action.name} (${which.join(', ')})`;
  return { kind: 'action', nodeId: task.id, name: task.name, type, text: `${what} ${text}` };
}

/** What was done about an execution that ran when the engine stopped. */
function takenUp({ repeated, failed, timers }: Omit<Interruption, 'at'>): string {
  const done = [
    ...(repeated > 0 ? [`${count(repeated, 'action runs', 'actions run')} again`] : []),
    ...(failed > 0 ? [`${count(failed, 'action ends', 'actions end')} in an error`] : []),
    ...(timers > 0 ? [`${count(timers, 'delay goes', 'delays go')} on`] : []),
  ];
  return `goes on after Windrose had ended while it ran${done.length === 0 ? '' : `: ${done.join(', ')}`}`;
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}

function nameOfTask(tree: ExecutionTree, id: TaskExecutionId): string {
  return tree.tasks.get(id)?.name ?? 'a task';
}

function changed(state: State, reason: string | null): Told {
  switch (state) {
    case 'RUNNING':
      return { type: 'started', text: 'started' };
    case 'RUNNING_DELAYED':
      return { type: 'delayed', text: `is delayed${because(reason)}` };
    case 'IDLE':
      return { type: 'waiting', text: `stands still before its start${because(reason)}` };
    case 'WAITING':
      return { type: 'waiting', text: `waits${because(reason)}` };
    default:
      return ended(state, reason);
  }
}

function ended(
  state: Exclude<State, 'IDLE' | 'WAITING' | 'RUNNING_DELAYED'>,
  reason: string | null,
  errorHandled = false,
): Told {
  switch (state) {
    case 'RUNNING':
      return { type: 'resumed', text: `goes on${because(reason)}` };
    case 'PAUSED':
      return { type: 'paused', text: `paused${because(reason)}` };
    case 'SUCCESS':
      return { type: 'succeeded', text: `succeeded${because(reason)}` };
    case 'ERROR':
      return errorHandled
        ? { type: 'handled', text: `failed, which is handled${because(reason)}` }
        : { type: 'failed', text: `failed${because(reason)}` };
    case 'CANCELLED':
      return { type: 'cancelled', text: `was cancelled${because(reason)}` };
    case 'SKIPPED':
      return { type: 'skipped', text: `was skipped${because(reason)}` };
  }
}

function because(reason: string | null): string {
  const [first = ''] = (reason ?? '').trimStart().split('\n', 1);
  // More may follow in the same sentence.
  const line = first.replace(/[.\s]+$/, '');
  if (line === '') return '';
  return line.length > LONGEST_REASON ? `: ${line.slice(0, LONGEST_REASON - 1)}…` : `: ${line}`;
}

function triggers(tree: ExecutionTree, triggeredBy: readonly Trigger[]): string {
  return listed(triggeredBy.map(({ taskId, event }) => `${nameOfTask(tree, taskId)} (${event})`));
}

function next(steps: readonly NextStep[]): string {
  return steps.length === 0 ? '' : `; next: ${listed(steps.map(({ name }) => name))}`;
}

function items(count: number, concurrency: number): string {
  const limit = concurrency > 0 && concurrency < count ? `, ${concurrency} at once at most` : '';
  return `has ${count === 1 ? 'one item' : `${count} items`}${limit}`;
}

function delayed({ dueAt, purpose }: Timer, at: number): string {
  const time = seconds(dueAt - at);
  switch (purpose.type) {
    case 'start':
      return `waits ${time} before it starts`;
    case 'retry':
      return dueAt <= at ? 'goes on at once' : `waits ${time} before the next attempt`;
    case 'complete':
      return `waits ${time} before it ends`;
    case 'timeout':
      return `may take ${time}`;
  }
}

function seconds(milliseconds: number): string {
  const whole = Math.round(milliseconds / 1000);
  if (whole < 120) return `${Math.round(milliseconds / 100) / 10} s`;
  const rest = whole % 60;
  return rest === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${rest} s`;
}

function listed(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return names.join(', ');
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;
}
