import { claimItems } from '../budget.ts';
import { type Slice, sliceBounds } from '../python/slice.ts';
import { PythonObject, type Value } from '../python/value.ts';

/** Python's `range`. */
export class Range extends PythonObject {
  readonly typeName = 'range';
  readonly start: number;
  readonly stop: number;
  readonly step: number;

  constructor(start: number, stop: number, step: number) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }

  /** @param index negative ones count from the end */
  at(index: number): number | undefined {
    const place = index < 0 ? index + this.length : index;
    return place >= 0 && place < this.length ? this.start + place * this.step : undefined;
  }

  slice(slice: Slice): Range {
    const { from, to, step } = sliceBounds(this.length, slice);
    return new Range(this.start + from * this.step, this.start + to * this.step, this.step * step);
  }

  /** Two ranges are equal when they go through the same numbers. */
  override isEqual(other: Value): boolean {
    const { length } = this;
    if (!(other instanceof Range) || length !== other.length) return false;
    return length === 0 || (this.start === other.start && (length === 1 || this.step === other.step));
  }

  iterate(): readonly Value[] {
    claimItems(this.length);
    return Array.from({ length: this.length }, (_, index) => this.start + index * this.step);
  }

  override repr(): string {
    return `range(${this.start}, ${this.stop}${this.step === 1 ? '' : `, ${this.step}`})`;
  }
}
