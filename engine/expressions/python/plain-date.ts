import type { DateTime } from './date-time.ts';
import { PythonObject } from './value.ts';

/** Python's `date`: a day without a time. Only YAML makes one, and Mistral cannot store it. */
export class PlainDate extends PythonObject {
  readonly typeName = 'datetime.date';
  private readonly midnight: DateTime;

  constructor(midnight: DateTime) {
    super();
    this.midnight = midnight;
  }

  /** `2015-08-29` */
  override toString(): string {
    return this.midnight.isoText('T').slice(0, 10);
  }

  override repr(): string {
    const { year, month, day } = this.midnight.fields();
    return `datetime.date(${year}, ${month}, ${day})`;
  }
}
