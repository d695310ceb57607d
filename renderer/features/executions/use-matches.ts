import { useEffect } from 'react';
import { isFiltering, learnNames, type Matches, matchesIn, type NodeFilter } from '../../state/node-filter.ts';
import { treeOf } from '../../state/nodes.ts';
import { useStore } from '../../state/store.ts';
import type { Tree } from '../../state/tree.ts';

/** What was looked for last in a tree, once for all who show it. */
const found = new WeakMap<Tree, { readonly filter: NodeFilter; readonly matches: Matches }>();

/** What matches the filter within the execution that is shown alone; null while nothing is looked for. */
export function useMatches(): Matches | null {
  const filter = useStore((state) => state.nodeFilter);
  const wanted = useStore((state) => state.opened !== null && isFiltering(state.nodeFilter));
  const tree = useStore((state) => (wanted ? treeOf(state, state.opened ?? '') : null));
  return tree === null ? null : matchesOf(tree, filter);
}

/** For who shows the field of the filter, so that its first letter finds at once. */
export function useLearnedNames(): void {
  const tree = useStore((state) => (state.opened === null ? null : treeOf(state, state.opened)));
  useEffect(() => {
    if (tree !== null) learnNames(tree);
  }, [tree]);
}

function matchesOf(tree: Tree, filter: NodeFilter): Matches {
  const before = found.get(tree);
  if (before?.filter === filter) return before.matches;
  const matches = matchesIn(tree, filter);
  found.set(tree, { filter, matches });
  return matches;
}
