import { makeDict } from '../python/dict.ts';
import { repr } from '../python/text.ts';
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

  override repr(): string {
    return `<Namespace ${repr(makeDict(this.variables, false))}>`;
  }

  attribute(name: string): Value | undefined {
    return this.variables.get(name);
  }
}
