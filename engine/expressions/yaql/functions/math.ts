import { Float } from '../../../model/json.ts';
import { ExpressionError } from '../../expression-error.ts';
import { toFloat, toInteger } from '../../python/convert.ts';
import {
  absolute,
  compareNumbers,
  float,
  isFloatNumber,
  integer as makeInteger,
  type PythonInteger,
  shiftLeft,
  shiftRight,
  toBigInt,
} from '../../python/numbers.ts';
import { power, powerModulo } from '../../python/power.ts';
import { round } from '../../python/rounding.ts';
import { isInteger, isNumber, type Value } from '../../python/value.ts';
import { define, type FunctionDefinition } from '../function-definition.ts';
import { isGreater } from '../operators.ts';
import { anyInteger, anything, index, integer, nullable, number, optional, parameter } from '../parameters.ts';

export const MATH = [
  define('abs', 'function', [parameter('op', number)], (_call, value) => absolute(value)),
  define('int', 'function', [parameter('value', anything)], (_call, value) => (value === null ? 0 : toInteger(value))),
  define('float', 'function', [parameter('value', anything)], (_call, value) =>
    value === null ? new Float(0) : toFloat(value),
  ),
  define('random', 'function', [], ({ context }) => float(context.root.scope.world.random())),
  define('random', 'function', [parameter('from', integer), parameter('to', integer)], ({ context }, from, to) => {
    const low = toBigInt(from);
    const count = toBigInt(to) - low + 1n;
    if (count <= 0n) throw new ExpressionError(`empty range for randrange() (${low}, ${low + count}, ${count})`);
    return makeInteger(low + BigInt(Math.floor(context.root.scope.world.random() * Number(count))));
  }),
  bitwise('bitwiseAnd', (a, b) => a & b),
  bitwise('bitwiseOr', (a, b) => a | b),
  bitwise('bitwiseXor', (a, b) => a ^ b),
  define('bitwiseNot', 'function', [parameter('arg', integer)], (_call, value) => makeInteger(~toBigInt(value))),
  define('shiftBitsRight', 'function', [parameter('value', integer), parameter('bitsNumber', integer)], (_call, a, b) =>
    shiftRight(a, b),
  ),
  define('shiftBitsLeft', 'function', [parameter('value', integer), parameter('bitsNumber', integer)], (_call, a, b) =>
    shiftLeft(a, b),
  ),
  define('max', 'function', [parameter('a', anything), parameter('b', anything)], (_call, a, b) => greater(a, b)),
  define('min', 'function', [parameter('a', anything), parameter('b', anything)], (_call, a, b) => lesser(a, b)),
  define(
    'pow',
    'function',
    [parameter('a', number), parameter('b', number), optional('c', nullable(number), null)],
    (_call, a, b, c) => {
      if (c === null) return power(a, b);
      if (isFloatNumber(a) || isFloatNumber(b) || isFloatNumber(c)) {
        throw new ExpressionError('pow() 3rd argument not allowed unless all arguments are integers');
      }
      return powerModulo(a as PythonInteger, b as PythonInteger, c as PythonInteger);
    },
  ),
  define('sign', 'function', [parameter('num', number)], (_call, value) => Math.sign(compareNumbers(value, 0)) || 0),
  define('round', 'function', [parameter('number', number), optional('ndigits', index, 0)], (_call, value, digits) =>
    round(value, digits),
  ),
  define('isInteger', 'function', [parameter('value', anything)], (_call, value) => isInteger(value)),
  define('isNumber', 'function', [parameter('value', anything)], (_call, value) => isNumber(value)),
];

/** Of two booleans Python makes another boolean. */
function bitwise(name: string, operation: (a: bigint, b: bigint) => bigint): FunctionDefinition {
  return define(name, 'function', [parameter('left', anyInteger), parameter('right', anyInteger)], (_call, a, b) => {
    const result = operation(bits(a), bits(b));
    return typeof a === 'boolean' && typeof b === 'boolean' ? result === 1n : makeInteger(result);
  });
}

function bits(value: PythonInteger | boolean): bigint {
  return typeof value === 'boolean' ? BigInt(value) : toBigInt(value);
}

export function greater(a: Value, b: Value): Value {
  return isGreater(b, a) ? b : a;
}

export function lesser(a: Value, b: Value): Value {
  return isGreater(b, a) ? a : b;
}
