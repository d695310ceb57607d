import type { Value } from '../python/value.ts';
import { AttributeObject } from './attribute-object.ts';

/** What `namespace()` makes: variables that a loop's body may set for what is around it. */
export class Namespace extends AttributeObject {
  readonly typeName = 'Namespace';
  readonly variables: Map<string, Value>;

  constructor(variables: Map<string, Value>) {
    super();
    this.variables = variables;
  }

  attribute(name: string): Value | undefined {
    return this.variables.get(name);
  }
}
