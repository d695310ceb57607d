import type { Node } from '../../engine/api/resources.ts';
import { type Look, lookOf } from './state-look.ts';
import { allRows, getRow } from './table.ts';
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
}

/** Linear in the nodes of the execution, and quick enough for each letter that is typed. */
export function matchesIn({ nodes }: Pick<Tree, 'nodes'>, filter: NodeFilter): Matches {
  const kept = new Set<string>();
  const above = new Set<string>();
  let count = 0;
  const matches = matcherOf(filter);
  for (const node of allRows(nodes)) {
    if (!matches(node)) continue;
    count += 1;
    kept.add(node.id);
    for (let id = node.parentId; id !== null && !above.has(id); id = getRow(nodes, id)?.parentId ?? null) {
      above.add(id);
      kept.add(id);
    }
  }
  return { count, kept, above };
}

/** A few names are those of a hundred thousand nodes: each is looked at once. */
function matcherOf({ text, look }: NodeFilter): (node: Node) => boolean {
  const wanted = text.trim().toLowerCase();
  const names = new Map<string, boolean>();
  const holds = (name: string): boolean => {
    let known = names.get(name);
    if (known === undefined) {
      known = name.toLowerCase().includes(wanted);
      names.set(name, known);
    }
    return known;
  };
  return (node) => {
    if (look !== null && lookOf(node) !== look) return false;
    if (wanted === '') return true;
    if (holds(node.name) || (node.kind === 'task' && holds(node.runs))) return true;
    return node.message?.toLowerCase().includes(wanted) === true;
  };
}

/** What is shown below a row while a filter is on: what matches; below a match that has no other one, all of it. */
export function keptBelow({ kept, above }: Matches, branch: Branch): readonly Branch[] {
  return above.has(branch.id) ? branch.children.filter(({ id }) => kept.has(id)) : branch.children;
}
