import { useEffect } from 'react';
import { isFiltering, learnNodes, type Matches, matchesIn, type NodeFilter } from '../../state/node-filter.ts';
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

/** A tree is learned once nothing has changed in it for so long, in milliseconds: not again and again while it runs. */
const REST = 500;

/**
 * For who may be asked to filter a tree next: the window learns it while it has nothing else to do. A letter that comes
 * before that waits for what is left.
 */
export function useLearnedNodes(rootId: string): void {
  const tree = useStore((state) => treeOf(state, rootId));
  useEffect(() => {
    if (tree === null) return;
    let idle = 0;
    const learn = (deadline: IdleDeadline): void => {
      if (!learnNodes(tree, () => deadline.timeRemaining() > 0)) idle = requestIdleCallback(learn);
    };
    const rest = setTimeout(() => {
      idle = requestIdleCallback(learn);
    }, REST);
    return () => {
      clearTimeout(rest);
      cancelIdleCallback(idle);
    };
  }, [tree]);
}

function matchesOf(tree: Tree, filter: NodeFilter): Matches {
  const before = found.get(tree);
  if (before?.filter === filter) return before.matches;
  const matches = matchesIn(tree, filter);
  found.set(tree, { filter, matches });
  return matches;
}
