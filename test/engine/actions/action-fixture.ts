import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Action, type ActionContext, checkInput } from '../../../engine/actions/action.ts';
import { plainText } from '../../../engine/actions/text-mask.ts';
import type { ActionResult } from '../../../engine/model/commands.ts';
import { isObject, type Json, type JsonObject } from '../../../engine/model/json.ts';

/** Runs an action as the engine does: only with an input that it takes. */
export async function runAction(
  action: Action,
  input: JsonObject,
  context: Partial<ActionContext> = {},
): Promise<ActionResult> {
  const problem = checkInput(action, input);
  if (problem !== null) throw new Error(problem);
  return action.run(input, {
    signal: new AbortController().signal,
    actionId: 'the-action',
    origin: null,
    refusesLocalAddresses: false,
    desktop: null,
    maskText: () => plainText,
    progress: () => {},
    log: () => {},
    ...context,
  });
}

/** What a successful action gave. */
export async function resultOf(running: Promise<ActionResult>): Promise<Json> {
  const { state, value } = await running;
  if (state !== 'SUCCESS') throw new Error(`it has failed: ${JSON.stringify(value)}`);
  return value;
}

export async function objectOf(running: Promise<ActionResult>): Promise<JsonObject> {
  const value = await resultOf(running);
  if (!isObject(value)) throw new Error(`it is no dictionary: ${JSON.stringify(value)}`);
  return value;
}

/** What a failed action says. */
export async function failureOf(running: Promise<ActionResult>): Promise<Json> {
  const { state, value } = await running;
  if (state !== 'ERROR') throw new Error(`it has succeeded: ${JSON.stringify(value)}`);
  return value;
}

/** Starts a server on a free port of this machine until the test is over. */
export async function listen(server: Server): Promise<number> {
  const connections = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.setNoDelay?.(true);
    socket.on('close', () => connections.delete(socket));
    socket.on('error', () => {}); // clients that are stopped in the middle reset what they leave
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of connections) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}
