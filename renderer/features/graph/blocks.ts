import type { GraphModel, Link } from './graph-model.ts';

/** Fewer than these stand beside each other like any others. */
const FEWEST = 6;

/** Tasks that follow the same tasks under the same conditions, and lead to the same ones: they stand in one block. */
export interface Block {
  readonly id: string;
  /** The ids of their places. */
  readonly members: readonly string[];
}

/** The blocks of a graph. What is open, a task that leads to itself and what is no task is in none. */
export function blocksOf({ places, links }: GraphModel): readonly Block[] {
  const around = new Map<string, string[]>();
  const alone = new Set<string>();
  const note = (id: string, side: 'from' | 'to', { clause, guard, ...link }: Link) => {
    const said = around.get(id) ?? [];
    around.set(id, said);
    said.push(JSON.stringify([side, side === 'from' ? link.from : link.to, clause, guard]));
  };
  for (const link of links) {
    if (link.from === link.to) alone.add(link.from);
    note(link.to, 'from', link);
    note(link.from, 'to', link);
  }
  const alike = new Map<string, string[]>();
  for (const place of places) {
    if (place.kind !== 'task' || place.inside !== null || alone.has(place.id)) continue;
    const signature = (around.get(place.id) ?? []).sort().join('\n');
    const members = alike.get(signature) ?? [];
    alike.set(signature, members);
    members.push(place.id);
  }
  return [...alike.values()]
    .filter((members) => members.length >= FEWEST)
    .map((members) => ({ id: `block ${members[0]}`, members }));
}
