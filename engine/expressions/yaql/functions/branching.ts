import { isTrue } from '../../python/truth.ts';
import { type Value, ValueIterator } from '../../python/value.ts';
import type { Lambda } from '../call.ts';
import { defineWithRest } from '../function-definition.ts';
import { index, lambda, lazyMapping, parameter } from '../parameters.ts';

export const BRANCHING = [
  defineWithRest(
    'switch',
    'function',
    [],
    lazyMapping,
    (_call, _args, cases) => cases.find((each) => isTrue(each.source()))?.destination() ?? null,
    { noKeywords: true },
  ),
  defineWithRest('selectCase', 'function', [], lambda, (_call, _args, conditions) => {
    const first = conditions.findIndex((condition) => isTrue(condition()));
    return first === -1 ? conditions.length : first;
  }),
  defineWithRest('selectAllCases', 'function', [], lambda, (_call, _args, conditions) => {
    return new ValueIterator(trueOnes(conditions));
  }),
  defineWithRest('examine', 'function', [], lambda, (_call, _args, conditions) => {
    return new ValueIterator(truths(conditions));
  }),
  defineWithRest('switchCase', 'method', [parameter('case', index)], lambda, (_call, [number], values) => {
    const chosen = number >= 0 ? (values[number] ?? values.at(-1)) : values.at(-1);
    return chosen?.() ?? null;
  }),
  defineWithRest('coalesce', 'function', [], lambda, (_call, _args, values) => {
    for (const value of values) {
      const result = value();
      if (result !== null) return result;
    }
    return null;
  }),
];

function* trueOnes(conditions: readonly Lambda[]): Generator<Value> {
  for (const [place, condition] of conditions.entries()) if (isTrue(condition())) yield place;
}

function* truths(conditions: readonly Lambda[]): Generator<Value> {
  for (const condition of conditions) yield isTrue(condition());
}
