import { setTimeout } from 'node:timers/promises';
import { Float, type Json } from '../model/json.ts';

/** A timer of JavaScript cannot be set for longer than 24 days, in milliseconds. */
const LONGEST_TIMER = 2_000_000_000;

/** Seconds as Mistral reads them: numbers and texts that are numbers; anything else, and less than nothing, is 0. */
export function secondsOf(value: Json): number {
  const number = value instanceof Float ? value.value : typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : 0;
}

/** @throws AbortError when the signal is aborted before the time has come */
export async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  for (let left = seconds * 1000; left > 0; left -= LONGEST_TIMER) {
    await setTimeout(Math.min(left, LONGEST_TIMER), undefined, { signal });
  }
}
