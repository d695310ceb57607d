import { ApiError } from '../../api/api-error.ts';
import type { ParsedInput } from '../../api/methods.ts';
import type { ExecutionSummary } from '../../api/resources.ts';
import type { ExecutionTree } from '../../core/execution-tree.ts';
import type { Command } from '../../model/commands.ts';
import type { ActionExecutionId, TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import { encodeJson, type Json, type JsonObject } from '../../model/json.ts';
import { mergeDeep } from '../../model/merge-deep.ts';
import { isCompleted } from '../../model/states.ts';
import type { Answer, Engine } from '../../runtime/engine.ts';
import type { Secrets } from '../../runtime/secrets.ts';
import type { Trust } from '../../runtime/trust.ts';
import { existingTree, rootWorkflow } from './existing-tree.ts';
import type { Handlers } from './library-methods.ts';
import { type DefinitionLookup, NodeView } from './nodes.ts';

type CommandMethod =
  | `executions.${'start' | 'startAgain' | 'pause' | 'resume' | 'cancel' | 'fail' | 'update'}`
  | `tasks.${string}`
  | `actions.${'run' | 'try' | 'update' | 'complete'}`;

/** The methods that ask the engine to do something. What it refuses is an error with its sentence. */
export function commandMethods(
  engine: Engine<ExecutionSummary>,
  lookup: DefinitionLookup,
  trust: Trust,
  secrets: Secrets,
): Handlers<Extract<keyof Handlers, CommandMethod>> {
  const submit = async (rootId: string, command: Command): Promise<Record<string, never>> => {
    treeOf(await engine.submit(rootId, command));
    return {};
  };
  const stop = (rootId: string, state: 'ERROR' | 'CANCELLED', message = ''): Promise<Record<string, never>> =>
    submit(rootId, { type: 'StopExecution', id: rootOf(rootId), state, message: message === '' ? null : message });
  const start = async ({ input, params, ...given }: ParsedInput<'executions.start'>): Promise<ExecutionSummary> => {
    const refused = await trust.refusal(given.workflow, given.namespace);
    if (refused !== null) throw new ApiError('UNTRUSTED', refused);
    const command = { ...given, input: input as JsonObject, params: params as JsonObject };
    return new NodeView(treeOf(await engine.startWorkflow(command)), lookup).root();
  };

  return {
    'executions.start': start,
    'executions.startAgain': async ({ id, input, params }) => {
      const root = rootWorkflow(await existingTree(engine, id));
      return start({
        workflow: root.name,
        namespace: root.namespace,
        input: mergeDeep(root.input, input as JsonObject),
        params: mergeDeep(root.params, params as JsonObject),
        description: `${root.description} Based on the execution '${id}'`.trim(),
      });
    },
    // The root is controlled: what is nested follows.
    'executions.pause': ({ id }) => submit(id, { type: 'PauseExecution', id: rootOf(id), message: null }),
    'executions.resume': ({ id, env }) => submit(id, { type: 'ResumeExecution', id: rootOf(id), env: orNull(env) }),
    'executions.cancel': ({ id, message }) => stop(id, 'CANCELLED', message),
    'executions.fail': ({ id, message }) => stop(id, 'ERROR', message),
    'executions.update': ({ id, description, env }) =>
      submit(id, {
        type: 'UpdateExecution',
        id: rootOf(id),
        ...(description === undefined ? {} : { description }),
        ...(env === undefined ? {} : { env: env as JsonObject }),
      }),

    'tasks.rerun': ({ rootId, id, reset, env }) =>
      submit(rootId, { type: 'RerunTask', id: id as TaskExecutionId, reset, env: orNull(env) }),
    'tasks.skip': ({ rootId, id }) => submit(rootId, { type: 'SkipTask', id: id as TaskExecutionId }),

    'actions.run': async ({ action, namespace, input }) => {
      const given = { action, namespace, input: input as JsonObject };
      const command = { ...given, safeRerun: false, timeout: null, isAwaited: false, isSaved: true };
      return new NodeView(treeOf(await engine.startAction(command)), lookup).root();
    },
    'actions.try': async ({ action, namespace, input }) => {
      const tried = await engine.tryAction({ action, namespace, input: input as JsonObject });
      if ('type' in tried) throw new ApiError(tried.code, tried.reason);
      const { state, output } = tried;
      if (!isCompleted(state)) throw new Error(`The action ${action} has not ended.`);
      return { state, text: encodeJson(output?.result ?? null) };
    },
    'actions.update': ({ rootId, id, state }) =>
      submit(rootId, { type: 'UpdateAction', id: id as ActionExecutionId, state }),
    'actions.complete': ({ id, rootId, state, output }) => {
      // What ran on its own is its own root.
      const root = rootId ?? engine.rootOfAction(id) ?? id;
      // Who got the secrets of an action may be who completes it.
      const result = { state, value: secrets.mask(output as Json) };
      return submit(root, { type: 'CompleteAction', id: id as ActionExecutionId, result });
    },
  };
}

const rootOf = (id: string): WorkflowExecutionId => id as WorkflowExecutionId;

const orNull = (env: unknown): JsonObject | null => (env ?? null) as JsonObject | null;

/** @throws ApiError with the reason when the engine refused */
function treeOf(answer: Answer): ExecutionTree {
  if (answer.type === 'refused') throw new ApiError(answer.code, answer.reason);
  return answer.tree;
}
