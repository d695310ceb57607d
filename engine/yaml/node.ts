import { BigInteger, Float, fromEntries, type Json } from '../model/json.ts';

/**
 * A YAML text as a tree that still knows where everything stood. Positions are offsets into the text: `start` is the
 * first character, `end` is just after the last one.
 */
export type YamlNode = ScalarNode | ListNode | MapNode;

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** `date` and `binary` are what JSON has no word for; their value is the text that stands for them. */
export type ScalarType = 'null' | 'boolean' | 'integer' | 'float' | 'string' | 'date' | 'binary';

/** A day, or a moment with or without a zone. */
export interface Timestamp {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly time: {
    readonly hour: number;
    readonly minute: number;
    readonly second: number;
    readonly microsecond: number;
    /** What the zone is ahead of UTC, in minutes; null without a zone. */
    readonly offset: number | null;
  } | null;
}

/** Where a scalar stands and how it is written. */
export interface ScalarPlace {
  readonly style: ScalarStyle;
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode extends ScalarPlace {
  readonly kind: 'scalar';
  readonly type: ScalarType;
  readonly value: null | boolean | number | string | Float | BigInteger;
  /** Of the type `date` only. */
  readonly timestamp?: Timestamp;
}

interface ListNode {
  readonly kind: 'list';
  /** What it is by its tag: the members of a `!!set`, the pairs (lists of two) of `!!omap` and `!!pairs`. */
  readonly form: 'list' | 'set' | 'pairs';
  readonly items: readonly YamlNode[];
  readonly start: number;
  readonly end: number;
}

/** Every key stands once: of keys written twice the last value counts, at the place of the first. */
export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly start: number;
  readonly end: number;
}

export interface MapEntry {
  readonly key: ScalarNode;
  readonly value: YamlNode;
}

/**
 * The value without positions. A key that is not text becomes the text that Python's JSON writes for it.
 * Nodes that an alias shares become shared values.
 */
export function toJson(node: YamlNode): Json {
  return convert(node, new Map());
}

function convert(node: YamlNode, done: Map<YamlNode, Json>): Json {
  if (node.kind === 'scalar') return node.value;
  const before = done.get(node);
  if (before !== undefined) return before;
  const value =
    node.kind === 'list'
      ? node.items.map((item) => convert(item, done))
      : fromEntries(node.entries.map((entry) => [keyText(entry.key), convert(entry.value, done)]));
  done.set(node, value);
  return value;
}

export function keyText(key: ScalarNode): string {
  const { value } = key;
  if (typeof value === 'string') return value;
  if (value instanceof BigInteger) return value.value.toString();
  if (value instanceof Float) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  return String(value);
}
