import type { ExecutionTree } from '../../engine/core/execution-tree.ts';
import { actionIn } from '../../engine/core/execution-tree.ts';
import type { Command } from '../../engine/model/commands.ts';
import type { Event } from '../../engine/model/events.ts';
import type { TaskExecutionId, WorkflowExecutionId } from '../../engine/model/ids.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { ActionExecution, TaskExecution, WorkflowExecution } from '../../engine/model/records.ts';

/**
 * A workflow and what people do to it on the way. What they do follows from what has happened, so that it can go on from
 * wherever a crash has left the execution.
 */
export interface Scenario {
  readonly name: string;
  /** The workflow of the scenario's name, and what it uses: the text behind `version`. */
  readonly text: string;
  readonly input?: JsonObject;
  readonly params?: JsonObject;
  /** What is asked of the execution next from outside; null when it is left alone. */
  readonly next?: (now: Now) => Command | null;
}

/** The execution as it is, and how often something has happened in it. */
interface Now {
  readonly root: WorkflowExecution;
  readonly tree: ExecutionTree;
  readonly count: (type: Event['type']) => number;
}

const inner = `
inner:
  input: [n]
  output: {n: <% $.n %>}
  tasks:
    x: {action: std.noop, on-success: y}
    y: {action: std.echo output=<% $.n %>}
`;

export const scenarios: readonly Scenario[] = [
  {
    name: 'sequence',
    text: `
sequence:
  vars: {start: 41}
  output: {y: <% $.y %>}
  tasks:
    a: {action: std.echo output=<% $.start %>, publish: {x: <% task().result %>}, on-success: b}
    b: {action: std.echo output=<% $.x + 1 %>, publish: {y: <% task().result %>}, keep-result: false}
`,
  },
  {
    name: 'meeting',
    text: `
meeting:
  tasks:
    a: {action: std.noop, on-success: j}
    b: {action: std.fail, on-error: j}
    c: {action: std.noop, on-success: [{d: <% false %>}], on-complete: j}
    d: {action: std.noop, on-success: e}
    e: {join: one, action: std.noop}
    j: {join: all, action: std.echo output='joined', publish: {done: <% task().result %>}}
`,
  },
  {
    name: 'items',
    text: `
items:
  tasks:
    w:
      with-items: i in <% range(7) %>
      concurrency: 2
      action: std.echo output=<% $.i %>
      publish: {all: <% task().result %>}
`,
  },
  {
    name: 'many',
    text: `
many:
  output: {sum: <% $.all.sum() %>}
  tasks:
    w:
      with-items: i in <% range(450) %>
      action: std.echo output=<% $.i %>
      publish: {all: <% task().result %>}
`,
  },
  {
    name: 'repeated',
    text: `
repeated:
  tasks:
    r: {action: std.fail, retry: {count: 2, delay: 0}, publish-on-error: {gave: up}, on-error: e}
    e: {action: std.noop}
`,
  },
  {
    name: 'nested',
    text: `
nested:
  tasks:
    s: {workflow: inner n=3, publish: {got: <% task().result.n %>}, on-success: t}
    t: {with-items: "i in <% [1, 2] %>", workflow: inner n=<% $.i %>}
${inner}`,
  },
  {
    name: 'shared',
    text: `
shared:
  tasks:
    g:
      action: std.noop
      on-success:
        publish: {global: {seen: 1}}
        next: h
    h: {action: std.echo output=<% $.seen %>, publish: {back: <% task().result %>}}
`,
  },
  { name: 'failing', text: 'failing: {tasks: {f: {action: std.echo output=<% $.nowhere %>}}}' },
  {
    name: 'needed',
    text: `
needed:
  type: reverse
  tasks:
    goal: {action: "std.echo output='<% $.first %>'", requires: [one, two], publish: {reached: <% task().result %>}}
    one: {action: std.echo output=1, publish: {first: <% task().result %>}}
    two: {action: std.noop, requires: [one]}
`,
    params: { task_name: 'goal' },
  },
  {
    name: 'timed',
    text: `
timed:
  tasks:
    slow: {action: std.noop, wait-before: 1, wait-after: 1, timeout: 86400, on-success: next}
    next: {action: std.echo output=1, retry: {count: 1, delay: 1, continue-on: <% task().result = 2 %>}}
`,
  },
  {
    name: 'late',
    text: `
late:
  tasks:
    waits: {action: std.async_noop, timeout: 1, on-error: rescue}
    rescue: {action: std.noop}
`,
  },
  {
    name: 'commands',
    text: `
commands:
  tasks:
    a: {action: std.noop, on-success: [b, pause, c]}
    b: {action: std.noop}
    c: {action: std.noop, on-success: [succeed]}
`,
    next: ({ root }) => (root.state === 'PAUSED' ? resume(root) : null),
  },
  {
    name: 'asked',
    text: 'asked: {tasks: {a: {action: std.noop, pause-before: true, on-success: [fail]}}}',
    next: ({ root }) => (root.state === 'PAUSED' ? resume(root) : null),
  },
  {
    name: 'held',
    text: `
held:
  tasks:
    s: {workflow: waiting, publish: {got: <% task().result %>}, on-success: after}
    after: {action: std.noop}
waiting:
  tasks:
    w: {action: std.async_noop, publish: {answer: <% task().result %>}, on-success: v}
    v: {action: std.noop}
`,
    next({ root, tree, count }) {
      const action = actionOf(tree, 'w');
      if (action === null) return null;
      if (count('WorkflowPaused') === 0) return { type: 'PauseExecution', id: root.id, message: 'Wait.' };
      if (action.state === 'RUNNING') return complete(action, 42);
      return root.state === 'PAUSED' ? resume(root) : null;
    },
  },
  {
    name: 'question',
    text: `
question:
  tasks:
    q: {action: local.ask, input: {question: Ready}, publish: {answer: <% task().result %>}, on-success: v}
    v: {action: std.noop}
`,
    next({ tree, count }) {
      const action = actionOf(tree, 'q');
      if (action === null || action.state !== 'RUNNING') return null;
      return count('ActionRepeated') === 0 ? { type: 'RepeatAction', id: action.id } : complete(action, 1);
    },
  },
  {
    name: 'stopped',
    text: 'stopped: {tasks: {w: {action: std.async_noop, on-success: v}, v: {action: std.noop}}}',
    next({ root, tree, count }) {
      const action = actionOf(tree, 'w');
      if (action === null || root.state === 'CANCELLED') return null;
      if (count('ActionStateChanged') === 0) return { type: 'UpdateAction', id: action.id, state: 'PAUSED' };
      if (count('ActionStateChanged') === 1) return { type: 'UpdateAction', id: action.id, state: 'RUNNING' };
      if (count('WorkflowTakenUp') === 0) {
        return { type: 'TakeUpExecution', id: root.id, repeated: 0, failed: 0, timers: 0 };
      }
      if (root.description === '') return { type: 'UpdateExecution', id: root.id, description: 'not needed any more' };
      return { type: 'StopExecution', id: root.id, state: 'CANCELLED', message: 'enough' };
    },
  },
  {
    name: 'rerun',
    text: `
rerun:
  output: {got: <% $.got %>}
  tasks:
    a: {action: std.echo output=<% env().answer %>, publish: {got: <% task().result %>}, on-success: b}
    b: {with-items: "i in <% [1, 2] %>", action: std.echo output=<% $.got / env().by %>, on-success: c}
    c: {action: std.fail}
`,
    params: { env: { by: 1 } },
    next({ root, tree }) {
      if (root.state !== 'ERROR') return null;
      const failed = taskOf(tree, (task) => task.state === 'ERROR');
      if (failed === null) return null;
      if (failed.name === 'c') return { type: 'SkipTask', id: failed.id };
      const env: JsonObject = failed.name === 'a' ? { answer: 12, by: 0 } : { by: 3 };
      return { type: 'RerunTask', id: failed.id, reset: failed.name === 'a', env };
    },
  },
  {
    name: 'large',
    text: `
large:
  input: [text]
  output: {length: <% len($.copy) %>}
  tasks:
    a: {action: std.echo output=<% $.text %>, publish: {copy: <% task().result %>}, on-success: b}
    b: {action: std.echo output=<% len($.copy) %>}
`,
    // Above 64 KiB, from where on a value is worth a file of its own.
    input: { text: 'The quick brown fox jumps over the lazy dog. '.repeat(2000) },
  },
];

