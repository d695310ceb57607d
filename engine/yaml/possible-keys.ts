import type { Cursor } from './cursor.ts';
import { YamlError } from './yaml-error.ts';

/** A place where a key may have begun; that it is one shows only at the `:` behind it. */
export interface PossibleKey {
  /** Where the tokens of the key begin. */
  readonly index: number;
  /** Nothing but a key may stand here. */
  readonly required: boolean;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** What stands where a key must stand is none. */
export class MissingColon extends YamlError {
  readonly key: PossibleKey;

  constructor(key: PossibleKey, cursor: Cursor) {
    const [line = ''] = cursor.text.slice(key.offset, cursor.offset).split(/[\r\n]/, 1);
    super("A ':' is missing after this key.", key.offset, key.offset + Math.max(1, line.trimEnd().length));
    this.key = key;
  }
}

/** YAML's own limit, which keeps looking ahead cheap. */
const LONGEST_KEY = 1024;

/** The places where a key may have begun: at most one in every level of flow collections. */
export class PossibleKeys {
  private readonly cursor: Cursor;
  private readonly keys: (PossibleKey | undefined)[] = [];

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  note(level: number, key: PossibleKey): void {
    this.drop(level);
    this.keys[level] = key;
  }

  /** @throws MissingColon when there must be one */
  drop(level: number): void {
    const key = this.take(level);
    if (key?.required) throw new MissingColon(key, this.cursor);
  }

  take(level: number): PossibleKey | undefined {
    const key = this.keys[level];
    this.keys[level] = undefined;
    return key;
  }

  /** A key stands in one line. @throws MissingColon when there must be one */
  dropStale(): void {
    for (let level = this.keys.length - 1; level >= 0; level -= 1) {
      const key = this.keys[level];
      if (key === undefined) continue;
      if (key.line !== this.cursor.line || this.cursor.offset - key.offset > LONGEST_KEY) this.drop(level);
    }
  }
}
