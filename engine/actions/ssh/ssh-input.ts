import { isTrue } from '../../expressions/python/truth.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';

/**
 * A text of the input; empty when it is not given.
 *
 * @throws Error with a sentence when it is something else
 */
export function textOf(input: JsonObject, name: string): string {
  const value = input[name] ?? null;
  if (!isTrue(value)) return '';
  if (typeof value === 'string') return value;
  throw new Error(`the ${name} must be a text.`);
}

/** @throws Error with a sentence when it is no port */
export function portOf(input: JsonObject): number {
  const port = input.port ?? 22;
  if (typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error('the port must be a number from 1 to 65535.');
}

/** @throws Error with a sentence when there is none */
export function hostsOf(input: JsonObject): readonly string[] {
  const hosts = hostList(input);
  const isHost = (each: Json): each is string => typeof each === 'string' && each !== '';
  if (hosts.length > 0 && hosts.every(isHost)) return hosts;
  throw new Error('the host must be a name, or a list of names.');
}

/** What was given as host, as a list in any case. */
export function hostList({ host = null }: JsonObject): readonly Json[] {
  return Array.isArray(host) && !isObject(host) ? host : [host];
}
