import type { Float } from '../../../model/json.ts';
import { claimItems, spend } from '../../budget.ts';
import { ExpressionError } from '../../expression-error.ts';
import { Bytes } from '../../python/bytes.ts';
import { bitLength, integer, isFloatNumber, type PythonNumber, toBigInt, toNumber } from '../../python/numbers.ts';
import { Tuple, type Value } from '../../python/value.ts';
import { count, str, truth } from '../values.ts';
import { type Methods, method } from './method.ts';

export const NUMBER_METHODS: Methods<PythonNumber> = new Map([
  method<PythonNumber>('conjugate', [], (value) => value),
  method<PythonNumber>('bit_length', [], (value) => {
    const size = toBigInt(value as Exclude<PythonNumber, Float>);
    spend(bitLength(size) >>> 3);
    return size === 0n ? 0 : (size < 0n ? -size : size).toString(2).length;
  }),
  method<PythonNumber>('bit_count', [], (value) => {
    const size = toBigInt(value as Exclude<PythonNumber, Float>);
    spend(bitLength(size) >>> 3);
    const digits = size.toString(2);
    return digits.replace(/[^1]/g, '').length;
  }),
  method<PythonNumber>(
    'to_bytes',
    [
      ['length', 1],
      ['byteorder', 'big'],
      ['signed', false],
    ],
    (value, length = 1, order = 'big', signed = false) =>
      integerBytes(toBigInt(value as Exclude<PythonNumber, Float>), count(length), str(order), truth(signed)),
  ),
  method<PythonNumber>('hex', [], (value) => floatHex(toNumber(value))),
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

function integerBytes(value: bigint, length: number, order: string, signed: boolean): Bytes {
  if (order !== 'big' && order !== 'little') throw new ExpressionError("byteorder must be either 'little' or 'big'");
  if (length < 0) throw new ExpressionError('length argument must be non-negative');
  claimItems(length);
  const bits = length * 8;
  if (value < 0n && !signed) throw new ExpressionError("can't convert negative int to unsigned");
  const fits = signed ? BigInt.asIntN(bits, value) === value : BigInt.asUintN(bits, value) === value;
  if (!fits) throw new ExpressionError('int too big to convert');
  const digits =
    length === 0
      ? ''
      : BigInt.asUintN(bits, value)
          .toString(16)
          .padStart(length * 2, '0');
  const bytes = Array.from({ length }, (_, place) => Number.parseInt(digits.slice(place * 2, place * 2 + 2), 16));
  return new Bytes(Uint8Array.from(order === 'big' ? bytes : bytes.reverse()));
}

/** `0x1.8000000000000p+1`: the float's own bits. */
function floatHex(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const sign = bits >> 63n === 1n ? '-' : '';
  if (value === 0) return `${sign}0x0.0p+0`;
  const power = exponent === 0 ? -1022 : exponent - 1023;
  return `${sign}0x${exponent === 0 ? 0 : 1}.${fraction}p${power < 0 ? '' : '+'}${power}`;
}

/** Which of the methods are an integer's and which are a float's; the others are both's. */
export function hasMethod(value: PythonNumber, name: string): boolean {
  if (name === 'bit_length' || name === 'bit_count' || name === 'to_bytes') return !isFloatNumber(value);
  return (name !== 'is_integer' && name !== 'hex') || isFloatNumber(value);
}
