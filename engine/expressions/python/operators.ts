import { claimCharacters, claimItems, enter, leave, spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { claimSize, repeatText } from './code-points.ts';
import { DateTime } from './date-time.ts';
import { asSet, dictHas } from './dict.ts';
import { equals, includes, setHas } from './equality.ts';
import { indexOfText } from './find-text.ts';
import { iterate } from './iterate.ts';
import {
  add,
  compareNumbers,
  floorDivide,
  modulo,
  multiply,
  negate,
  type PythonNumber,
  subtract,
  toNumber,
  trueDivide,
} from './numbers.ts';
import { compareText } from './order.ts';
import { formatPercent } from './percent-format.ts';
import { power } from './power.ts';
import { TimeSpan } from './time-span.ts';
import {
  DictView,
  isDict,
  isInteger,
  isNumber,
  isTuple,
  List,
  Markup,
  PythonSet,
  sequenceItems,
  Tuple,
  typeName,
  type Value,
} from './value.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type OrderOperator = '<' | '<=' | '>' | '>=';

/** A number, with true and false for 1 and 0 as Python has them; null for everything else. */
export function asNumber(value: Value): PythonNumber | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return isNumber(value) ? value : null;
}

/** A text, whether it is marked as safe or not; null for everything else. */
export function asText(value: Value): string | null {
  if (typeof value === 'string') return value;
  return value instanceof Markup ? value.text : null;
}

const NUMBERS: Readonly<Record<ArithmeticOperator, (a: PythonNumber, b: PythonNumber) => PythonNumber>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': trueDivide,
  '//': floorDivide,
  '%': modulo,
  '**': power,
};

/** Python's arithmetic. @throws ExpressionError in Python's words for operands that do not go together */
export function calculate(operator: ArithmeticOperator, a: Value, b: Value): Value {
  const left = asNumber(a);
  const right = asNumber(b);
  if (left !== null && right !== null) return NUMBERS[operator](left, right);
  const result = operator === '+' ? concatenate(a, b) : operator === '*' ? repeat(a, b) : null;
  if (result !== null) return result;
  const format = operator === '%' ? asText(a) : null;
  if (format !== null) return formatPercent(format, b);
  return subtractTimes(operator, a, b) ?? unsupported(operator, a, b);
}

function concatenate(a: Value, b: Value): Value | null {
  const left = asText(a);
  if (left !== null) {
    const right = asText(b);
    if (right === null) throw new ExpressionError(`can only concatenate str (not "${typeName(b)}") to str`);
    claimCharacters(left.length + right.length);
    return left + right;
  }
  const items = sequenceItems(a);
  if (items !== null) {
    const others = sequenceItems(b);
    if (others === null || isTuple(a) !== isTuple(b)) {
      throw new ExpressionError(`can only concatenate ${typeName(a)} (not "${typeName(b)}") to ${typeName(a)}`);
    }
    claimItems(items.length + others.length);
    return isTuple(a) ? new Tuple([...items, ...others]) : new List([...items, ...others]);
  }
  if (a instanceof TimeSpan && b instanceof TimeSpan) return new TimeSpan(a.microseconds + b.microseconds);
  if (a instanceof DateTime && b instanceof TimeSpan) return a.plus(b.microseconds);
  return a instanceof TimeSpan && b instanceof DateTime ? b.plus(a.microseconds) : null;
}

function subtractTimes(operator: ArithmeticOperator, a: Value, b: Value): Value | null {
  if (operator !== '-') return null;
  if (a instanceof DateTime && b instanceof DateTime) return a.minus(b);
  if (a instanceof DateTime && b instanceof TimeSpan) return a.plus(-b.microseconds);
  return a instanceof TimeSpan && b instanceof TimeSpan ? new TimeSpan(a.microseconds - b.microseconds) : null;
}

