import type { Json, JsonObject } from '../../model/json.ts';
import type { Action, ActionContext } from '../action.ts';
import { wait } from '../wait.ts';
import { secondsOr } from './read-input.ts';

/** How long every waiting action waits, and how often it looks. */
export const patienceParameters: Action['parameters'] = [
  {
    name: 'timeout',
    required: false,
    types: ['number'],
    description: 'Seconds after which it fails; 3600 unless told otherwise.',
  },
  {
    name: 'interval',
    required: false,
    types: ['number'],
    description: 'Seconds between two looks; 1 unless told otherwise.',
  },
];

const TIMEOUT_SECONDS = 3600;
const INTERVAL_SECONDS = 1;

/**
 * Looks again and again until there is something.
 *
 * @param input with `timeout` and `interval` in seconds, as all actions that wait have them
 * @param failure what is said when the time is over, without the time
 * @param look gives null when there is nothing yet; its signal ends with the time
 * @throws Error with a sentence when the time is over; the signal's reason once nobody waits any more
 */
export async function waitUntil(
  failure: string | (() => string),
  input: JsonObject,
  context: Pick<ActionContext, 'signal'>,
  look: (signal: AbortSignal) => Promise<Json>,
): Promise<Json> {
  const seconds = secondsOr('timeout', input.timeout, TIMEOUT_SECONDS);
  const interval = secondsOr('interval', input.interval, INTERVAL_SECONDS);
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), Math.min(seconds * 1000, 2 ** 31 - 1));
  const signal = AbortSignal.any([context.signal, time.signal]);
  try {
    for (;;) {
      const found = await look(signal).catch(() => null);
      context.signal.throwIfAborted();
      if (found !== null) return found;
      if (!time.signal.aborted) await wait(interval, signal).catch(() => {});
      context.signal.throwIfAborted();
      if (time.signal.aborted) {
        throw new Error(`${typeof failure === 'string' ? failure : failure()} after ${seconds} seconds.`);
      }
    }
  } finally {
    clearTimeout(timer);
  }
}
