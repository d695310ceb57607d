/** Bits behind the point. */
const PRECISION = 160n;
const ONE = 1n << PRECISION;

/**
 * The float nearest to a power, which the system's library gives nearly always and JavaScript's `**` does not:
 * `100 ** -2.5` is 1e-05. Null where the result is out of the range in which this is done.
 * @param base positive and finite
 * @param exponent finite
 */
export function precisePower(base: number, exponent: number): number | null {
  if (Math.abs(Math.log2(base) * exponent) > 1000 || base < 2 ** -1000) return null;
  const twos = Math.floor(Math.log2(base));
  const logarithm = naturalLogarithm(fixed(base / 2 ** twos)) + BigInt(twos) * LOG_TWO;
  const power = (logarithm * fixed(exponent)) >> PRECISION;
  const shift = power / LOG_TWO;
  const mantissa = exponential(power - shift * LOG_TWO);
  return Number(mantissa >> (PRECISION - 64n)) * 2 ** (Number(shift) - 64);
}

/** Exact down to the precision, which is far below what a float of a sensible size distinguishes. */
function fixed(value: number): bigint {
  let shift = 0;
  let whole = value;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    shift++;
  }
  return (BigInt(whole) << PRECISION) >> BigInt(shift);
}

/** By way of `ln x = 2 artanh((x - 1) / (x + 1))`, for values near 1. */
function naturalLogarithm(value: bigint): bigint {
  const argument = ((value - ONE) << PRECISION) / (value + ONE);
  const square = (argument * argument) >> PRECISION;
  let sum = 0n;
  for (let term = argument, divisor = 1n; term !== 0n && term !== -1n; divisor += 2n) {
    sum += term / divisor;
    term = (term * square) >> PRECISION;
  }
  return 2n * sum;
}

function exponential(value: bigint): bigint {
  let sum = 0n;
  for (let term = ONE, factor = 1n; term !== 0n && term !== -1n; factor += 1n) {
    sum += term;
    term = ((term * value) >> PRECISION) / factor;
  }
  return sum;
}

const LOG_TWO = naturalLogarithm(2n * ONE);
