import type { Output, ParsedInput } from '../../api/methods.ts';
import type { ExpressionPlace } from '../../core/try-expression.ts';
import { findSyntaxProblems } from '../../expressions/evaluate.ts';
import { ExpressionError } from '../../expressions/expression-error.ts';
import type { Json } from '../../model/json.ts';
import { toJsonText } from '../../model/json-text.ts';

/**
 * Tries a text with expressions. What is wrong with it is an answer that says where.
 * @param tryIt as {@link tryExpression}, with the world of now
 */
export function evaluateText(
  { text, limit }: Pick<ParsedInput<'expressions.evaluate'>, 'text' | 'limit'>,
  place: ExpressionPlace | null,
  tryIt: (text: string, place: ExpressionPlace | null) => Json,
): Output<'expressions.evaluate'> {
  // Syntax first: there the place is known to the character.
  const [problem] = findSyntaxProblems(text);
  if (problem !== undefined) return { type: 'error', message: problem.message, offset: problem.offset };
  try {
    const json = toJsonText(tryIt(text, place));
    return json.length > limit ? { type: 'tooLarge', size: json.length } : { type: 'value', json };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const start = error.expression === '' ? -1 : text.indexOf(error.expression);
    return { type: 'error', message: error.reason, offset: start === -1 ? null : start + error.offset };
  }
}
