import type { Json } from '../../model/json.ts';
import { WorkflowFailure } from '../failure.ts';

/** A count or a time in seconds that an expression gave. @throws WorkflowFailure when it is no whole number from 0 up */
export function wholeNumber(policy: string, value: Json): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new WorkflowFailure(
    `'${policy}' must be a whole number that is not negative, and is ${JSON.stringify(value)}.`,
  );
}

/** @throws WorkflowFailure when the value is neither true nor false */
export function flag(policy: string, value: Json): boolean {
  if (typeof value === 'boolean') return value;
  throw new WorkflowFailure(`'${policy}' must be true or false, and is ${JSON.stringify(value)}.`);
}
