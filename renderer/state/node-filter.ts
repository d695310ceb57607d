import type { Node } from '../../engine/api/resources.ts';
import { type Look, lookOf } from './state-look.ts';
import { CHUNK, getRow, type Table } from './table.ts';
import type { Branch, Tree } from './tree.ts';

/** What is looked for within one execution. */
export interface NodeFilter {
  /** Part of a name or a message, in capital letters or not. */
  readonly text: string;
  readonly look: Look | null;
}

export const noFilter: NodeFilter = { text: '', look: null };

export function isFiltering({ text, look }: NodeFilter): boolean {
  return text.trim() !== '' || look !== null;
}

export interface Matches {
  readonly count: number;
  /** The nodes that match, and those above them. */
  readonly kept: ReadonlySet<string>;
  /** The nodes above one that matches. */
  readonly above: ReadonlySet<string>;
  /** Of branches with many children those that match, once they were asked for: rows ask again and again. */
  readonly below: Map<Branch, readonly Branch[]>;
}

/** Of so many children it is as soon found out again as looked up which of them match. */
const FEW = 20;

/** Linear in the nodes of the execution, and quick enough for each letter that is typed: names are compared once each. */
export function matchesIn({ nodes }: Pick<Tree, 'nodes'>, { text, look }: NodeFilter): Matches {
  const kept = new Set<string>();
  const above = new Set<string>();
  let count = 0;
  const wanted = text.trim().toLowerCase();
  const { names, ofSlot } = namesIn(nodes);
  const holds = names.map((name) => name.includes(wanted));
  let slot = 0;
  for (const chunk of nodes.chunks) {
    for (const node of chunk) {
      const named = holds[ofSlot[slot++] ?? 0] === true;
      if (!named && node.message?.toLowerCase().includes(wanted) !== true) continue;
      if (look !== null && lookOf(node) !== look) continue;
      count += 1;
      kept.add(node.id);
      for (let id = node.parentId; id !== null && !above.has(id); id = getRow(nodes, id)?.parentId ?? null) {
        above.add(id);
        kept.add(id);
      }
    }
  }
  return { count, kept, above, below: new Map() };
}

/** A few names are those of a hundred thousand nodes: each of them once, in small letters, and which one each node has. */
interface Names {
  readonly names: string[];
  readonly places: Map<string, number>;
  readonly ofSlot: number[];
  /** The chunks that this was read from: what is in the place of one of them is read again. */
  readonly read: (readonly Node[])[];
}

/** By what the versions of one table have in common. */
const known = new WeakMap<Table<Node>['slots'], Names>();

/** Does beforehand what the first letter of a filter would have to wait for. */
export function learnNames({ nodes }: Pick<Tree, 'nodes'>): void {
  namesIn(nodes);
}

function namesIn({ slots, chunks }: Table<Node>): Names {
  const found: Names = known.get(slots) ?? { names: [], places: new Map(), ofSlot: [], read: [] };
  known.set(slots, found);
  for (const [index, chunk] of chunks.entries()) {
    if (found.read[index] === chunk) continue;
    found.read[index] = chunk;
    let slot = index * CHUNK;
    for (const node of chunk) found.ofSlot[slot++] = placeOf(node, found);
  }
  return found;
}

function placeOf(node: Node, { names, places }: Names): number {
  // Nobody can write a line break into the field: what is looked for is never found across it.
  const name = node.kind === 'task' ? `${node.name}\n${node.runs}` : node.name;
  const place = places.get(name);
  if (place !== undefined) return place;
  places.set(name, names.length);
  return names.push(name.toLowerCase()) - 1;
}

/** What is shown below a row while a filter is on: what matches; below a match that has no other one, all of it. */
export function keptBelow({ kept, above, below }: Matches, branch: Branch): readonly Branch[] {
  if (!above.has(branch.id)) return branch.children;
  const known = below.get(branch);
  if (known !== undefined) return known;
  const found = branch.children.filter(({ id }) => kept.has(id));
  if (branch.children.length > FEW) below.set(branch, found);
  return found;
}
