import { z } from 'zod';
import { isObject } from '../../model/json.ts';

/**
 * What an event of an imported execution has to look like (model/events.ts). It only says yes or no: what is taken is the
 * original, since zod would lose a key that is named `__proto__`.
 */

const id = z.string().regex(/^[\w-]{1,100}$/);
const name = z.string().max(1000);
const count = z.int().min(0);
const instant = z.number().min(0).max(8.64e15);
const dictionary = z.custom((value) => isObject(value), 'must be a dictionary');
const present = z.custom((value) => value !== undefined, 'is missing');
const lists = z.custom(
  (value) => isObject(value) && Object.values(value).every((each) => Array.isArray(each)),
  'must be a dictionary of lists',
);
const stateInfo = z.string().nullable();
const completed = z.enum(['SUCCESS', 'ERROR', 'CANCELLED']);
const transition = z.enum(['on-success', 'on-error', 'on-complete', 'on-skip']);
const trigger = z.object({ taskId: id, event: transition });
const nextStep = z.discriminatedUnion('type', [
  z.object({ type: z.literal('task'), name, event: transition }),
  z.object({
    type: z.literal('command'),
    name: z.enum(['noop', 'succeed', 'fail', 'pause']),
    event: transition,
    message: stateInfo,
  }),
]);
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
const timer = z.object({
  id: z.string().max(200),
  taskId: id,
  dueAt: instant,
  purpose: z.discriminatedUnion('type', [
    z.object({ type: z.literal('start') }),
    z.object({ type: z.literal('retry') }),
    z.object({ type: z.literal('complete'), state: taskState, stateInfo }),
    z.object({ type: z.literal('timeout'), seconds: z.number() }),
  ]),
});

const ofWorkflow = (type: string) => z.object({ type: z.literal(type), id });
const ofTask = ofWorkflow;

const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('DefinitionUsed'),
    id,
    source: z.object({ kind: z.enum(['workflow', 'workbook']), text: z.string() }),
  }),
  z.object({
    type: z.literal('WorkflowStarted'),
    id,
    parentTaskId: id.nullable(),
    index: count,
    name,
    namespace: name,
    workbook: name.nullable(),
    definitionId: id,
    description: z.string(),
    input: dictionary,
    params: dictionary,
  }),
  z.object({ type: z.literal('VarsSet'), id, context: dictionary }),
  z.object({ type: z.literal('WorkflowPaused'), id, stateInfo }),
  ofWorkflow('WorkflowResumed'),
  z.object({
    type: z.literal('WorkflowEnded'),
    id,
    state: z.enum(['RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED']),
    stateInfo,
    output: dictionary,
  }),
  ofWorkflow('WorkflowReopened'),
  z.object({
    type: z.literal('WorkflowUpdated'),
    id,
    description: z.string().optional(),
    params: dictionary.optional(),
  }),
  z.object({ type: z.literal('WorkflowTakenUp'), id, repeated: z.number(), failed: z.number(), timers: z.number() }),
  z.object({ type: z.literal('StepsHeld'), id, steps: z.array(z.object({ from: id, step: nextStep })) }),
  ofWorkflow('HeldReleased'),
  z.object({
    type: z.literal('TaskCreated'),
    id,
    workflowId: id,
    name,
    taskType: z.enum(['ACTION', 'WORKFLOW']),
    state: z.enum(['IDLE', 'WAITING']),
    triggeredBy: z.array(trigger),
  }),
  z.object({ type: z.literal('TaskTriggered'), id, triggeredBy: z.array(trigger) }),
  z.object({ type: z.literal('TaskStateChanged'), id, state: taskState, stateInfo }),
  ofTask('TaskPaused'),
  ofTask('TaskResumed'),
  ofTask('TaskPrepared'),
  z.object({ type: z.literal('TaskDelayed'), timer, stateInfo: z.string() }),
  z.object({ type: z.literal('TimeoutArmed'), timer }),
  z.object({ type: z.literal('TimerFired'), id: z.string().max(200) }),
  ofTask('TaskRetried'),
  z.object({ type: z.literal('TaskRerun'), id, reset: z.boolean(), state: z.enum(['IDLE', 'WAITING']) }),
  z.object({ type: z.literal('ItemsExpanded'), id, values: lists, count, concurrency: count }),
  z.object({
    type: z.literal('ActionScheduled'),
    id,
    taskId: id.nullable(),
    name,
    index: count,
    input: dictionary,
    runs: z
      .object({ name, input: dictionary, outputs: z.array(present), definitionIds: z.array(id).optional() })
      .optional(),
    isSync: z.boolean(),
    safeRerun: z.boolean(),
    timeout: z.number().nullable(),
    beginsLater: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('ActionBegun'), id }),
  z.object({ type: z.literal('ActionRepeated'), id }),
  z.object({ type: z.literal('ActionStateChanged'), id, state: z.enum(['RUNNING', 'PAUSED']) }),
  z.object({ type: z.literal('ActionCompleted'), id, state: completed, output: dictionary }),
  z.object({ type: z.literal('VariablesPublished'), taskId: id, branch: dictionary, global: dictionary }),
  z.object({
    type: z.literal('TaskCompleted'),
    id,
    state: z.enum(['SUCCESS', 'ERROR', 'CANCELLED', 'SKIPPED']),
    stateInfo,
    next: z.array(nextStep),
    errorHandled: z.boolean(),
    held: z.boolean(),
    dropResult: z.boolean(),
  }),
  z.object({ type: z.literal('TaskReleased'), id, next: z.array(nextStep), errorHandled: z.boolean() }),
  z.object({
    type: z.literal('JoinInformed'),
    workflowId: id,
    join: name,
    from: name,
    arrival: z.union([trigger, z.literal('pending'), z.null()]),
  }),
  z.object({ type: z.literal('RouteClosed'), workflowId: id, task: name }),
]);

/** One commit of an imported execution. */
export const importedCommit = z.object({ at: instant, events: z.array(event).min(1) });
