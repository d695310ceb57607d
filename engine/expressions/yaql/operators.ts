import { claimCharacters, claimItems, spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { claimSize, repeatText } from '../python/code-points.ts';
import { DateTime } from '../python/date-time.ts';
import { asSet, dictEntries, dictGet, dictHas, makeDict, makeSet } from '../python/dict.ts';
import { equals, includes, setHas } from '../python/equality.ts';
import { indexOfText } from '../python/find-text.ts';
import { isIterable as canBeIterated, iterate } from '../python/iterate.ts';
import {
  add,
  compareNumbers,
  floorDivide,
  isFloatNumber,
  modulo,
  multiply,
  negate,
  type PythonNumber,
  subtract,
  toNumber,
  trueDivide,
} from '../python/numbers.ts';
import { compareText } from '../python/order.ts';
import { roundHalfEven } from '../python/rounding.ts';
import { TimeSpan } from '../python/time-span.ts';
import {
  DictView,
  isDict,
  isInteger,
  isNumber,
  List,
  PythonSet,
  sequenceItems,
  Tuple,
  typeName,
  type Value,
  ValueIterator,
} from '../python/value.ts';

/** YAQL's operators on values. What no rule covers is an error that names the operator, as an unknown function is. */

export function plus(a: Value, b: Value): Value {
  if (typeof a === 'string' && typeof b === 'string') {
    claimCharacters(a.length + b.length);
    return a + b;
  }
  if (isNumber(a) && isNumber(b)) return add(a, b);
  if (isDict(a) && isDict(b)) return makeDict([...dictEntries(a), ...dictEntries(b)], true);
  if (a instanceof TimeSpan && b instanceof TimeSpan) return new TimeSpan(a.microseconds + b.microseconds);
  if (a instanceof DateTime && b instanceof TimeSpan) return a.plus(b.microseconds);
  if (a instanceof TimeSpan && b instanceof DateTime) return b.plus(a.microseconds);
  if (isIterable(a) && isIterable(b)) return concatenate(a, b);
  return noOperator('+');
}

function concatenate(a: Value, b: Value): Value {
  const left = tupleItems(a);
  const right = tupleItems(b);
  if (left !== null && right !== null) {
    claimItems(left.length + right.length);
    return new Tuple([...left, ...right]);
  }
  if (a instanceof PythonSet && b instanceof PythonSet) {
    return makeSet([...a.entries.values(), ...b.entries.values()], true);
  }
  return new ValueIterator(chain([a, b]));
}

function* chain(values: readonly Value[]): Generator<Value> {
  for (const value of values) yield* iterate(value) ?? [];
}

export function minus(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) return subtract(a, b);
  if (a instanceof DateTime && b instanceof DateTime) return a.minus(b);
  if (a instanceof DateTime && b instanceof TimeSpan) return a.plus(-b.microseconds);
  if (a instanceof TimeSpan && b instanceof TimeSpan) return new TimeSpan(a.microseconds - b.microseconds);
  const left = asSet(a);
  const right = asSet(b);
  return left === null || right === null ? noOperator('-') : difference(a, right);
}

/** @param left not the view of a dictionary: Python has no such method for it */
export function difference(left: Value, right: PythonSet): PythonSet {
  const { entries, frozen } = ownSet(left, 'difference');
  return makeSet(
    [...entries.values()].filter((member) => !setHas(right, member)),
    frozen,
  );
}

/** A set that has methods, which the views of dictionaries have not. */
export function ownSet(value: Value, method: string): PythonSet {
  if (value instanceof PythonSet) return value;
  throw new ExpressionError(`'${typeName(value)}' object has no attribute '${method}'`);
}

export function times(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) return multiply(a, b);
  if (isCount(b)) {
    if (typeof a === 'string') return repeatText(a, toCount(b));
    if (sequenceItems(a) !== null) return repeatItems(a, toCount(b));
  }
  if (isCount(a)) {
    if (typeof b === 'string') return repeatText(b, toCount(a));
    if (sequenceItems(b) !== null) return repeatItems(b, toCount(a));
  }
  if (a instanceof TimeSpan && isNumber(b)) return scale(a, b);
  if (b instanceof TimeSpan && isNumber(a)) return scale(b, a);
  return noOperator('*');
}

export function divide(a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) return isInteger(a) && isInteger(b) ? floorDivide(a, b) : trueDivide(a, b);
  if (a instanceof TimeSpan && b instanceof TimeSpan) return trueDivide(Number(a.microseconds), Number(b.microseconds));
  if (a instanceof TimeSpan && isNumber(b)) {
    return fromMicroseconds(toNumber(trueDivide(Number(a.microseconds), b)));
  }
  return noOperator('/');
}

