import { knownRollupOf, nodeOf, pathTo, rootsOf } from './nodes.ts';
import { lookOf } from './state-look.ts';
import type { Branch } from './tree.ts';
import type { NodeKey, WindowState } from './window-state.ts';

/**
 * The path to the next (or previous) thing that failed and that nobody took care of, in the order of the rows, whether
 * its row is open or not. Starts again from the other end. Null when nothing has failed.
 */
export function nextFailed(
  state: Pick<WindowState, 'watches' | 'executions'>,
  from: NodeKey | null,
  direction: 1 | -1,
): readonly Branch[] | null {
  const failed: (readonly Branch[])[] = [];
  const onTheWay = new Set(from === null ? [] : pathTo(state, from).map(({ id }) => id));
  /** How many failed ones come before `from`, and whether it is one itself. */
  let before = 0;
  let isFailed = false;

  const visit = (branch: Branch, above: readonly Branch[]) => {
    const node = nodeOf(state, branch);
    const path = [...above, branch];
    const here = node !== null && lookOf(node) === 'ERROR';
    if (branch.id === from?.id) {
      before = failed.length;
      isFailed = here;
    }
    if (here) failed.push(path);
    const below = (knownRollupOf(state, branch)?.failed ?? 0) > 0;
    if (below || onTheWay.has(branch.id)) for (const child of branch.children) visit(child, path);
  };
  for (const root of rootsOf(state)) visit(root, []);

  const target = direction === 1 ? before + Number(isFailed) : before - 1;
  return failed.at(target >= failed.length ? 0 : target) ?? null;
}
