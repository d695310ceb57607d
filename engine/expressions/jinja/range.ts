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

  iterate(): readonly Value[] {
    return Array.from({ length: this.length }, (_, index) => this.start + index * this.step);
  }

  override repr(): string {
    return `range(${this.start}, ${this.stop}${this.step === 1 ? '' : `, ${this.step}`})`;
  }
}