export function remainder(a: Value, b: Value): Value {
  return isNumber(a) && isNumber(b) ? modulo(a, b) : noOperator('mod');
}

export function negative(value: Value): Value {
  if (isNumber(value)) return negate(value);
  return value instanceof TimeSpan ? new TimeSpan(-value.microseconds) : noOperator('-', 'unary_');
}

export function positive(value: Value): Value {
  return isNumber(value) || value instanceof TimeSpan ? value : noOperator('+', 'unary_');
}

export function isLess(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === null && b !== null;
  return (order(a, b) ?? subset(b, a, true) ?? noOperator('<')) < 0;
}

export function isLessOrEqual(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === null;
  return (order(a, b) ?? subset(b, a, false) ?? noOperator('<=')) <= 0;
}

export function isGreater(a: Value, b: Value): boolean {
  if (a === null || b === null) return b === null && a !== null;
  const difference = order(a, b);
  if (difference !== null) return difference > 0;
  return (subset(a, b, true) ?? noOperator('>')) < 0;
}

export function isGreaterOrEqual(a: Value, b: Value): boolean {
  if (a === null || b === null) return b === null;
  const difference = order(a, b);
  if (difference !== null) return difference >= 0;
  return (subset(a, b, false) ?? noOperator('>=')) <= 0;
}

/** Less than 0, 0 or greater than 0, NaN for not-a-number; null when the two cannot be put in order. */
function order(a: Exclude<Value, null>, b: Exclude<Value, null>): number | null {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (a instanceof DateTime && b instanceof DateTime) return compareBig(a.instant(), b.instant());
  if (a instanceof TimeSpan && b instanceof TimeSpan) return compareBig(a.microseconds, b.microseconds);
  return null;
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** -1 when all members of the part are in the whole (and it has more, if it has to), 1 when not; null when not sets. */
function subset(whole: Value, part: Value, proper: boolean): number | null {
  const container = asSet(whole);
  const members = asSet(part);
  if (container === null || members === null) return null;
  spend(members.entries.size);
  const all = [...members.entries.keys()].every((key) => container.entries.has(key));
  return all && (!proper || container.entries.size > members.entries.size) ? -1 : 1;
}

export function isIn(value: Value, container: Value): boolean {
  if (typeof value === 'string' && typeof container === 'string') return indexOfText(container, value) !== -1;
  return isIterable(container) ? contains(container, value) : noOperator('in');
}

/** Whether something iterable has the value among its items. */
export function contains(container: Value, value: Value): boolean {
  if (container instanceof PythonSet) return setHas(container, value);
  if (container instanceof DictView && container.kind === 'keys') return dictHas(container.dict, value);
  if (container instanceof DictView && container.kind === 'items') {
    const pair = iterate(value);
    const [key, each, more] = pair ?? [];
    if (key === undefined || each === undefined || more !== undefined) {
      throw new ExpressionError('Only a pair can be among the items of a dictionary.');
    }
    const found = dictGet(container.dict, key);
    return found !== undefined && equals(found, each);
  }
  return includes(iterate(container) ?? [], value);
}

function isIterable(value: Value): boolean {
  return typeof value !== 'string' && !isDict(value) && canBeIterated(value);
}

function tupleItems(value: Value): readonly Value[] | null {
  return Array.isArray(value) ? (value as readonly Value[]) : value instanceof Tuple ? value.items : null;
}

function isCount(value: Value): value is PythonNumber | boolean {
  return typeof value === 'boolean' || isInteger(value);
}

function toCount(value: PythonNumber | boolean): number {
  return typeof value === 'boolean' ? Number(value) : toNumber(value);
}

function repeatItems(value: Value, count: number): Value {
  const items = sequenceItems(value) ?? [];
  claimSize(count);
  const times = Math.max(0, count);
  claimItems(items.length * times);
  const result: Value[] = [];
  for (let round = 0; round < times && items.length > 0; round++) for (const item of items) result.push(item);
  return tupleItems(value) === null ? new List(result) : new Tuple(result);
}

function scale(span: TimeSpan, by: PythonNumber): TimeSpan {
  if (!isFloatNumber(by)) return new TimeSpan(span.microseconds * BigInt(toNumber(by)));
  return fromMicroseconds(Number(span.microseconds) * toNumber(by));
}

function fromMicroseconds(microseconds: number): TimeSpan {
  if (!Number.isFinite(microseconds)) throw new ExpressionError('cannot convert float infinity to integer');
  return new TimeSpan(BigInt(roundHalfEven(microseconds)));
}

function noOperator(operator: string, kind = ''): never {
  throw new ExpressionError(`No function "#${kind}operator_${operator}" matches supplied arguments`);
}
