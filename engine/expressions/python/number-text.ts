import { type BigInteger, Float } from '../../model/json.ts';
import { spendProduct } from '../budget.ts';
import { ExpressionError } from '../expression-error.ts';
import { bitLength, claimBits, integer, type PythonInteger, type PythonNumber } from './numbers.ts';

/** A float as Python's `repr` prints it: the shortest text that reads back the same. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const magnitude = Math.abs(value);
  if (value === 0 || (magnitude >= 1e-4 && magnitude < 1e16)) {
    // In this range both languages print plain digits, save that JavaScript turns to exponents below 1e-6.
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${digits}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`;
}

/** Python's text of a number. */
export function numberText(value: PythonNumber): string {
  if (typeof value === 'number') {
    return Number.isInteger(value) && Math.abs(value) < 1e21
      ? String(value)
      : Number.isInteger(value)
        ? BigInt(value).toString()
        : floatText(value);
  }
  if (value instanceof Float) return floatText(value.value);
  return bigIntegerText(value);
}

function bigIntegerText(value: BigInteger): string {
  const bits = bitLength(value.value);
  claimBits(bits);
  // What has more bits has more digits for certain.
  const text = bits > 14_300 ? null : value.value.toString();
  if (text === null || text.length > 4300 + (value.value < 0n ? 1 : 0)) {
    throw new ExpressionError('Exceeds the limit (4300 digits) for integer string conversion');
  }
  spendProduct(4 * bits, 4 * bits);
  return text;
}

const INTEGER = /^[+-]?\d+(_\d+)*$/;
const FLOAT = /^[+-]?(?:(?:\d+(?:_\d+)*)?\.?(?:\d+(?:_\d+)*)?(?:[eE][+-]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)$/i;

/** Python's `int(text, 10)`; null when the text is no integer. Does not strip. */
export function parseInteger(text: string): PythonInteger | null {
  if (!INTEGER.test(text)) return null;
  const digits = text.replaceAll('_', '').replace(/^\+/, '');
  return digits.length < 16 ? Number(digits) + 0 : readInteger(digits);
}

/** The integer that the digits, perhaps with a sign, are. @throws ExpressionError when they are too many */
export function readInteger(digits: string): PythonInteger {
  if (digits.length > 4301) throw new ExpressionError('Exceeds the limit (4300 digits) for integer string conversion');
  spendProduct(8 * digits.length, 8 * digits.length);
  return integer(BigInt(digits));
}

/** Python's `float(text)`; null when the text is no number. Does not strip. */
export function parseFloatText(text: string): number | null {
  if (!FLOAT.test(text) || (!/\d/.test(text) && !/inf|nan/i.test(text))) return null;
  const plain = text.replaceAll('_', '').toLowerCase();
  if (/nan/.test(plain)) return Number.NaN;
  if (/inf/.test(plain)) return plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (!/^[+-]?(\d|\.\d)/.test(plain)) return null;
  return Number(plain);
}
