import type { Value } from '../python/value.ts';
import { AttributeObject } from './attribute-object.ts';
import { NativeFunction } from './callable.ts';

/** What `self` is in a template: renders a block of the template once more. */
export class TemplateReference extends AttributeObject {
  readonly typeName = 'TemplateReference';
  private readonly blocks: ReadonlyMap<string, () => string>;

  constructor(blocks: ReadonlyMap<string, () => string>) {
    super();
    this.blocks = blocks;
  }

  attribute(name: string): Value | undefined {
    const render = this.blocks.get(name);
    return render === undefined ? undefined : new NativeFunction(name, render);
  }

  override repr(): string {
    return '<TemplateReference None>';
  }
}
