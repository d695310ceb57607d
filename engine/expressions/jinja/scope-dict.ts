import { asPython } from '../python/data-value.ts';
import { Dict, type DictEntries, textKey, type Value } from '../python/value.ts';
import type { Scope } from '../scope.ts';

/** The `_` of a template: the scope's variables, looked up one by one as long as nobody asks for all of them. */
export class ScopeDict extends Dict {
  private readonly scope: Scope;
  private readonly known = new Map<string, Value>();
  private all: DictEntries | null = null;

  constructor(scope: Scope) {
    super(new Map(), false);
    this.scope = scope;
  }

  override get entries(): DictEntries {
    this.all ??= new Map(
      Array.from(this.scope.keys(), (name) => [textKey(name), [name, this.getText(name) ?? null]] as const),
    );
    return this.all;
  }

  override getText(name: string): Value | undefined {
    if (this.all !== null) return super.getText(name);
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const data = this.scope.get(name);
    if (typeof data !== 'object' || data === null) return data;
    // Who looks it up again gets the same, with all that has been changed in it.
    const value = asPython(data);
    this.known.set(name, value);
    return value;
  }
}
