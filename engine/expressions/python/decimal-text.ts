import { spend } from '../budget.ts';

/** Floats with a given number of digits, as C and Python print them: exact halves go to the even digit. */

/** Digits beyond those that a float has are costly, whoever asks for them. */
const DIGITS_COST = 20;

/** `%.nf` of a number that is not negative and finite. */
export function fixedText(value: number, digits: number): string {
  const shown = Math.min(digits, 100);
  spend(DIGITS_COST + shown);
  if (value >= 1e21) return withZeros(BigInt(value).toString(), digits);
  let text = value.toFixed(shown);
  // JavaScript takes an exact half up. It shows as a 5 that nothing but zeros follow.
  if (shown < 60) {
    const exact = value.toFixed(Math.min(100, shown + 40));
    const cut = exact.indexOf('.') + 1 + shown;
    if (/^50*$/.test(exact.slice(cut))) {
      const kept = shown === 0 ? exact.slice(0, cut - 1) : exact.slice(0, cut);
      if (Number(kept.at(-1)) % 2 === 0) text = kept;
    }
  }
  return shown === digits ? text : text + '0'.repeat(digits - shown);
}

function withZeros(integer: string, digits: number): string {
  return digits === 0 ? integer : `${integer}.${'0'.repeat(digits)}`;
}

/** `%.ne`: mantissa and a signed exponent of at least two digits. */
export function exponentText(value: number, digits: number): string {
  const [mantissa, exponent] = exponentParts(value, digits);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function exponentParts(value: number, digits: number): readonly [mantissa: string, exponent: number] {
  const shown = Math.min(digits, 100);
  spend(DIGITS_COST + shown);
  const [mantissa = '', exponent = ''] = value.toExponential(shown).split('e');
  const exact = value.toExponential(Math.min(100, shown + 40)).split('e');
  const digitsOf = (exact[0] ?? '').replace('.', '');
  let text = mantissa;
  let power = Number(exponent);
  if (shown < 60 && /^50*$/.test(digitsOf.slice(shown + 1))) {
    const kept = digitsOf.slice(0, shown + 1);
    if (Number(kept.at(-1)) % 2 === 0) {
      text = shown === 0 ? kept : `${kept[0]}.${kept.slice(1)}`;
      power = Number(exact[1]);
    }
  }
  return [shown === digits ? text : text + '0'.repeat(digits - shown), power];
}

/**
 * `%.ng`: whichever of the two is shorter, without zeros at its end.
 * @param keepZeros whether they stay
 */
export function generalText(value: number, digits: number, keepZeros: boolean): string {
  const significant = Math.max(1, digits);
  const [, power] = value === 0 ? ['', 0] : exponentParts(value, significant - 1);
  if (power < -4 || power >= significant) {
    const text = exponentText(value, significant - 1);
    return keepZeros ? text : text.replace(/\.?0*e/, 'e').replace(/^(\d)e/, '$1e');
  }
  const text = fixedText(value, significant - 1 - power);
  return keepZeros || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
}
