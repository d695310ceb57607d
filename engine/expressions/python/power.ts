import { Float } from '../../model/json.ts';
import { LIMITS, spend, spendProduct } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import {
  bitLength,
  claimBits,
  float,
  integer,
  isFloatNumber,
  type PythonInteger,
  type PythonNumber,
  toBigInt,
  toNumber,
} from './numbers.ts';
import { precisePower } from './precise-power.ts';

/** Python's `**` and `pow()`. */
export function power(a: PythonNumber, b: PythonNumber): PythonNumber {
  if (isFloatNumber(a) || isFloatNumber(b)) return floatPower(toNumber(a), toNumber(b));
  const exponent = toBigInt(b);
  if (exponent < 0n) return floatPower(toNumber(a), toNumber(b));
  const base = toBigInt(a);
  if (base === 0n || base === 1n) return integer(exponent === 0n ? 1n : base);
  if (base === -1n) return exponent % 2n === 0n ? 1 : -1;
  if (exponent > BigInt(LIMITS.integerBits)) claimBits(Number.POSITIVE_INFINITY);
  const bits = bitLength(base) * Number(exponent);
  claimBits(bits - 4 * Number(exponent));
  spendProduct(bits, bits);
  return integer(base ** exponent);
}

function floatPower(base: number, exponent: number): PythonNumber {
  spend(50);
  if (base === 0 && exponent < 0) throw new ExpressionError('0.0 cannot be raised to a negative power');
  const result = exactPower(base, exponent) ?? nearestPower(base, exponent) ?? base ** exponent;
  if (Number.isNaN(result) && base < 0 && !Number.isNaN(exponent)) {
    throw new ExpressionError('A negative number has no real root: complex numbers are not supported.');
  }
  // Python finds 1 ** nan and (-1) ** inf to be 1, JavaScript does not.
  if (base === 1 || (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent))) return new Float(1);
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) {
    throw new ExpressionError("(34, 'Numerical result out of range')");
  }
  return float(result);
}

function nearestPower(base: number, exponent: number): number | null {
  return base > 0 && Number.isFinite(base) && Number.isFinite(exponent) ? precisePower(base, exponent) : null;
}

/**
 * The float nearest to a power with a small whole exponent, where JavaScript's own may be one off; null for others.
 */
function exactPower(base: number, exponent: number): number | null {
  if (exponent === 0.5 && base >= 0) return Math.sqrt(base);
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 64 || base === 0 || !Number.isFinite(base)) return null;
  // base = mantissa * 2 ** shift, with a whole mantissa.
  let shift = Math.max(-1074, Math.floor(Math.log2(Math.abs(base))) - 53);
  let mantissa = base / 2 ** shift;
  if (!Number.isInteger(mantissa)) return null;
  while (mantissa % 2 === 0) {
    mantissa /= 2;
    shift++;
  }
  const power = BigInt(mantissa) ** BigInt(Math.abs(exponent));
  if (exponent > 0) return scaled(power, shift * exponent);
  const size = power < 0n ? -power : power;
  const extra = size.toString(2).length + 66;
  const quotient = (1n << BigInt(extra)) / size;
  // The last bit says that there is more behind it, which decides how a half is rounded.
  const sticky = quotient | 1n;
  return scaled(power < 0n ? -sticky : sticky, shift * exponent - extra);
}

/** The float nearest to a large integer times a power of two; null where the float would be a subnormal one. */
function scaled(value: bigint, shift: number): number | null {
  const bits = (value < 0n ? -value : value).toString(2).length;
  const drop = Math.max(0, bits - 100);
  const kept = value >> BigInt(drop);
  const result = Number(kept) * 2 ** Math.max(-1000, Math.min(1000, shift + drop));
  return bits + shift < -1000 || bits + shift > 1000 ? null : result;
}

/** Python's `pow(a, b, c)`. */
export function powerModulo(a: PythonInteger, b: PythonInteger, c: PythonInteger): PythonInteger {
  const modulus = toBigInt(c);
  if (modulus === 0n) throw new ExpressionError('pow() 3rd argument cannot be 0');
  let exponent = toBigInt(b);
  const size = modulus < 0n ? -modulus : modulus;
  let base = ((toBigInt(a) % size) + size) % size;
  if (exponent < 0n) {
    base = inverse(base, size);
    exponent = -exponent;
  }
  let result = 1n % size;
  const bits = bitLength(size);
  claimBits(bitLength(exponent));
  while (exponent > 0n) {
    claimBits(bits);
    for (let operation = 0; operation < 4; operation++) spendProduct(bits, bits);
    if (exponent & 1n) result = (result * base) % size;
    base = (base * base) % size;
    exponent >>= 1n;
  }
  return integer(modulus < 0n && result > 0n ? result + modulus : result);
}

/** What the number has to be multiplied with to leave 1. @throws ExpressionError when there is no such number */
function inverse(base: bigint, size: bigint): bigint {
  let [rest, next] = [base, size];
  let [factor, nextFactor] = [1n, 0n];
  while (next !== 0n) {
    claimBits(bitLength(size));
    spendProduct(bitLength(nextFactor), 1000);
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  if (rest !== 1n) throw new ExpressionError('base is not invertible for the given modulus');
  return ((factor % size) + size) % size;
}
