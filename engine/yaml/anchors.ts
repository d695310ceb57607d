import type { YamlNode } from './node.ts';
import type { Token } from './token.ts';
import { errorAt } from './token-stream.ts';
import { YamlError } from './yaml-error.ts';

interface Anchor {
  /** Null while the value is being read: an alias to it would make the value contain itself. */
  readonly node: YamlNode | null;
  readonly values: number;
}

/** Remembers anchored values, and counts what a text stands for once its aliases are followed. */
export class Anchors {
  private readonly anchors = new Map<string, Anchor>();
  private readonly maxValues: number;
  private values = 0;

  constructor(maxValues: number) {
    this.maxValues = maxValues;
  }

  /** Counts a value. @throws YamlError when there are too many */
  count(place: Token, values = 1): void {
    this.values += values;
    if (this.values > this.maxValues) {
      throw new YamlError(`This text stands for more than ${this.maxValues} values.`, place.start);
    }
  }

  /** Reads the value of an anchor. @throws YamlError when the anchor is there already */
  define(anchor: Token, read: () => YamlNode): YamlNode {
    if (this.anchors.has(anchor.text)) throw errorAt(anchor, `The anchor &${anchor.text} is defined twice.`);
    this.anchors.set(anchor.text, { node: null, values: 0 });
    const before = this.values;
    const node = read();
    this.anchors.set(anchor.text, { node, values: this.values - before + 1 });
    return node;
  }

  /** The value that an alias stands for. @throws YamlError when there is none */
  follow(alias: Token): YamlNode {
    const anchor = this.anchors.get(alias.text);
    if (anchor === undefined) throw errorAt(alias, `There is no anchor &${alias.text} before this alias.`);
    if (anchor.node === null) throw errorAt(alias, `The value of &${alias.text} would contain itself.`);
    this.count(alias, anchor.values);
    return anchor.node;
  }
}
