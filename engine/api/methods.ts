import { z } from 'zod';
import {
  actionLog,
  actionSummary,
  cronTrigger,
  cronTriggerPlan,
  environment,
  executionSummary,
  historyEvent,
  node,
  problem,
  question,
  sample,
  secret,
  trouble,
  trustedWorkflow,
  trustQuestion,
  workbookSummary,
  workflowStatistics,
  workflowSummary,
} from './resources.ts';

/**
 * Everything that can be asked of a backend: a method's name, what goes in and what comes out. IPC, the window's client
 * and every backend are derived from this table. A method that cannot do what is asked fails with an {@link ApiError}.
 */

const executionId = z.object({ id: z.string() });
const nodeId = z.object({ rootId: z.string(), id: z.string() });
const workflowKey = z.object({ name: z.string().min(1), namespace: z.string().default('') });
const trustKey = z.object({ workflow: z.string().min(1), namespace: z.string().default('') });
const nothing = z.object({});

/** The number of a commit. */
const historyCursor = z.string().regex(/^\d{1,15}$/);
/** All of it has to match. `text` is part of the sentence, in capital letters or not; null: any. */
const historyFilter = z.object({
  text: z.string(),
  types: z.array(historyEvent.shape.type).nullable(),
  nodeId: z.string().nullable(),
});
export type HistoryFilter = z.infer<typeof historyFilter>;

/** A dictionary, taken as it is: `z.record` would make a new one and lose a key that is named `__proto__`. */
const dictionary = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be a dictionary',
);

/**
 * A JSON value. Its depth and size are the engine's to bound. Floats such as 1.0 and large integers come in the written
 * form that `encodeJson` gives them (model/json.ts), since they would not survive the way as they are.
 */
const json = z.unknown();

const checked = z.object({
  /** The workflows that the text defines; empty when it has problems. */
  workflows: z.array(workflowSummary),
  problems: z.array(problem),
});

/** What came of an expression. */
const evaluated = z.discriminatedUnion('type', [
  /** `json` as in payloads: JSON text. */
  z.object({ type: z.literal('value'), json: z.string() }),
  /** The value is larger than the `limit` that was asked for, in characters. */
  z.object({ type: z.literal('tooLarge'), size: z.number() }),
  z.object({
    type: z.literal('error'),
    message: z.string(),
    /** Where in the text, in characters; null where nothing better is known than that it is somewhere. */
    offset: z.number().nullable(),
  }),
]);

/** Which part of a node is looked at. `context`: the variables that a task saw. */
const payloadField = z.enum(['input', 'output', 'result', 'published', 'context', 'params', 'stateInfo', 'definition']);
export type PayloadField = z.infer<typeof payloadField>;

/** `none`: there is no such thing yet ("not produced yet"); otherwise JSON text, so that 1.0 and large integers stay what they are. */
const payload = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('json'), text: z.string() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  /** Left out because it is larger than the `limit` that was asked for. Sizes are in characters. */
  z.object({ type: z.literal('tooLarge'), size: z.number() }),
]);
export type Payload = z.infer<typeof payload>;

