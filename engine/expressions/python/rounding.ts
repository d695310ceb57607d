import { Float } from '../../model/json.ts';
import { spend } from '../budget.ts';
import { float, integer, isFloatNumber, type PythonInteger, type PythonNumber, toBigInt, toNumber } from './numbers.ts';

/**
 * Python's `round`: halves go to the even neighbour, and what counts as a half is the exact value of the float.
 * An integer stays an integer.
 */
export function round(value: PythonNumber, digits: number): PythonNumber {
  spend(15);
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
