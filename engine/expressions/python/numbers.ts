import { BigInteger, Float } from '../../model/json.ts';
import { LIMITS, spend, spendProduct } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';

/** A Python number: an integer of any size or a float. See model/json.ts for which is which. */
export type PythonNumber = number | Float | BigInteger;
export type PythonInteger = number | BigInteger;

/** A float as a value: boxed where a plain number would pass for an integer. */
export function float(value: number): number | Float {
  return Number.isInteger(value) || !Number.isFinite(value) ? new Float(value) : value;
}

/** An integer as a value: boxed where a plain number cannot hold it. */
export function integer(value: bigint): PythonInteger {
  if (value >= -9007199254740991n && value <= 9007199254740991n) return Number(value);
  claimBits(bitLength(value));
  return new BigInteger(value);
}

export function isFloatNumber(value: PythonNumber): value is number | Float {
  return typeof value === 'number' ? !Number.isInteger(value) : value instanceof Float;
}

/** The nearest float. */
export function toNumber(value: PythonNumber): number {
  if (typeof value === 'number') return value;
  return value instanceof Float ? value.value : Number(value.value);
}

export function toBigInt(value: PythonInteger): bigint {
  return typeof value === 'number' ? BigInt(value) : value.value;
}

/** How many bits the integer takes, up to the next four. */
export function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

/** Refuses an integer that would be too large, before it is made, and pays for making it. */
export function claimBits(bits: number): void {
  if (bits > LIMITS.integerBits) throw new ExpressionError('The expression would make an integer that is too large.');
  spend(bits >>> 6);
}

export function add(a: PythonNumber, b: PythonNumber): PythonNumber {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum) && Number.isInteger(a)) return Number.isInteger(b) ? sum : new Float(sum);
  }
  if (isFloatNumber(a) || isFloatNumber(b)) return float(toNumber(a) + toNumber(b));
  return integer(toBigInt(a) + toBigInt(b));
}

export function subtract(a: PythonNumber, b: PythonNumber): PythonNumber {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference) && Number.isInteger(a)) {
      return Number.isInteger(b) ? difference : new Float(difference);
    }
  }
  if (isFloatNumber(a) || isFloatNumber(b)) return float(toNumber(a) - toNumber(b));
  return integer(toBigInt(a) - toBigInt(b));
}

export function multiply(a: PythonNumber, b: PythonNumber): PythonNumber {
  if (isFloatNumber(a) || isFloatNumber(b)) return float(toNumber(a) * toNumber(b));
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
  }
  const [left, right] = [toBigInt(a), toBigInt(b)];
  const [bits, otherBits] = [bitLength(left), bitLength(right)];
  claimBits(bits + otherBits);
  spendProduct(bits, otherBits);
  return integer(left * right);
}

/** Python's `/`: a float, whatever the operands. */
export function trueDivide(a: PythonNumber, b: PythonNumber): PythonNumber {
  const divisor = toNumber(b);
  if (divisor === 0) {
    throw new ExpressionError(isFloatNumber(a) || isFloatNumber(b) ? 'float division by zero' : 'division by zero');
  }
  const quotient = toNumber(a) / divisor;
  if (!Number.isFinite(quotient) && !isFloatNumber(a) && !isFloatNumber(b)) {
    throw new ExpressionError('integer division result too large for a float');
  }
  return float(quotient);
}

/** Python's `//`: rounds towards minus infinity. */
export function floorDivide(a: PythonNumber, b: PythonNumber): PythonNumber {
  if (isFloatNumber(a) || isFloatNumber(b)) {
    const divisor = toNumber(b);
    if (divisor === 0) throw new ExpressionError('float floor division by zero');
    const dividend = toNumber(a);
    return float(floorQuotient(dividend, divisor));
  }
  const divisor = toBigInt(b);
  if (divisor === 0n) throw new ExpressionError('integer division or modulo by zero');
  if (typeof a === 'number' && typeof b === 'number') {
    const quotient = Math.floor(a / b);
    // The quotient of two large integers may be rounded: only a product that can be exact says which it is.
    if (Number.isSafeInteger(quotient * b)) {
      const rest = a - quotient * b;
      if (rest === 0 || (rest < 0 === b < 0 && Math.abs(rest) < Math.abs(b))) return quotient === 0 ? 0 : quotient;
    }
  }
  const dividend = toBigInt(a);
  spendDivision(dividend, divisor);
  const quotient = dividend / divisor;
  return integer(dividend % divisor !== 0n && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient);
}

function spendDivision(dividend: bigint, divisor: bigint): void {
  const bits = bitLength(dividend);
  claimBits(bits);
  spendProduct(bits, bitLength(divisor));
}

/** As Python computes it: through what `fmod` leaves, and with the sign that a zero would have. */
function floorQuotient(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  const quotient = (dividend - rest) / divisor - (rest !== 0 && rest < 0 !== divisor < 0 ? 1 : 0);
  if (quotient === 0) return dividend / divisor < 0 || Object.is(dividend / divisor, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Python's `%`: the result has the sign of the divisor. */
export function modulo(a: PythonNumber, b: PythonNumber): PythonNumber {
  if (isFloatNumber(a) || isFloatNumber(b)) {
    const divisor = toNumber(b);
    if (divisor === 0) throw new ExpressionError('float modulo');
    return float(floorModulo(toNumber(a), divisor));
  }
  if (typeof a === 'number' && typeof b === 'number') {
    if (b === 0) throw new ExpressionError('integer division or modulo by zero');
    return floorModulo(a, b) + 0;
  }
  const divisor = toBigInt(b);
  spendDivision(toBigInt(a), divisor);
  const rest = toBigInt(a) % divisor;
  return integer(rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest);
}

function floorModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

export function negate(a: PythonNumber): PythonNumber {
  if (typeof a === 'number') return a === 0 ? 0 : -a;
  return a instanceof Float ? new Float(-a.value) : integer(-a.value);
}

export function absolute(a: PythonNumber): PythonNumber {
  if (typeof a === 'number') return Math.abs(a);
  return a instanceof Float ? float(Math.abs(a.value)) : integer(a.value < 0n ? -a.value : a.value);
}

/** Less than 0, 0, or greater than 0; NaN when a NaN is involved, with which nothing compares. */
export function compareNumbers(a: PythonNumber, b: PythonNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN;
  // Mixed comparison of bigint and number is exact in JavaScript, as it is in Python.
  spend(5);
  const left = a instanceof Float || a instanceof BigInteger ? a.value : a;
  const right = b instanceof Float || b instanceof BigInteger ? b.value : b;
  if (left < right) return -1;
  if (left > right) return 1;
  return Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : 0;
}

export function shiftLeft(a: PythonInteger, bits: PythonInteger): PythonInteger {
  const count = toNumber(bits);
  if (count < 0) throw new ExpressionError('negative shift count');
  if (a !== 0) claimBits(count);
  return a === 0 ? 0 : integer(toBigInt(a) << BigInt(count));
}

export function shiftRight(a: PythonInteger, bits: PythonInteger): PythonInteger {
  const count = toNumber(bits);
  if (count < 0) throw new ExpressionError('negative shift count');
  return integer(toBigInt(a) >> BigInt(Math.min(count, LIMITS.integerBits)));
}
