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

  /** As Python keeps it: only the days can be negative. */
  fields(): { readonly days: number; readonly seconds: number; readonly microseconds: number } {
    let days = this.microseconds / DAY;
    let rest = this.microseconds % DAY;
    if (rest < 0n) {
      rest += DAY;
      days -= 1n;
    }
    return { days: Number(days), seconds: Number(rest / 1_000_000n), microseconds: Number(rest % 1_000_000n) };
  }

  /** As Python's `str` prints it: `1 day, 2:03:04.000005`. */
  override toString(): string {
    const { days, seconds, microseconds: fraction } = this.fields();
    const two = (value: number): string => String(value).padStart(2, '0');
    const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const dayText = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
    return `${dayText}${clock}${fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`}`;
  }

  /** As Python's `repr` prints it. */
  override repr(): string {
    const parts = Object.entries(this.fields()).filter(([, amount]) => amount !== 0);
    return `datetime.timedelta(${parts.map(([name, amount]) => `${name}=${amount}`).join(', ') || '0'})`;
  }
}
