import { Float } from '../../../model/json.ts';
import { attempt } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { strip } from '../../python/code-points.ts';
import { toFloat, toInteger } from '../../python/convert.ts';
import { fixedText } from '../../python/decimal-text.ts';
import { absolute, float, integer, type PythonNumber, toNumber } from '../../python/numbers.ts';
import { asNumber, asText } from '../../python/operators.ts';
import { round } from '../../python/rounding.ts';
import { isNumber, typeName, type Value } from '../../python/value.ts';
import { defined } from '../undefined.ts';
import { count, truth } from '../values.ts';
import { type Filters, filter } from './filter.ts';

export const NUMBER_FILTERS: Filters = [
  filter('abs', [], (_environment, value) => absolute(number(value, 'bad operand type for abs()'))),
  filter('filesizeformat', [['binary', false]], (_environment, value, binary = false) =>
    fileSize(toNumber(toFloat(plain(value))), truth(binary)),
  ),
  filter('float', [['default', new Float(0)]], (_environment, value, fallback = null) => {
    const source = plain(value);
    return orElse(() => toFloat(source), fallback);
  }),
  filter(
    'int',
    [
      ['default', 0],
      ['base', 10],
    ],
    (_environment, value, fallback = 0, base = 10) => {
      const source = plain(value);
      // What is infinite is no number that Python cannot read, but one that is too large.
      if (isNumber(source) && Math.abs(toNumber(source)) === Number.POSITIVE_INFINITY) return toInteger(source);
      const readInOtherWays = (): Value => orElse(() => toInteger(toFloat(source)), fallback);
      return orElse(() => readInteger(source, base), null) ?? readInOtherWays();
    },
  ),
  filter(
    'round',
    [
      ['precision', 0],
      ['method', 'common'],
    ],
    (_environment, value, precision = 0, method = 'common') => {
      const rounded = number(value, 'type cannot be rounded:');
      const digits = count(precision);
      if (method === 'common') return round(rounded, digits);
      if (method !== 'ceil' && method !== 'floor') throw new ExpressionError('method must be common, ceil or floor');
      const unit = 10 ** digits;
      const scaled = toNumber(rounded) * unit;
      return float((method === 'ceil' ? Math.ceil(scaled) : Math.floor(scaled)) / unit);
    },
  ),
];

function number(value: Value, problem: string): PythonNumber {
  const result = asNumber(defined(value));
  if (result === null) throw new ExpressionError(`${problem} '${typeName(value)}'`);
  return result;
}

/** A text without its marking. */
function plain(value: Value): Value {
  return asText(defined(value)) ?? value;
}

/** What Python would take for an exception makes it the other value. */
function orElse(compute: () => Value, otherwise: Value): Value {
  const result = attempt(compute);
  return result instanceof ExpressionError ? otherwise : result;
}

const PREFIXES: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 16: '0x' };

function readInteger(value: Value, givenBase: Value): Value {
  if (typeof value !== 'string') return toInteger(value);
  const base = count(givenBase);
  if (base === 10) return toInteger(value);
  if (base !== 0 && (base < 2 || base > 36)) throw new ExpressionError('int() base must be >= 2 and <= 36, or 0');
  const text = strip(value, null).toLowerCase();
  const match = /^([+-]?)(0[box])?([0-9a-z]+(?:_[0-9a-z]+)*)$/.exec(text);
  const prefix = match?.[2];
  const actual = base === 0 ? Number(Object.entries(PREFIXES).find(([, each]) => each === prefix)?.[0] ?? 10) : base;
  const digits = (
    prefix !== undefined && PREFIXES[actual] !== prefix ? `${prefix}${match?.[3]}` : (match?.[3] ?? '')
  ).replaceAll('_', '');
  let result = 0n;
  for (const digit of digits) {
    const worth = Number.parseInt(digit, 36);
    if (!(worth < actual)) throw new ExpressionError('invalid literal for int()');
    result = result * BigInt(actual) + BigInt(worth);
  }
  if (digits === '' || digits.length > 4300) throw new ExpressionError('invalid literal for int()');
  return integer(match?.[1] === '-' ? -result : result);
}

function fileSize(bytes: number, binary: boolean): string {
  const base = binary ? 1024 : 1000;
  const units = binary
    ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']
    : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
  if (Number.isNaN(bytes)) return `nan ${units.at(-1)}`;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  if (bytes === Number.POSITIVE_INFINITY) return `inf ${units.at(-1)}`;
  const place = units.findIndex((_unit, index) => bytes < base ** (index + 2));
  const index = place === -1 ? units.length - 1 : place;
  return `${fixedText((base * bytes) / base ** (index + 2), 1)} ${units[index]}`;
}