function repeat(a: Value, b: Value): Value | null {
  if (isCount(a) && !isCount(b)) return repeat(b, a);
  const text = asText(a);
  const items = sequenceItems(a);
  if (text === null && items === null) return null;
  if (!isCount(b)) {
    throw new ExpressionError(`can't multiply sequence by non-int of type '${typeName(b)}'`);
  }
  const count = Math.max(0, toNumber(asNumber(b) ?? 0));
  if (text !== null) return repeatText(text, count);
  claimSize(count);
  const each = items ?? [];
  claimItems(each.length * count);
  const result: Value[] = [];
  for (let round = 0; round < count && each.length > 0; round++) for (const item of each) result.push(item);
  return isTuple(a) ? new Tuple(result) : new List(result);
}

function isCount(value: Value): boolean {
  return typeof value === 'boolean' || isInteger(value);
}

function unsupported(operator: ArithmeticOperator, a: Value, b: Value): never {
  const name = operator === '**' ? '** or pow()' : operator;
  throw new ExpressionError(`unsupported operand type(s) for ${name}: '${typeName(a)}' and '${typeName(b)}'`);
}

/** Python's `<` and its like. @throws ExpressionError for values that are in no order */
export function isOrdered(operator: OrderOperator, a: Value, b: Value): boolean {
  const difference = compareValues(operator, a, b);
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
  }
}

/** Less than 0, 0, greater than 0; NaN when neither comes first. The operator is for the error. */
function compareValues(operator: OrderOperator, a: Value, b: Value): number {
  const left = asNumber(a);
  const right = asNumber(b);
  if (left !== null && right !== null) return compareNumbers(left, right);
  const text = asText(a);
  const other = asText(b);
  if (text !== null && other !== null) return compareText(text, other);
  const items = sequenceItems(a);
  const others = sequenceItems(b);
  if (items !== null && others !== null && isTuple(a) === isTuple(b)) return compareItems(operator, items, others);
  if (a instanceof DateTime && b instanceof DateTime) return Number(a.instant() - b.instant());
  if (a instanceof TimeSpan && b instanceof TimeSpan) return Number(a.microseconds - b.microseconds);
  const set = asSet(a);
  const otherSet = asSet(b);
  if (set !== null && otherSet !== null) return compareSets(set, otherSet);
  throw new ExpressionError(`'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function compareItems(operator: OrderOperator, a: readonly Value[], b: readonly Value[]): number {
  enter();
  let result = a.length - b.length;
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    spend(1);
    const left = a[index] as Value;
    const right = b[index] as Value;
    if (equals(left, right)) continue;
    result = compareValues(operator, left, right);
    break;
  }
  leave();
  return result;
}

function compareSets(a: PythonSet, b: PythonSet): number {
  spend(a.entries.size + b.entries.size);
  const within = [...a.entries.keys()].every((key) => b.entries.has(key));
  const around = [...b.entries.keys()].every((key) => a.entries.has(key));
  return within && around ? 0 : within ? -1 : around ? 1 : Number.NaN;
}

/** Python's `in`. @throws ExpressionError when nothing can be in the container */
export function isContained(value: Value, container: Value): boolean {
  const text = asText(container);
  if (text !== null) {
    const part = asText(value);
    if (part === null) {
      throw new ExpressionError(`'in <string>' requires string as left operand, not ${typeName(value)}`);
    }
    return indexOfText(text, part) !== -1;
  }
  if (isDict(container)) return dictHas(container, value);
  if (container instanceof PythonSet) return setHas(container, value);
  if (container instanceof DictView && container.kind === 'keys') return dictHas(container.dict, value);
  const items = iterate(container);
  if (items === null) throw new ExpressionError(`argument of type '${typeName(container)}' is not iterable`);
  return includes(items, value);
}

/** Python's unary minus and plus. */
export function negateValue(value: Value): Value {
  const number = asNumber(value);
  if (number !== null) return negate(number);
  if (value instanceof TimeSpan) return new TimeSpan(-value.microseconds);
  throw new ExpressionError(`bad operand type for unary -: '${typeName(value)}'`);
}

export function plusValue(value: Value): Value {
  const number = asNumber(value);
  if (number !== null) return number;
  if (value instanceof TimeSpan) return value;
  throw new ExpressionError(`bad operand type for unary +: '${typeName(value)}'`);
}
