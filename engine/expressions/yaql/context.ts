import { fromEntries, type Json, type JsonObject } from '../../model/json.ts';
import { PythonObject, type Value } from '../python/value.ts';
import type { Scope } from '../scope.ts';

/** A function that an expression has defined itself. */
export interface DefinedFunction {
  readonly name: string;
  run(args: readonly Value[], named: ReadonlyMap<string, Value>): Value;
}

/**
 * Where names are looked up: the variables that a call or a lambda has set, then those around it. A value too,
 * because `let()` and its like hand one on to `->`.
 */
export class Context extends PythonObject {
  readonly typeName = 'Context';
  readonly parent: Context | null;
  readonly root: RootContext;
  private variables: Map<string, Value> | null = null;
  private functions: Map<string, DefinedFunction> | null = null;

  constructor(parent: Context | null, root: RootContext | null) {
    super();
    this.parent = parent;
    this.root = root ?? (this as unknown as RootContext);
  }

  child(): Context {
    return new Context(this, this.root);
  }

  /** @param name with its dollar; `$1` is what `$` means */
  set(name: string, value: Value): void {
    this.variables ??= new Map();
    this.variables.set(name, value);
  }

  define(defined: DefinedFunction): void {
    this.functions ??= new Map();
    this.functions.set(defined.name, defined);
    this.root.definesFunctions = true;
  }

  /** The variable that a call or lambda has set; undefined when it is left to the root. */
  find(name: string): Value | undefined {
    for (let context: Context | null = this; context !== null; context = context.parent) {
      const value = context.variables?.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Null when there is no such variable. */
  get(name: string): Value {
    const value = this.find(name);
    return value === undefined ? this.root.variable(name) : value;
  }

  /** The innermost function of that name that the expression itself has defined. */
  definedFunction(name: string): DefinedFunction | null {
    for (let context: Context | null = this; context !== null; context = context.parent) {
      const defined = context.functions?.get(name);
      if (defined !== undefined) return defined;
    }
    return null;
  }
}

/** The outermost context: `$` is the scope, `$__env` and its like are what Mistral sets beside it. */
export class RootContext extends Context {
  readonly scope: Scope;
  definesFunctions = false;
  private data: JsonObject | null = null;

  constructor(scope: Scope) {
    super(null, null);
    this.scope = scope;
    if (scope.root !== undefined) this.set('$1', scope.root);
  }

  variable(name: string): Json {
    if (name === '$1') return this.everything();
    if (!name.startsWith('$__')) return null;
    const value = this.scope.get(name.slice(1));
    if (value !== undefined) return value;
    return name === '$__env' && this.scope.mistral !== null ? this.scope.mistral.env() : null;
  }

  /** All variables of the scope in one dictionary. */
  everything(): JsonObject {
    const { scope } = this;
    this.data ??= fromEntries(Array.from(scope.keys(), (name) => [name, scope.get(name) ?? null] as const));
    return this.data;
  }
}
