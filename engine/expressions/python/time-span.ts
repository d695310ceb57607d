import { ExpressionError } from '../expression-error.ts';
import { PythonObject } from './value.ts';

const DAY = 86_400_000_000n;
const LONGEST = 999_999_999n * DAY + DAY - 1n;

/** Python's `timedelta`. */
export class TimeSpan extends PythonObject {
  readonly typeName = 'datetime.timedelta';
  readonly microseconds: bigint;

  constructor(microseconds: bigint) {
    super();
    if (microseconds > LONGEST || microseconds < -999_999_999n * DAY) {
      throw new ExpressionError('The time span is too long (days must be between -999999999 and 999999999).');
    }
    this.microseconds = microseconds;
  }

  /** As Python's `str` prints it: `1 day, 2:03:04.000005`. */
  override toString(): string {
    let days = this.microseconds / DAY;
    let rest = this.microseconds % DAY;
    if (rest < 0n) {
      rest += DAY;
      days -= 1n;
    }
    const seconds = Number(rest / 1_000_000n);
    const fraction = Number(rest % 1_000_000n);
    const two = (value: number): string => String(value).padStart(2, '0');
    const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const dayText = days === 0n ? '' : `${days} day${days === 1n || days === -1n ? '' : 's'}, `;
    return `${dayText}${clock}${fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`}`;
  }

  /** As Python's `repr` prints it. */
  override repr(): string {
    let days = this.microseconds / DAY;
    let rest = this.microseconds % DAY;
    if (rest < 0n) {
      rest += DAY;
      days -= 1n;
    }
    const parts = [
      ['days', days],
      ['seconds', rest / 1_000_000n],
      ['microseconds', rest % 1_000_000n],
    ].filter(([, amount]) => amount !== 0n);
    return `datetime.timedelta(${parts.map(([name, amount]) => `${name}=${amount}`).join(', ') || '0'})`;
  }
}
