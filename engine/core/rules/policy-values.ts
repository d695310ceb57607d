import { evaluate } from '../../expressions/evaluate.ts';
import { repr } from '../../expressions/python/text.ts';
import type { Scope } from '../../expressions/scope.ts';
import type { Policies } from '../../language/definition.ts';
import type { Json } from '../../model/json.ts';
import { WorkflowFailure } from '../failure.ts';

/**
 * What the policies that come before a task say. Those that come after it are looked at too, as in Mistral: with a wrong
 * value anywhere nothing starts, and a join, which does not ask before it starts, fails when it ends.
 */
export function policyValues(
  policies: Policies,
  scope: Scope,
): { readonly pauses: boolean; readonly wait: number; readonly limit: number } {
  const number = (field: PolicyField, value: Json): number =>
    value === null ? 0 : wholeNumber(field, evaluate(value, scope));
  const { pauseBefore, retry } = policies;
  const pauses = pauseBefore !== null && flag('PauseBeforePolicy.expr', evaluate(pauseBefore, scope));
  const wait = number('WaitBeforePolicy.delay', policies.waitBefore);
  number('WaitAfterPolicy.delay', policies.waitAfter);
  number('RetryPolicy.count', retry?.count ?? null);
  number('RetryPolicy.delay', retry?.delay ?? null);
  const limit = number('TimeoutPolicy.delay', policies.timeout);
  number('ConcurrencyPolicy.concurrency', policies.concurrency);
  return { pauses, wait, limit };
}

/** Whose value it is, as Mistral's message about a wrong one says it. */
type PolicyField =
  | 'PauseBeforePolicy.expr'
  | 'WaitBeforePolicy.delay'
  | 'WaitAfterPolicy.delay'
  | 'RetryPolicy.count'
  | 'RetryPolicy.delay'
  | 'TimeoutPolicy.delay'
  | 'ConcurrencyPolicy.concurrency';

/** A count or a time in seconds that an expression gave. @throws WorkflowFailure when it is no whole number from 0 up */
export function wholeNumber(field: PolicyField, value: Json): number {
  const isInteger = typeof value === 'number' && Number.isInteger(value);
  if (!isInteger) throw wrongValue(field, value, 'type', "is not of type 'integer'", WHOLE_NUMBER);
  if (value < 0) throw wrongValue(field, value, 'minimum', 'is less than the minimum of 0', WHOLE_NUMBER);
  return value;
}

/** @throws WorkflowFailure when the value is neither true nor false */
function flag(field: PolicyField, value: Json): boolean {
  if (typeof value === 'boolean') return value;
  throw wrongValue(field, value, 'type', "is not of type 'boolean'", "{'type': 'boolean'}");
}

const WHOLE_NUMBER = "{'minimum': 0, 'type': 'integer'}";

/** Mistral's own text: workflows can see it, as the result of an execution. */
function wrongValue(field: PolicyField, value: Json, rule: string, what: string, schema: string): WorkflowFailure {
  const [policy, name] = field.split('.');
  const text = repr(value);
  return new WorkflowFailure(
    `Invalid data type in ${policy}: ${text} ${what}\n\n` +
      `Failed validating '${rule}' in schema['properties']['${name}']:\n    ${schema}\n\n` +
      `On instance['${name}']:\n    ${text}. ` +
      'Value(s) can be shown after YAQL evaluating. If you use YAQL here, please correct it.',
  );
}
