import type { Node } from '../../engine/api/resources.ts';
import { type Look, lookOf } from './state-look.ts';
import { CHUNK, type Table } from './table.ts';
import { type Branch, NO_ROW, type Tree } from './tree.ts';

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
  /** By the slot of a node: whether it is to be shown, and whether it is above one that matches. */
  readonly marks: Uint8Array;
  /** Of branches with many children those that match, once they were asked for: rows ask again and again. */
  readonly below: Map<Branch, readonly Branch[]>;
}

const KEPT = 1;
const ABOVE = 2;

/** Of so many children it is as soon found out again as looked up which of them match. */
const FEW = 20;

/**
 * Linear in the nodes of the execution, and quick enough for each letter that is typed: names are compared once each, and
 * nodes are marked by their slots. A set of the ids of a hundred thousand takes a tenth of a second and more, ten times as
 * long.
 */
export function matchesIn({ nodes }: Pick<Tree, 'nodes'>, { text, look }: NodeFilter): Matches {
  const marks = new Uint8Array(nodes.size);
  let count = 0;
  const wanted = text.trim().toLowerCase();
  learnNodes({ nodes }, () => true);
  const { names, ofSlot, parentOf } = factsOf(nodes);
  const holds = names.map((name) => name.includes(wanted));
  let slot = -1;
  for (const chunk of nodes.chunks) {
    for (const node of chunk) {
      slot += 1;
      const named = holds[ofSlot[slot] ?? 0] === true;
      if (!named && node.message?.toLowerCase().includes(wanted) !== true) continue;
      if (look !== null && lookOf(node) !== look) continue;
      count += 1;
      marks[slot] = (marks[slot] ?? 0) | KEPT;
      for (let above = parentOf[slot] ?? NO_ROW; above !== NO_ROW; above = parentOf[above] ?? NO_ROW) {
        if (((marks[above] ?? 0) & ABOVE) !== 0) break;
        marks[above] = KEPT | ABOVE;
      }
    }
  }
  return { count, marks, below: new Map() };
}

/** What a filter asks of every node, and what never changes but for a name: of each slot of a table. */
interface Facts {
  /** In small letters. A few names are those of a hundred thousand nodes: each of them once, and which one each node has. */
  readonly names: string[];
  readonly places: Map<string, number>;
  readonly ofSlot: number[];
  /** The slot of the node above, which always comes first; {@link NO_ROW} of a root. */
  readonly parentOf: number[];
  /** The chunks that this was read from: what is in the place of one of them is read again. */
  readonly read: (readonly Node[])[];
}

/** By what the versions of one table have in common. */
const known = new WeakMap<Table<Node>['slots'], Facts>();

/**
 * Does beforehand what the first letter of a filter would have to wait for: about a tenth of a second for a hundred
 * thousand tasks.
 *
 * @param mayGoOn asked before each part of a tenth of a millisecond
 * @returns whether all of it is done
 */
export function learnNodes({ nodes }: Pick<Tree, 'nodes'>, mayGoOn: () => boolean): boolean {
  const { slots, chunks } = nodes;
  const facts = factsOf(nodes);
  for (const [index, chunk] of chunks.entries()) {
    if (facts.read[index] === chunk) continue;
    if (!mayGoOn()) return false;
    facts.read[index] = chunk;
    let slot = index * CHUNK;
    for (const node of chunk) {
      facts.parentOf[slot] = slots.get(node.parentId ?? '') ?? NO_ROW;
      facts.ofSlot[slot] = placeOf(node, facts);
      slot += 1;
    }
  }
  return true;
}

/** As far as they have been learned. */
function factsOf({ slots }: Table<Node>): Facts {
  const facts: Facts = known.get(slots) ?? { names: [], places: new Map(), ofSlot: [], parentOf: [], read: [] };
  known.set(slots, facts);
  return facts;
}

function placeOf(node: Node, { names, places }: Facts): number {
  // Nobody can write a line break into the field: what is looked for is never found across it.
  const name = node.kind === 'task' ? `${node.name}\n${node.runs}` : node.name;
  const place = places.get(name);
  if (place !== undefined) return place;
  places.set(name, names.length);
  return names.push(name.toLowerCase()) - 1;
}

/** Whether something below a node matches. */
export function isAbove({ marks }: Matches, { slot }: Branch): boolean {
  return ((marks[slot] ?? 0) & ABOVE) !== 0;
}

/** What is shown below a row while a filter is on: what matches; below a match that has no other one, all of it. */
export function keptBelow(matches: Matches, branch: Branch): readonly Branch[] {
  if (!isAbove(matches, branch)) return branch.children;
  const { marks, below } = matches;
  const known = below.get(branch);
  if (known !== undefined) return known;
  const found = branch.children.filter(({ slot }) => ((marks[slot] ?? 0) & KEPT) !== 0);
  if (branch.children.length > FEW) below.set(branch, found);
  return found;
}
