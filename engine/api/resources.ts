import { z } from 'zod';

/**
 * What a backend shows of its executions. These are the rows of the tree: small, flat, without inputs and results,
 * which are fetched one by one when somebody looks at them (`nodes.payload`). All times are milliseconds since 1970.
 */

const workflowState = z.enum(['RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED']);
const taskState = z.enum([
  'IDLE',
  'WAITING',
  'RUNNING',
  'RUNNING_DELAYED',
  'PAUSED',
  'SUCCESS',
  'ERROR',
  'CANCELLED',
  'SKIPPED',
]);
const actionState = z.enum(['RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED']);

/** How many tasks of one workflow execution are in which state; states without tasks are left out. */
const taskCounts = z.partialRecord(taskState, z.number());

const nodeBase = {
  id: z.string(),
  /** The root workflow execution of the tree; the id itself for a root. A standalone action execution is its own root. */
  rootId: z.string(),
  /** The node under which this one is shown; null for a root. */
  parentId: z.string().nullable(),
  /** Grows with each node made in its tree: rows are shown in this order. */
  order: z.number(),
  name: z.string(),
  /** One line: why it waits, else why it failed, else null. The whole text is the payload `stateInfo`. */
  message: z.string().nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
};

const workflowNode = z.object({
  kind: z.literal('workflow'),
  ...nodeBase,
  state: workflowState,
  /** The one of its workflow; absent: the default one, whose name is empty. */
  namespace: z.string().optional(),
  description: z.string(),
  /** The item of a with-items task that runs this workflow; null outside of with-items. */
  index: z.number().nullable(),
  taskCounts,
  /** How many of the tasks in ERROR an on-error transition has taken care of; absent: none. */
  handledErrors: z.number().optional(),
  /** Actions that have begun and not ended anywhere below. PAUSED with running actions is shown as "Pausing: 3 still running". */
  runningActions: z.number(),
  /**
   * Windrose had ended while it ran, and took it up again `at` this time; absent: that never happened. How many actions
   * ran again, how many ended in ERROR, and how many delays and time limits went on.
   */
  interruption: z.object({ at: z.number(), repeated: z.number(), failed: z.number(), timers: z.number() }).optional(),
});

const taskNode = z.object({
  kind: z.literal('task'),
  ...nodeBase,
  state: taskState,
  type: z.enum(['ACTION', 'WORKFLOW']),
  /** The action or workflow that the task runs, as the definition names it. */
  runs: z.string(),
  /** An ERROR that an on-error transition has taken care of. */
  errorHandled: z.boolean(),
  /** The attempt that runs or ran last, from 1, and how many there may be. Null without a retry policy. */
  attempt: z.object({ number: z.number(), of: z.number() }).nullable(),
  /** Null for a task without with-items, or whose items are not known yet. */
  items: z.object({ total: z.number(), running: z.number(), succeeded: z.number(), failed: z.number() }).nullable(),
  /** It failed because nobody has allowed its workflow what the task does; absent otherwise. */
  wantsTrust: z.boolean().optional(),
  /** The commands of the engine that followed from its end; absent when there were none, or nobody knows. */
  commands: z.array(z.enum(['succeed', 'fail', 'pause'])).optional(),
  /**
   * The tasks that a join still waits for, the first twenty of them; an `id` of null: it has not come to be. Only while it
   * waits.
   */
  waitsFor: z.array(z.object({ name: z.string(), id: z.string().nullable() })).optional(),
  /** When a RUNNING_DELAYED task goes on. */
  dueAt: z.number().nullable(),
  /** A task that may have children is expandable before they are loaded. */
  childCount: z.number(),
});

/** How far an action is: `fraction` from 0 to 1, null when nobody knows how much is left. */
const progress = z.object({ fraction: z.number().nullable(), text: z.string().nullable() });

/** A line that an action logged. `number` counts from 1; numbers that are missing were dropped to keep the newest. */
const logLine = z.object({
  number: z.number(),
  at: z.number(),
  /** What a command wrote where; null for what the action itself says. */
  source: z.enum(['stdout', 'stderr']).nullable(),
  text: z.string(),
});

/** What is kept of an action's reports: up to 1,000 lines, the oldest first, and the last progress. */
export const actionLog = z.object({ lines: z.array(logLine), progress: progress.nullable() });

