import { ExpressionError } from '../expressions/expression-error.ts';

/** Something in a workflow cannot be done: a definition, an input or an expression is wrong. Never a mistake of ours. */
export class WorkflowFailure extends Error {
  override readonly name = 'WorkflowFailure';
}

/** The sentence to show when a workflow is at fault; other errors are mistakes of ours and are thrown on. */
export function failureMessage(error: unknown): string {
  if (error instanceof WorkflowFailure || error instanceof ExpressionError) return error.message;
  throw error;
}
