import type { Value } from '../python/value.ts';
import type { TemplateRun } from './template-run.ts';
import { undefinedName } from './undefined.ts';

/** Variables that a template has set, and those around them. */
export class Frame {
  readonly run: TemplateRun;
  private readonly parent: Frame | null;
  private variables: Map<string, Value> | null = null;

  constructor(run: TemplateRun, parent: Frame | null) {
    this.run = run;
    this.parent = parent;
  }

  child(): Frame {
    return new Frame(this.run, this);
  }

  /** That of the template itself. */
  root(): Frame {
    return this.parent === null ? this : this.parent.root();
  }

  set(name: string, value: Value): void {
    this.variables ??= new Map();
    this.variables.set(name, value);
  }

  /** What the template has set; undefined when it has set nothing of that name. */
  find(name: string): Value | undefined {
    for (let frame: Frame | null = this; frame !== null; frame = frame.parent) {
      const value = frame.variables?.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  get(name: string): Value {
    const own = this.find(name);
    const value = own === undefined ? this.run.name(name) : own;
    return value === undefined ? undefinedName(name) : value;
  }
}
