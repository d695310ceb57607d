/** At which step an expression failed: reading its text, computing its value, or turning the value into something that can be stored. */
export type ExpressionStage = 'parse' | 'evaluate' | 'serialize';

/** Everything that can be wrong with an expression, whoever wrote it. The message is a sentence for people. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  /** The expression's text, without its `<% %>`; with its braces for Jinja2. Empty where the failing part does not know it. */
  readonly expression: string;
  /** Where in the expression the problem is, in characters; 0 when nothing better is known. */
  readonly offset: number;
  readonly stage: ExpressionStage;
  /** What is wrong, for somebody who sees the expression: the message without what Mistral puts around it. */
  readonly reason: string;

  constructor(
    message: string,
    details: { expression?: string; offset?: number; stage?: ExpressionStage; reason?: string } = {},
  ) {
    super(message);
    this.reason = details.reason ?? message;
    this.expression = details.expression ?? '';
    this.offset = details.offset ?? 0;
    this.stage = details.stage ?? 'evaluate';
  }
}
