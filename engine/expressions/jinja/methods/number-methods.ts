import { Float } from '../../../model/json.ts';
import { isFloatNumber, type PythonNumber, toBigInt, toNumber } from '../../python/numbers.ts';
import type { Value } from '../../python/value.ts';
import { type Methods, method } from './method.ts';

export const NUMBER_METHODS: Methods<PythonNumber> = new Map([
  method<PythonNumber>('conjugate', [], (value) => value),
  method<PythonNumber>('bit_length', [], (value) => {
    const size = toBigInt(value as Exclude<PythonNumber, Float>);
    return size === 0n ? 0 : (size < 0n ? -size : size).toString(2).length;
  }),
  method<PythonNumber>('is_integer', [], (value) => Number.isInteger(toNumber(value))),
]);

/** The attributes that are no methods. */
export function numberPart(value: PythonNumber, name: string): Value | undefined {
  switch (name) {
    case 'real':
      return value;
    case 'imag':
      return isFloatNumber(value) ? new Float(0) : 0;
    case 'numerator':
      return isFloatNumber(value) ? undefined : value;
    case 'denominator':
      return isFloatNumber(value) ? undefined : 1;
    default:
      return undefined;
  }
}

/** Which of the methods are an integer's and which are a float's; the others are both's. */
export function hasMethod(value: PythonNumber, name: string): boolean {
  if (name === 'bit_length') return !isFloatNumber(value);
  return name !== 'is_integer' || isFloatNumber(value);
}