/**
 * Every kind of event. A new kind is a type error here until it is named, and then a failure until a scenario leads to it.
 */
export const eventTypes = Object.keys({
  DefinitionUsed: true,
  WorkflowStarted: true,
  VarsSet: true,
  WorkflowPaused: true,
  WorkflowResumed: true,
  WorkflowEnded: true,
  WorkflowReopened: true,
  WorkflowUpdated: true,
  WorkflowTakenUp: true,
  StepsHeld: true,
  HeldReleased: true,
  TaskCreated: true,
  TaskTriggered: true,
  TaskStateChanged: true,
  TaskPaused: true,
  TaskResumed: true,
  TaskPrepared: true,
  TaskDelayed: true,
  TimeoutArmed: true,
  TimerFired: true,
  TaskRetried: true,
  TaskRerun: true,
  ItemsExpanded: true,
  ActionScheduled: true,
  ActionBegun: true,
  ActionRepeated: true,
  ActionStateChanged: true,
  ActionCompleted: true,
  VariablesPublished: true,
  TaskCompleted: true,
  TaskReleased: true,
  JoinInformed: true,
  RouteClosed: true,
} satisfies Record<Event['type'], true>) as readonly Event['type'][];

function resume(root: { readonly id: WorkflowExecutionId }): Command {
  return { type: 'ResumeExecution', id: root.id, env: null };
}

function complete({ id }: ActionExecution, value: number): Command {
  return { type: 'CompleteAction', id, result: { state: 'SUCCESS', value } };
}

function taskOf(tree: ExecutionTree, matches: (task: TaskExecution) => boolean): TaskExecution | null {
  return [...tree.tasks.values()].find(matches) ?? null;
}

/** The first action of the task of this name. */
function actionOf(tree: ExecutionTree, name: string): ActionExecution | null {
  const task = taskOf(tree, (each) => each.name === name);
  const [id] = task === null ? [] : [...(tree.actionsOf.get(task.id as TaskExecutionId) ?? [])];
  return id === undefined ? null : actionIn(tree, id);
}
