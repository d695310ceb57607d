import type { Input, MethodName } from '../../engine/api/methods.ts';
import type { Node } from '../../engine/api/resources.ts';
import { encodeJson, type JsonObject } from '../../engine/model/json.ts';
import { call, type Reply } from './client.ts';
import { select, showExecution } from './execution-actions.ts';
import { update } from './store.ts';
import { startTrusted } from './trust.ts';
import type { NodeKey, Sheet } from './window-state.ts';

/** Shows what something would do, and asks whether to do it. */
export function openSheet(sheet: Sheet): void {
  update(() => ({ sheet }));
  // What is shown is taken from the tree, which is here for what is selected.
  if ('target' in sheet) select(sheet.target);
}

export function closeSheet(): void {
  update(() => ({ sheet: null }));
}

/** Null when it is done, and the sheet is closed; else why it was refused. */
type Outcome = Promise<string | null>;

/** Runs a failed task again. `reset: false`: of a with-items task only the failed items. */
export function rerunTask({ rootId, id }: NodeKey, reset: boolean, env: JsonObject | null): Outcome {
  return doAndClose('tasks.rerun', { rootId, id, reset, ...(env !== null && { env: onWire(env) }) });
}

export function skipTask({ rootId, id }: NodeKey): Outcome {
  return doAndClose('tasks.skip', { rootId, id });
}

export function resumeWith(id: string, env: JsonObject): Outcome {
  return doAndClose('executions.resume', { id, env: onWire(env) });
}

/** Starts the same workflow again, with these changes merged into its input, and shows the new execution. */
export async function startAgain(node: Node, input: JsonObject): Outcome {
  const { id, name } = node;
  const namespace = node.kind === 'workflow' ? (node.namespace ?? '') : '';
  const reply = await startTrusted({ name, namespace }, () =>
    call('executions.startAgain', { id, input: onWire(input) }),
  );
  if (!reply.ok) return reply.error.message;
  closeSheet();
  showExecution(reply.output);
  return null;
}

/** Gives an asynchronous action its result, or its error, from outside. */
export function completeAction(id: string, state: 'SUCCESS' | 'ERROR', output: unknown): Outcome {
  return doAndClose('actions.complete', { id, state, output });
}

/**
 * Cancels or deletes these executions, one after the other. What cannot be done to one of them does not keep the others
 * from it; the first reason is told.
 */
export async function forEachExecution(what: 'cancel' | 'delete', ids: readonly string[]): Outcome {
  const refused: string[] = [];
  for (const id of ids) {
    const reply = await call(`executions.${what}`, { id });
    if (!reply.ok && reply.error.code !== 'NOT_FOUND') refused.push(reply.error.message);
  }
  if (refused.length === 0) closeSheet();
  const [first] = refused;
  return first === undefined ? null : refused.length === 1 ? first : `${refused.length} were refused. ${first}`;
}

/** Boxed numbers cross into the backend in their written form (model/json.ts). */
function onWire(value: JsonObject): Record<string, unknown> {
  return JSON.parse(encodeJson(value)) as Record<string, unknown>;
}

async function doAndClose<M extends MethodName>(method: M, input: Input<M>): Outcome {
  const reply: Reply<unknown> = await call(method, input);
  if (!reply.ok) return reply.error.message;
  closeSheet();
  return null;
}
