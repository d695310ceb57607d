import { evaluate } from '../../expressions/evaluate.ts';
import { toText } from '../../expressions/python/text.ts';
import type { TaskDefinition } from '../../language/definition.ts';
import { fromEntries, isObject, type Json } from '../../model/json.ts';
import type { TaskExecution } from '../../model/records.ts';
import type { Decision } from '../decision.ts';
import { WorkflowFailure } from '../failure.ts';
import { taskScope } from '../scope.ts';
import { wholeNumber } from './policy-values.ts';

/** Evaluates the lists of a with-items task, once for all items. A text is taken apart into characters, a dictionary into its keys. */
export function expandItems(decision: Decision, task: TaskExecution, definition: TaskDefinition): void {
  const scope = taskScope(decision, task);
  const evaluated = evaluate(fromEntries(Object.entries(definition.withItems ?? {})), scope);
  if (!isObject(evaluated)) throw new WorkflowFailure('with-items must give a list for each variable.');
  const lists = Object.entries(evaluated).map(([name, value]): [string, readonly Json[]] => [name, listOf(value)]);
  const counts = new Set(lists.map(([, list]) => list.length));
  if (counts.size > 1) {
    throw new WorkflowFailure(`Wrong input format for: ${toText(evaluated)}. All arrays must have the same length.`);
  }
  const { concurrency } = definition.policies;
  decision.emit({
    type: 'ItemsExpanded',
    id: task.id,
    values: Object.fromEntries(lists),
    count: lists[0]?.[1].length ?? 0,
    concurrency: concurrency === null ? 0 : wholeNumber('ConcurrencyPolicy.concurrency', evaluate(concurrency, scope)),
  });
}

function listOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [...value];
  if (isObject(value)) return Object.keys(value);
  throw new WorkflowFailure('Wrong input format for: {}. Iterable type is expected for each value.');
}