export const methods = {
  'samples.list': { input: nothing, output: z.array(sample) },

  'workflows.list': { input: nothing, output: z.array(workflowSummary) },
  'workflows.get': {
    input: workflowKey,
    output: z.object({ workflow: workflowSummary, text: z.string() }),
  },
  /** Changes nothing. Problems are an answer, not an error. */
  'workflows.check': { input: z.object({ text: z.string() }), output: checked },
  /** Stores every workflow of the text, replacing those of the same name; with problems it stores nothing and returns them. */
  'workflows.save': { input: z.object({ text: z.string(), namespace: z.string().default('') }), output: checked },
  'workflows.delete': { input: workflowKey, output: nothing },
  /** Of all executions of the workflow that are root executions; the newest `limit` one by one. */
  'workflows.statistics': {
    input: z.object({ name: z.string().min(1), limit: z.number().int().min(0).max(500).default(60) }),
    output: workflowStatistics,
  },

  /** Every action that a task can name. */
  'actions.list': { input: nothing, output: z.array(actionSummary) },
  /** The text that defines an ad-hoc action, which may define others too. */
  'actions.get': { input: workflowKey, output: z.object({ action: actionSummary, text: z.string() }) },
  /** As `workflows.save`, for a text of ad-hoc actions. */
  'actions.save': {
    input: z.object({ text: z.string(), namespace: z.string().default('') }),
    output: z.object({ actions: z.array(actionSummary), problems: z.array(problem) }),
  },
  'actions.delete': { input: workflowKey, output: nothing },

  'workbooks.list': { input: nothing, output: z.array(workbookSummary) },
  'workbooks.get': { input: workflowKey, output: z.object({ workbook: workbookSummary, text: z.string() }) },
  /** Stores a workbook with its workflows and actions, in place of those of the same names. */
  'workbooks.save': {
    input: z.object({ text: z.string(), namespace: z.string().default('') }),
    output: z.object({ workbook: workbookSummary.nullable(), problems: z.array(problem) }),
  },
  /** With everything that came with it. */
  'workbooks.delete': { input: workflowKey, output: nothing },

  /** Stored environments: variables that an execution may be started with by their name (`params: { env: NAME }`). */
  'environments.list': { input: nothing, output: z.array(environment) },
  'environments.save': { input: z.object({ name: z.string().min(1), variables: dictionary }), output: nothing },
  'environments.delete': { input: z.object({ name: z.string().min(1) }), output: nothing },

  /**
   * What a workflow has to be allowed before it may start: `executions.start` answers UNTRUSTED until then. Opening or
   * saving a definition runs nothing.
   */
  'trust.question': { input: trustKey, output: trustQuestion },
  /** Allows what was shown. Refused when the definition has changed since. */
  'trust.allow': { input: trustKey.extend({ key: z.string() }), output: nothing },
  'trust.list': { input: nothing, output: z.array(trustedWorkflow) },
  /** Takes it back: also what runs is refused its next action. */
  'trust.revoke': { input: trustKey, output: nothing },

  /** Names only: no method gives a value. */
  'secrets.list': { input: nothing, output: z.array(secret) },
  'secrets.save': { input: z.object({ name: z.string(), value: z.string() }), output: nothing },
  'secrets.delete': { input: z.object({ name: z.string() }), output: nothing },

  'cronTriggers.list': { input: nothing, output: z.array(cronTrigger) },
  /** Stores a cron trigger in place of the one of its name. Refused when it would never be due. */
  'cronTriggers.save': { input: cronTriggerPlan, output: cronTrigger },
  'cronTriggers.delete': { input: z.object({ name: z.string().min(1) }), output: nothing },
  /** The next times that a pattern is due. A pattern that cannot be read is an answer, not an error. */
  'cronTriggers.preview': {
    input: z.object({
      pattern: z.string().max(200),
      timeZone: z.string().max(100).nullable().default(null),
      count: z.number().int().min(1).max(50).default(5),
    }),
    output: z.discriminatedUnion('type', [
      z.object({ type: z.literal('times'), times: z.array(z.number()) }),
      z.object({ type: z.literal('error'), message: z.string() }),
    ]),
  },

  /** Answers once the execution is on disk. */
  'executions.start': {
    input: z.object({
      workflow: z.string().min(1),
      namespace: z.string().default(''),
      input: dictionary.default({}),
      params: dictionary.default({}),
      description: z.string().default(''),
    }),
    output: executionSummary,
  },
  /**
   * Starts the same workflow again, as the library has it now. What is given is merged into the input and the params of
   * the execution that it comes from.
   */
  'executions.startAgain': {
    input: executionId.extend({ input: dictionary.default({}), params: dictionary.default({}) }),
    output: executionSummary,
  },
  /** Newest first. `cursor` is the `next` of the page before; `next` is null on the last page. */
  'executions.list': {
    input: z.object({
      cursor: z.string().nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
      text: z.string().default(''),
      state: z.enum(['RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED']).nullable().default(null),
      /** The whole name of a workflow, or of the action of a standalone action execution. */
      workflow: z.string().nullable().default(null),
      /** Created at this time or later. */
      since: z.number().nullable().default(null),
      /** In milliseconds; of one that has not ended, until now. */
      longerThan: z.number().nullable().default(null),
    }),
    output: z.object({ executions: z.array(executionSummary), next: z.string().nullable(), total: z.number() }),
  },
  /**
   * The nodes of one tree in their order, the root first; of a large tree the topmost of them, and the `left` others follow
   * as changes. From then on its changes are sent until `executions.unwatch`.
   */
  'executions.watch': {
    input: executionId,
    output: z.object({ revision: z.number(), nodes: z.array(node), left: z.number() }),
  },
  'executions.unwatch': { input: executionId, output: nothing },
  /**
   * A page of what happened in an execution, the oldest first: the events of the commits behind `start` up to `end`, of
   * `last` that there are so far. `cursor` is where a page begins (`after`) or ends (`before`): null for the start and the
   * end of the history, else the `end` or the `start` of the page that it adjoins. `more`: there is more in that direction.
   * What was committed at once is not divided, so that a page may be longer than `limit`; what the filter leaves out does
   * not count, and where little matches a page ends early, empty perhaps, rather than keep everybody waiting.
   */
  'executions.history': {
    input: executionId.extend({
      cursor: historyCursor.nullable().default(null),
      direction: z.enum(['after', 'before']).default('after'),
      limit: z.number().int().min(1).max(10_000).default(1000),
      filter: historyFilter.default({ text: '', types: null, nodeId: null }),
    }),
    output: z.object({
      events: z.array(historyEvent),
      start: historyCursor,
      end: historyCursor,
      last: z.number(),
      more: z.boolean(),
    }),
  },
  /**
   * All nodes of one tree as they were after a commit; its events in the history carry this `position`. Of one that the
   * execution has not come to yet: as they are now. `at` is when that was, in milliseconds since 1970.
   */
  'executions.at': {
    input: executionId.extend({ position: z.number().int().min(1) }),
    output: z.object({ position: z.number(), at: z.number(), nodes: z.array(node) }),
  },
  /** No new action starts after the answer; the answer does not wait for those that are running. */
  'executions.pause': { input: executionId, output: nothing },
  'executions.resume': {
    input: executionId.extend({ env: dictionary.optional() }),
    output: nothing,
  },
  'executions.cancel': { input: executionId.extend({ message: z.string().optional() }), output: nothing },
  /** Ends the execution in ERROR whatever its tasks do. */
  'executions.fail': { input: executionId.extend({ message: z.string().optional() }), output: nothing },
  /** The description at any time; the environment, into which `env` is merged, only while it is PAUSED or in ERROR. */
  'executions.update': {
    input: executionId.extend({ description: z.string().optional(), env: dictionary.optional() }),
    output: nothing,
  },
  /** Mistral's execution report: the tree of executions and tasks, and how many tasks are in which state. */
  'executions.report': {
    input: executionId.extend({
      errorsOnly: z.boolean().default(false),
      /** How deep nested executions are shown; negative: all. */
      maxDepth: z.number().int().default(-1),
      statisticsOnly: z.boolean().default(false),
    }),
    output: dictionary,
  },
  /** Runs a failed task again, and with it the execution. `reset: false`: of a with-items task only the failed items. */
  'tasks.rerun': {
    input: nodeId.extend({ reset: z.boolean().default(true), env: dictionary.optional() }),
    output: nothing,
  },
  /** Leaves a failed task as it is and goes on behind it. */
  'tasks.skip': { input: nodeId, output: nothing },
  /** Its files go too. With `force` also an execution that has not ended: what it was doing is stopped. */
  'executions.delete': { input: executionId.extend({ force: z.boolean().default(false) }), output: nothing },

  /** Runs an action on its own, without a workflow. Answers once the execution is on disk. */
  'actions.run': {
    input: z.object({
      action: z.string().min(1),
      namespace: z.string().default(''),
      input: dictionary.default({}),
    }),
    output: executionSummary,
  },
  /**
   * Runs an action and answers with what came of it, as JSON text. Nothing is kept, not even that it ran. Actions that are
   * completed from outside are refused.
   */
  'actions.try': {
    input: z.object({
      action: z.string().min(1),
      namespace: z.string().default(''),
      input: dictionary.default({}),
    }),
    output: z.object({ state: z.enum(['SUCCESS', 'ERROR', 'CANCELLED']), text: z.string() }),
  },
  /** Pauses an asynchronous action, and with it its task and workflow; or lets it go on. */
  'actions.update': { input: nodeId.extend({ state: z.enum(['RUNNING', 'PAUSED']) }), output: nothing },
  /**
   * Completes an asynchronous action (`std.async_noop`) from outside. Whoever does not know its tree leaves the `rootId`
   * out; then it is found as long as its execution has not ended.
   */
  'actions.complete': {
    input: z.object({
      rootId: z.string().optional(),
      id: z.string(),
      state: z.enum(['SUCCESS', 'ERROR', 'CANCELLED']),
      output: json.default(null),
    }),
    output: nothing,
  },

  /**
   * The lines after a number that an action has logged, and how far it said it was; also of one that has ended. While it
   * runs its node's `logLines` says that there are more.
   */
  'nodes.log': { input: nodeId.extend({ after: z.number().int().min(0).default(0) }), output: actionLog },

  /** What the person is asked, the oldest first; at most 200. */
  'questions.list': { input: nothing, output: z.array(question) },
  /**
   * Answers with true or false, or a form with the values of its fields (false declines it). INVALID says what is wrong
   * with the answer, and leaves the question open.
   */
  'questions.answer': { input: nodeId.extend({ answer: json }), output: nothing },

  /** One part of a node, now or as it was at a `position` (see `executions.at`). Larger than `limit` characters: only its size. */
  'nodes.payload': {
    input: z.object({
      rootId: z.string(),
      id: z.string(),
      field: payloadField,
      position: z.number().int().min(1).optional(),
      limit: z.number().int().min(1).default(1_000_000),
    }),
    output: payload,
  },

  /**
   * Tries a text with expressions (`<% %>`, `{{ }}`) where a task or a workflow execution stands; without a place, where
   * there are no variables. Changes nothing. A mistake in the expression is an answer, not an error.
   */
  'expressions.evaluate': {
    input: z.object({
      text: z.string().max(100_000),
      at: nodeId.nullable(),
      limit: z.number().int().min(1).default(1_000_000),
    }),
    output: evaluated,
  },

  'troubles.list': { input: nothing, output: z.array(trouble) },
} as const;

type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Input<M extends MethodName> = z.input<Methods[M]['input']>;
export type ParsedInput<M extends MethodName> = z.output<Methods[M]['input']>;
export type Output<M extends MethodName> = z.output<Methods[M]['output']>;
