import { attempt, claimItems, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { equals } from '../../python/equality.ts';
import { keyOf } from '../../python/key.ts';
import { type Key, List, sequenceItems, Tuple, type Value, ValueIterator } from '../../python/value.ts';
import type { Lambda } from '../call.ts';
import { define } from '../function-definition.ts';
import { iterable, lambda, nullable, optional, parameter } from '../parameters.ts';
import { all } from './query-steps.ts';

export const GROUPING = [
  define(
    'groupBy',
    'method',
    [
      parameter('collection', iterable),
      parameter('keySelector', lambda),
      optional('valueSelector', nullable(lambda), null),
      optional('aggregator', nullable(lambda), null),
    ],
    (_call, items, key, value, aggregator) => {
      const groups = new Map<Key, readonly [key: Value, values: Value[]]>();
      let total = 0;
      for (const item of all(items)) {
        spend(8);
        const groupKey = key(item);
        const mapKey = keyOf(groupKey);
        let group = groups.get(mapKey);
        if (group === undefined) {
          spend(20);
          group = [groupKey, []];
          groups.set(mapKey, group);
        }
        group[1].push(value === null ? item : value(item));
        total++;
      }
      claimItems(total);
      return new ValueIterator(aggregated(groups.values(), aggregator), 'map');
    },
  ),
];

function* aggregated(groups: Iterable<readonly [Value, Value[]]>, aggregator: Lambda | null): Generator<Value> {
  const aggregate = new Aggregation(aggregator);
  for (const [key, values] of groups) yield aggregate.of(key, new List(values));
}

/**
 * Applies the aggregator to a group's values. Older expressions write theirs for the whole pair of key and values:
 * where it fails for the values, and has not clearly succeeded before, it is tried on the pair.
 */
class Aggregation {
  private readonly aggregator: Lambda | null;
  private mayBeForPairs = true;
  private failure: ExpressionError | null = null;

  constructor(aggregator: Lambda | null) {
    this.aggregator = aggregator;
  }

  of(key: Value, values: List): Value {
    if (this.aggregator === null) return new Tuple([key, values]);
    if (this.failure === null) {
      const { aggregator } = this;
      const result = attempt(() => aggregator(values));
      if (!(result instanceof ExpressionError)) {
        if (!looksLikePair(result, values)) this.mayBeForPairs = false;
        return new Tuple([key, result]);
      }
      this.failure = result;
    }
    if (this.mayBeForPairs) {
      const result = this.aggregator(new Tuple([key, values]));
      if (sequenceItems(result)?.length === 2) return result;
    }
    throw this.failure;
  }
}

function looksLikePair(result: Value, values: List): boolean {
  const items = sequenceItems(result);
  return values.items.length === 2 && items?.length === 2 && equals(items[0] as Value, values.items[0] as Value);
}
