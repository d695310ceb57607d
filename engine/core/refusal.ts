import { failureMessage } from './failure.ts';

/** NOT_FOUND: there is no such thing. REFUSED: its state does not allow it. INVALID: what was given is wrong. */
export type RefusalCode = 'NOT_FOUND' | 'REFUSED' | 'INVALID';

/** Why nothing was done, in a sentence for the person who asked. */
export interface Refusal {
  readonly type: 'refused';
  readonly code: RefusalCode;
  readonly reason: string;
}

export function refuse(code: RefusalCode, reason: string): Refusal {
  return { type: 'refused', code, reason };
}

/** What is wrong with a definition or an input, before anything has happened, is a reason to refuse. */
export function orRefuse(part: () => void): Refusal | null {
  try {
    part();
    return null;
  } catch (error) {
    return refuse('INVALID', failureMessage(error));
  }
}
