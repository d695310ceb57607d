import { BigInteger, Float } from '../../model/json.ts';
import { spend } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { strip } from './code-points.ts';
import { parseFloatText, parseInteger } from './number-text.ts';
import { float, integer, type PythonInteger, type PythonNumber, toNumber } from './numbers.ts';
import { repr } from './text.ts';
import { isNumber, typeName, type Value } from './value.ts';

/** Python's `int(value)`. @throws ExpressionError as Python does */
export function toInteger(value: Value): PythonInteger {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') {
    spend(value.length >>> 2);
    const result = parseInteger(strip(value, null));
    if (result === null) throw new ExpressionError(`invalid literal for int() with base 10: ${repr(value)}`);
    return result;
  }
  if (value instanceof BigInteger) return value;
  if (typeof value === 'number' || value instanceof Float) return truncate(value);
  throw new ExpressionError(
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
  );
}

function truncate(value: PythonNumber): PythonInteger {
  const number = Math.trunc(toNumber(value));
  if (Number.isNaN(number)) throw new ExpressionError('cannot convert float NaN to integer');
  if (!Number.isFinite(number)) throw new ExpressionError('cannot convert float infinity to integer');
  return Number.isSafeInteger(number) ? number + 0 : integer(BigInt(number));
}

/** Python's `float(value)`. @throws ExpressionError as Python does */
export function toFloat(value: Value): PythonNumber {
  if (typeof value === 'boolean') return new Float(Number(value));
  if (typeof value === 'string') {
    spend(10 + (value.length >>> 2));
    const result = parseFloatText(strip(value, null));
    if (result === null) throw new ExpressionError(`could not convert string to float: ${repr(value)}`);
    return float(result);
  }
  if (isNumber(value)) {
    const result = toNumber(value);
    if (value instanceof BigInteger && !Number.isFinite(result)) {
      throw new ExpressionError('int too large to convert to float');
    }
    return float(result);
  }
  throw new ExpressionError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
}
