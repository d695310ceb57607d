import type { MapEntry, MapNode, ScalarNode, YamlNode } from './node.ts';

/** A key and its value as they stand in the text. */
export interface WrittenEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

type Note = (message: string, place: YamlNode) => void;

/** Makes a dictionary of what stands in the text: `<<` is followed, and every key is there once. */
export function buildMap(entries: readonly WrittenEntry[], start: number, end: number, note: Note): MapNode {
  const map = new Map<unknown, MapEntry>();
  // What is merged comes first, so the dictionary's own keys win.
  for (const entry of entries) if (merges(entry)) merge(entry.value, map, note);
  for (const entry of entries) {
    if (merges(entry)) continue;
    if (entry.key.kind === 'scalar') put(map, entry.key, entry.value);
    else note('A list or a dictionary cannot be a key; text with {{ }}, { } or [ ] needs quotes around it.', entry.key);
  }
  return { kind: 'map', entries: [...map.values()], start, end };
}

function merges({ key }: WrittenEntry): boolean {
  return key.kind === 'scalar' && key.value === '<<' && key.style === 'plain';
}

/** Of several merged dictionaries the first one wins. */
function merge(value: YamlNode, into: Map<unknown, MapEntry>, note: Note): void {
  const sources = value.kind === 'list' ? value.items.toReversed() : [value];
  for (const source of sources) {
    if (source.kind === 'map') for (const entry of source.entries) put(into, entry.key, entry.value);
    else note("Only a dictionary, or a list of dictionaries, can follow '<<:'.", source);
  }
}

/** The last value wins, and stays where the key stood first. */
function put(into: Map<unknown, MapEntry>, key: ScalarNode, value: YamlNode): void {
  const identity = identityOf(key);
  into.set(identity, { key: into.get(identity)?.key ?? key, value });
}

/** Python holds 1, 1.0 and True for the same key. */
function identityOf(key: ScalarNode): unknown {
  const { value } = key;
  if (typeof value === 'string') return key.type === 'string' ? value : `${key.type} ${value}`;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value !== null && typeof value === 'object') {
    return typeof value.value === 'bigint' ? `integer ${value.value}` : value.value;
  }
  return value;
}
