import { BigInteger, Float, type Json } from '../../model/json.ts';

/** A number of an input whose type has been checked; the other one when it is not given. */
export function numberOr<T>(value: Json | undefined, other: T): number | T {
  if (value instanceof Float) return value.value;
  if (value instanceof BigInteger) return Number(value.value);
  return typeof value === 'number' ? value : other;
}

/** @throws Error with a sentence */
export function secondsOr<T>(name: string, value: Json | undefined, other: T): number | T {
  const seconds = numberOr(value, other);
  if (typeof seconds === 'number' && !(seconds > 0)) throw new Error(`${name} must be a number of seconds above 0.`);
  return seconds;
}

export function textOr<T>(value: Json | undefined, other: T): string | T {
  return typeof value === 'string' ? value : other;
}
