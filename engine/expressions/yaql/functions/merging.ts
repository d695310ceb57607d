import { enter, leave, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { type AnyDict, dictEntries, dictGet, dictHas, dictSize, makeDict } from '../../python/dict.ts';
import { isDict, isTuple, sequenceItems, Tuple, typeName, type Value } from '../../python/value.ts';
import { define } from '../function-definition.ts';
import { dict, index, lambda, nullable, optional, parameter } from '../parameters.ts';
import { distinct } from './query-steps.ts';

type Merger = (a: Value, b: Value) => Value;

export const MERGING = [
  define(
    'mergeWith',
    'method',
    [
      parameter('dict', dict),
      parameter('another', dict),
      optional('listMerger', nullable(lambda), null),
      optional('itemMerger', nullable(lambda), null),
      optional('maxLevels', index, 0),
    ],
    (_call, left, right, listMerger, itemMerger, maxLevels) =>
      merge(left, right, listMerger ?? mergeLists, itemMerger ?? ((_old, replacement) => replacement), maxLevels),
  ),
];

function merge(left: AnyDict, right: AnyDict, mergeList: Merger, mergeItem: Merger, maxLevels: number): Value {
  const entries: (readonly [Value, Value])[] = [];
  enter();
  for (const [key, value] of dictEntries(left)) {
    spend(4);
    const other = dictGet(right, key);
    if (other === undefined) {
      entries.push([key, value]);
    } else if (maxLevels !== 1 && isDict(other)) {
      if (!isDict(value)) cannotMerge(value, other);
      entries.push([key, merge(value, other, mergeList, mergeItem, maxLevels === 0 ? 0 : maxLevels - 1)]);
    } else if (maxLevels !== 1 && sequenceItems(other) !== null) {
      if (sequenceItems(value) === null) cannotMerge(value, other);
      entries.push([key, mergeList(value, other)]);
    } else {
      entries.push([key, mergeItem(value, other)]);
    }
  }
  spend(dictSize(right) * 2);
  for (const entry of dictEntries(right)) if (!dictHas(left, entry[0])) entries.push(entry);
  leave();
  return makeDict(entries, false);
}

function mergeLists(left: Value, right: Value): Value {
  if (isTuple(left) !== isTuple(right)) {
    throw new ExpressionError(`can only concatenate ${typeName(left)} (not "${typeName(right)}") to ${typeName(left)}`);
  }
  const both = [...(sequenceItems(left) ?? []), ...(sequenceItems(right) ?? [])];
  return new Tuple([...distinct(both, null)]);
}

function cannotMerge(left: Value, right: Value): never {
  throw new ExpressionError(`Cannot merge ${typeName(left)} with ${typeName(right)}`);
}
