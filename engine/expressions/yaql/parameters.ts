import { BigInteger } from '../../model/json.ts';
import { spendText } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { DateTime } from '../python/date-time.ts';
import { type AnyDict, asSet } from '../python/dict.ts';
import type { PythonInteger, PythonNumber } from '../python/numbers.ts';
import { Pattern } from '../python/regex/pattern.ts';
import { TimeSpan } from '../python/time-span.ts';
import {
  DictView,
  isDict,
  isInteger,
  isNumber as isNumberValue,
  PythonSet,
  sequenceItems,
  type Value,
  ValueIterator,
} from '../python/value.ts';
import type { ContextLambda, Lambda } from './call.ts';
import type { LazyMapping, Parameter, ParameterType } from './function-definition.ts';
import { MappingRule } from './mapping-rule.ts';
import { Ordering } from './ordering.ts';

function type<T>(accepts: (value: Value) => boolean, convert: (value: Value) => T, rank = 0): ParameterType<T> {
  return { passing: 'value', accepts, convert, rank };
}

const same = (value: Value): never => value as never;

function lazy<T>(passing: ParameterType<T>['passing']): ParameterType<T> {
  // What the caller makes of a lazy argument is the converted value already.
  return { passing, accepts: () => true, convert: same, rank: 0 };
}

export const anything: ParameterType<Value> = type(
  () => true,
  (value) => value,
);
/** Whatever a function does with a text, it goes through it. */
export const text: ParameterType<string> = type(
  (value) => typeof value === 'string',
  (value) => {
    spendText((value as string).length);
    return value as string;
  },
);
export const boolean: ParameterType<boolean> = type((value) => typeof value === 'boolean', same);
export const number: ParameterType<PythonNumber> = type(isNumberValue, same);
/** An integer of any size; true and false count as 1 and 0. */
export const integer: ParameterType<PythonInteger> = type(
  (value) => isInteger(value) || typeof value === 'boolean',
  (value) => (typeof value === 'boolean' ? Number(value) : (value as PythonInteger)),
);
/** An integer of any size, or true or false as they are. */
export const anyInteger: ParameterType<PythonInteger | boolean> = type(
  (value) => isInteger(value) || typeof value === 'boolean',
  same,
);
/** An integer where no boolean may stand for one. */
export const strictInteger: ParameterType<PythonInteger> = type(isInteger, same);
/** An integer that counts or points into something: as a plain number, too large ones cut down. */
export const index: ParameterType<number> = type(
  (value) => isInteger(value) || typeof value === 'boolean',
  (value) => (value instanceof BigInteger ? Number(value.value) : Number(value)),
);
/** An integer that Python hands on to C: a number of items or characters. */
export const size: ParameterType<number> = type(
  (value) => isInteger(value) || typeof value === 'boolean',
  (value) => (value instanceof BigInteger ? toSize(value.value) : Number(value)),
);
export const dict: ParameterType<AnyDict> = type(isDict, same);
/** A set as it is: a view of a dictionary is one too, but has no methods. */
export const setOrView: ParameterType<Value> = type(
  (value) => value instanceof PythonSet || (value instanceof DictView && value.kind !== 'values'),
  (value) => value,
);
export const set: ParameterType<PythonSet> = type(
  (value) => value instanceof PythonSet || (value instanceof DictView && value.kind !== 'values'),
  (value) => asSet(value) as PythonSet,
);
/** Everything that can be iterated, save texts and dictionaries. */
export const iterable: ParameterType<Value> = type(isIterable, (value) => value, 1);
export const iterator: ParameterType<ValueIterator> = type((value) => value instanceof ValueIterator, same);
/** A list or tuple. */
export const sequence: ParameterType<Value> = type(
  (value) => sequenceItems(value) !== null,
  (value) => value,
  2,
);
export const plainIterable: ParameterType<Value> = type(
  (value) => isIterable(value) && asSet(value) === null,
  (value) => value,
  1,
);
export const dateTime: ParameterType<DateTime> = type((value) => value instanceof DateTime, same);
export const timeSpan: ParameterType<TimeSpan> = type((value) => value instanceof TimeSpan, same);
export const pattern: ParameterType<Pattern> = type((value) => value instanceof Pattern, same);
export const ordering: ParameterType<Ordering> = type((value) => value instanceof Ordering, same);
export const lambda: ParameterType<Lambda> = lazy('lambda');
export const contextLambda: ParameterType<ContextLambda> = lazy('context-lambda');
export const lazyMapping: ParameterType<LazyMapping> = lazy('lazy-mapping');
/** A `key => value` pair, both evaluated. */
export const mapping: ParameterType<MappingRule> = {
  passing: 'value',
  accepts: (value) => value instanceof MappingRule,
  convert: same,
  rank: 1,
};

function toSize(value: bigint): number {
  if (BigInt.asIntN(64, value) !== value) throw new ExpressionError('Python int too large to convert to C ssize_t');
  return Number(value);
}

/** Null is accepted as well. */
export function nullable<T>(of: ParameterType<T>): ParameterType<T | null> {
  return {
    passing: of.passing,
    rank: of.rank,
    accepts: (value) => value === null || of.accepts(value),
    convert: (value) => (value === null ? null : of.convert(value)),
  };
}

export function parameter<T>(name: string, of: ParameterType<T>): Parameter<T> {
  return { name, type: of };
}

export function optional<T>(name: string, of: ParameterType<T>, fallback: T): Parameter<T> {
  return { name, type: of, fallback: { value: fallback } };
}

/** A parameter that may be left out, which is not the same as giving null for it. */
export function omissible<T>(name: string, of: ParameterType<T>): Parameter<T | undefined> {
  return { name, type: of, fallback: { value: undefined } };
}

export function isIterable(value: Value): boolean {
  return (
    sequenceItems(value) !== null ||
    value instanceof ValueIterator ||
    value instanceof PythonSet ||
    value instanceof DictView ||
    value instanceof Ordering
  );
}