/** What `local.ask` wants to know of the person, as long as an answer changes something. */
export const question = z.object({
  rootId: z.string(),
  /** The action execution that asks: its node in the tree. */
  id: z.string(),
  /** The names of the root execution and of the task; null without a task. */
  execution: z.string(),
  task: z.string().nullable(),
  askedAt: z.number(),
  text: z.string(),
  details: z.string().nullable(),
  /** What the two buttons say. */
  yes: z.string(),
  no: z.string(),
  /** The form; null for yes or no. */
  fields: z
    .array(
      z.object({
        name: z.string(),
        label: z.string(),
        type: z.enum(['text', 'number', 'boolean', 'choice']),
        required: z.boolean(),
        /** JSON, in the written form of `encodeJson`; null for nothing. */
        default: z.unknown(),
        /** Of a choice; empty otherwise. */
        choices: z.array(z.string()),
      }),
    )
    .nullable(),
});
export type Question = z.infer<typeof question>;

const actionNode = z.object({
  kind: z.literal('action'),
  ...nodeBase,
  state: actionState,
  /** The item of a with-items task; null outside of with-items. */
  index: z.number().nullable(),
  /** From 1; counts the attempts of a retry policy. */
  attempt: z.number(),
  /** Whether the result counts: attempts that were repeated do not. */
  accepted: z.boolean(),
  /** Only of one that waits to begin: for a place among those at work, or until its execution is resumed. */
  hasBegun: z.literal(false).optional(),
  /** How far it is; only while it runs, and only if it says so. */
  progress: progress.optional(),
  /** The number of the newest line that can be read with `nodes.log`; only while it runs, and once it has logged. */
  logLines: z.number().optional(),
  /** False: it is completed from outside (`actions.complete`). */
  isSync: z.boolean(),
});

/** One row of the tree. */
export const node = z.discriminatedUnion('kind', [workflowNode, taskNode, actionNode]);

export type WorkflowNode = z.infer<typeof workflowNode>;
export type TaskNode = z.infer<typeof taskNode>;
export type ActionNode = z.infer<typeof actionNode>;
export type Node = z.infer<typeof node>;

/** One line in the list of executions: a root workflow execution, or a standalone action execution. */
export const executionSummary = z.discriminatedUnion('kind', [workflowNode, actionNode]);
export type ExecutionSummary = z.infer<typeof executionSummary>;

const inputDeclaration = z.object({
  name: z.string(),
  required: z.boolean(),
  /** JSON, in the written form of `encodeJson`; absent when the input is required. */
  default: z.unknown().optional(),
});

export const workflowSummary = z.object({
  name: z.string(),
  namespace: z.string(),
  type: z.enum(['direct', 'reverse']),
  description: z.string(),
  tags: z.array(z.string()),
  input: z.array(inputDeclaration),
  taskCount: z.number(),
  updatedAt: z.number(),
});
export type WorkflowSummary = z.infer<typeof workflowSummary>;
export type InputDeclaration = z.infer<typeof inputDeclaration>;

/** Something that a task can run: it comes with the engine, a definition makes it of another (ad-hoc), or a module of the person's own has it. */
export const actionSummary = z.object({
  /** As tasks name it: with the workbook's name in front, where it has one. */
  name: z.string(),
  namespace: z.string(),
  kind: z.enum(['built-in', 'ad-hoc', 'own']),
  description: z.string(),
  tags: z.array(z.string()),
  workbook: z.string().nullable(),
  /** What it takes, in its order. Of an ad-hoc action only names are known. */
  parameters: z.array(z.object({ name: z.string(), required: z.boolean(), description: z.string() })),
  /** What a success gives, in words; null where nobody says. */
  result: z.string().nullable(),
  /** The file of the module that an own action comes from; null for the others. */
  file: z.string().nullable(),
  /** Of an ad-hoc action. */
  updatedAt: z.number().nullable(),
});
export type ActionSummary = z.infer<typeof actionSummary>;

export const workbookSummary = z.object({
  name: z.string(),
  namespace: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  /** Full names of what it defines. */
  workflows: z.array(z.string()),
  actions: z.array(z.string()),
  updatedAt: z.number(),
});
export type WorkbookSummary = z.infer<typeof workbookSummary>;

/** Variables, in the written form of `encodeJson`, that executions may be started with by the name. */
export const environment = z.object({ name: z.string(), variables: z.record(z.string(), z.unknown()) });
export type Environment = z.infer<typeof environment>;

/** How the executions of one workflow went. Durations are in milliseconds. */
export const workflowStatistics = z.object({
  /** How many there are in each state. */
  counts: z.object({
    RUNNING: z.number(),
    PAUSED: z.number(),
    SUCCESS: z.number(),
    ERROR: z.number(),
    CANCELLED: z.number(),
  }),
  /** Of those that succeeded; null without any. Half of them took no longer, and 95 of 100. */
  median: z.number().nullable(),
  p95: z.number().nullable(),
  /** The newest first. `duration` is null for what has not ended. */
  recent: z.array(
    z.object({
      id: z.string(),
      state: workflowState,
      startedAt: z.number(),
      duration: z.number().nullable(),
    }),
  ),
});
export type WorkflowStatistics = z.infer<typeof workflowStatistics>;

