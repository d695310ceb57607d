import { PythonObject, type Value } from '../python/value.ts';

/** A `source => destination` argument, evaluated. */
export class MappingRule extends PythonObject {
  readonly typeName = 'MappingRule';
  readonly source: Value;
  readonly destination: Value;

  constructor(source: Value, destination: Value) {
    super();
    this.source = source;
    this.destination = destination;
  }
}
