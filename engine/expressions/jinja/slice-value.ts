import type { Slice } from '../python/slice.ts';
import { PythonObject, type Value } from '../python/value.ts';

/** Python's `slice`: what stands in the brackets of `value[1:2]`. */
export class SliceValue extends PythonObject implements Slice {
  readonly typeName = 'slice';
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;

  constructor(start: Value, stop: Value, step: Value) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}
