import type { Float } from '../../../model/json.ts';
import { ExpressionError } from '../../expression-error.ts';
import { integer, isFloatNumber, type PythonNumber, toBigInt, toNumber } from '../../python/numbers.ts';
import { Tuple, type Value } from '../../python/value.ts';
import { type Methods, method } from './method.ts';

export const NUMBER_METHODS: Methods<PythonNumber> = new Map([
  method<PythonNumber>('conjugate', [], (value) => value),
  method<PythonNumber>('bit_length', [], (value) => {
    const size = toBigInt(value as Exclude<PythonNumber, Float>);
    return size === 0n ? 0 : (size < 0n ? -size : size).toString(2).length;
  }),
  method<PythonNumber>('as_integer_ratio', [], (value) => new Tuple(integerRatio(value))),
  method<PythonNumber>('is_integer', [], (value) => Number.isInteger(toNumber(value))),
]);

function integerRatio(value: PythonNumber): Value[] {
  if (!isFloatNumber(value)) return [value, 1];
  let numerator = toNumber(value);
  if (!Number.isFinite(numerator)) throw new ExpressionError('cannot convert this float to integer ratio');
  let denominator = 1n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return [integer(BigInt(numerator)), integer(denominator)];
}

/** Which of the methods are an integer's and which are a float's; the others are both's. */
export function hasMethod(value: PythonNumber, name: string): boolean {
  if (name === 'bit_length') return !isFloatNumber(value);
  return name !== 'is_integer' || isFloatNumber(value);
}
