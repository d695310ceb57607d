import { useMemo } from 'react';
import { isFiltering, type Matches, matchesIn } from '../../state/node-filter.ts';
import { treeOf } from '../../state/nodes.ts';
import { useStore } from '../../state/store.ts';

/** What matches the filter within the execution that is shown alone; null while nothing is looked for. */
export function useMatches(): Matches | null {
  const filter = useStore((state) => state.nodeFilter);
  const wanted = useStore((state) => state.opened !== null && isFiltering(state.nodeFilter));
  const tree = useStore((state) => (wanted ? treeOf(state, state.opened ?? '') : null));
  return useMemo(() => (tree === null ? null : matchesIn(tree, filter)), [tree, filter]);
}