/** Something that a workflow may do beyond handling its own data: one action that one of its tasks runs. */
const need = z.object({
  workflow: z.string(),
  task: z.string(),
  /** The action that does the work; where an expression names it, the expression: then it may be any. */
  action: z.string(),
  /** What the action can get at. `network`: other machines, and servers of this one. */
  reaches: z.array(z.enum(['commands', 'files', 'network', 'person'])),
  /** What it is given, as the definition has it: JSON, cut where it is long. */
  input: z.string(),
});
export type Need = z.infer<typeof need>;

/** What is asked before a workflow starts. Nothing is to be asked when there are no needs. */
export const trustQuestion = z.object({
  /** Without those that were allowed before, for an earlier text of the workflow. */
  needs: z.array(need),
  /** To be given back with the answer: what is allowed is what was shown. */
  key: z.string(),
});
export type TrustQuestion = z.infer<typeof trustQuestion>;

/** What a person has allowed a workflow to do. */
export const trustedWorkflow = z.object({
  name: z.string(),
  namespace: z.string(),
  at: z.number(),
  needs: z.array(need),
});

/** A value that nobody sees again. Definitions, inputs and environments name it as `${secret:NAME}`. */
export const secret = z.object({
  name: z.string(),
  /** False: the system has no key ring that it could be kept with, and it is forgotten when the app ends. */
  isKept: z.boolean(),
});

/** What starts a workflow at given times. All of it but what has come of it is a person's to say. */
export const cronTriggerPlan = z.object({
  name: z.string().trim().min(1).max(255),
  workflow: z.string().min(1),
  namespace: z.string().default(''),
  /** In the written form of `encodeJson`, as are `params`. */
  input: z.record(z.string(), z.unknown()).default({}),
  params: z.record(z.string(), z.unknown()).default({}),
  /** Cron's five fields, or six with seconds in front. */
  pattern: z.string().max(200),
  /** An IANA name; null: the zone of the machine that the engine runs on. */
  timeZone: z.string().max(100).nullable().default(null),
  /** How many executions it still starts; null: without end. */
  remaining: z.number().int().min(0).nullable().default(null),
  /** What becomes of times that passed while nothing could be started: nothing, or one execution for all of them. */
  missed: z.enum(['skip', 'catch up']).default('skip'),
  isEnabled: z.boolean().default(true),
});

export const cronTrigger = cronTriggerPlan.extend({
  /** Null: it is switched off, or no time follows. */
  dueAt: z.number().nullable(),
  /** What came of it the last time, and when that was due. */
  last: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('started'), at: z.number(), executionId: z.string() }),
      z.object({ type: z.literal('refused'), at: z.number(), reason: z.string() }),
      z.object({ type: z.literal('missed'), at: z.number() }),
    ])
    .nullable(),
});
export type CronTrigger = z.infer<typeof cronTrigger>;

/** Lines and columns from 1, as in engine/language/problem.ts. */
export const problem = z.object({
  message: z.string(),
  line: z.number(),
  column: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
  suggestion: z.string().nullable(),
});

export const sample = z.object({
  id: z.string(),
  title: z.string(),
  /** What it shows, in one sentence. */
  description: z.string(),
  /** The workflow of the text that is to be run. */
  workflow: z.string(),
  /** An input that makes sense, as JSON. */
  input: z.record(z.string(), z.unknown()),
  text: z.string(),
});
export type Sample = z.infer<typeof sample>;

/** One thing that happened in an execution. */
export const historyEvent = z.object({
  /** The commit that it is part of, from 1: what has the same position happened at once, in the order in which it stands. */
  position: z.number(),
  at: z.number(),
  /** `handled`: a failure that an on-error transition takes care of. `noted`: nothing has changed its state. */
  type: z.enum([
    'created',
    'waiting',
    'started',
    'delayed',
    'succeeded',
    'failed',
    'handled',
    'cancelled',
    'skipped',
    'paused',
    'resumed',
    'repeated',
    'published',
    'noted',
  ]),
  /** What it happened to. What happened to an action of a task has the task's id and name. */
  kind: z.enum(['workflow', 'task', 'action']),
  nodeId: z.string().nullable(),
  name: z.string().nullable(),
  /** Goes on from the name: `build`, `started`. */
  text: z.string(),
});
export type HistoryEvent = z.infer<typeof historyEvent>;

/** Something that went wrong outside of any execution, and is still so: a damaged file, a full disk. */
export const trouble = z.object({
  id: z.string(),
  severity: z.enum(['warning', 'error']),
  /** What happened and what was or can be done, in a sentence or two. */
  message: z.string(),
  file: z.string().nullable(),
});
export type Trouble = z.infer<typeof trouble>;
