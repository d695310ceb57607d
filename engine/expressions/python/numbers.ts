import { BigInteger, Float } from '../../model/json.ts';
import { LIMITS, spend } from '../budget.ts';
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

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

function claimBits(bits: number): void {
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
  claimBits(bitLength(left) + bitLength(right));
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
    const quotient = (dividend - floorModulo(dividend, divisor)) / divisor;
    return float(Math.abs(quotient - Math.round(quotient)) < 0.5 ? Math.round(quotient) : Math.floor(quotient));
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
  const quotient = dividend / divisor;
  return integer(dividend % divisor !== 0n && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient);
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
  const rest = toBigInt(a) % divisor;
  return integer(rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest);
}

function floorModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

/** Python's `**` and `pow()`. */
export function power(a: PythonNumber, b: PythonNumber): PythonNumber {
  if (isFloatNumber(a) || isFloatNumber(b)) return floatPower(toNumber(a), toNumber(b));
  const exponent = toBigInt(b);
  if (exponent < 0n) return floatPower(toNumber(a), toNumber(b));
  const base = toBigInt(a);
  if (base === 0n || base === 1n) return integer(exponent === 0n ? 1n : base);
  if (base === -1n) return exponent % 2n === 0n ? 1 : -1;
  if (exponent > BigInt(LIMITS.integerBits)) claimBits(Number.POSITIVE_INFINITY);
  claimBits(bitLength(base) * Number(exponent) - 4 * Number(exponent));
  return integer(base ** exponent);
}

function floatPower(base: number, exponent: number): PythonNumber {
  if (base === 0 && exponent < 0) throw new ExpressionError('0.0 cannot be raised to a negative power');
  const result = exactPower(base, exponent) ?? base ** exponent;
  if (Number.isNaN(result) && base < 0) {
    throw new ExpressionError('A negative number has no real root: complex numbers are not supported.');
  }
  // Python finds 1 ** nan and (-1) ** inf to be 1, JavaScript does not.
  if (base === 1 || (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent))) return new Float(1);
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) {
    throw new ExpressionError("(34, 'Numerical result out of range')");
  }
  return float(result);
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
  if (exponent < 0n) throw new ExpressionError('base is not invertible for the given modulus');
  const size = modulus < 0n ? -modulus : modulus;
  let base = ((toBigInt(a) % size) + size) % size;
  let result = 1n % size;
  while (exponent > 0n) {
    claimBits(bitLength(size));
    if (exponent & 1n) result = (result * base) % size;
    base = (base * base) % size;
    exponent >>= 1n;
  }
  return integer(modulus < 0n && result > 0n ? result + modulus : result);
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

/**
 * Python's `round`: halves go to the even neighbour, and what counts as a half is the exact value of the float.
 * An integer stays an integer.
 */
export function round(value: PythonNumber, digits: number): PythonNumber {
  if (!isFloatNumber(value)) return digits >= 0 ? value : roundInteger(toBigInt(value), -digits);
  const number = toNumber(value);
  if (!Number.isFinite(number) || digits > 300) return float(number);
  if (digits < 0) {
    if (digits < -308) return new Float(Math.sign(number) * 0);
    const unit = 10 ** -digits;
    return float(roundHalfEven(number / unit) * unit);
  }
  if (digits === 0) return float(roundHalfEven(number));
  if (Math.abs(number) >= 1e21 || digits > 90) return float(number);
  const text = number.toFixed(digits);
  // toFixed takes a half away from zero. A half shows as a 5 that nothing but zeros follow.
  const exact = Math.abs(number).toFixed(Math.min(100, digits + 35));
  const tail = exact.slice(exact.indexOf('.') + 1 + digits);
  if (!/^50*$/.test(tail)) return float(Number(text));
  const truncated = exact.slice(0, exact.indexOf('.') + 1 + digits);
  const lastDigit = Number(truncated.at(-1));
  return float(lastDigit % 2 === 0 ? Math.sign(number) * Number(truncated) : Number(text));
}

export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  const rounded = rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
  return rounded === 0 && value < 0 ? -0 : rounded;
}

function roundInteger(value: bigint, places: number): PythonInteger {
  if (places > 400) return 0;
  const unit = 10n ** BigInt(places);
  let quotient = value / unit;
  let rest = value % unit;
  if (rest < 0n) {
    rest += unit;
    quotient -= 1n;
  }
  const twice = rest * 2n;
  if (twice > unit || (twice === unit && quotient % 2n !== 0n)) quotient += 1n;
  return integer(quotient * unit);
}
