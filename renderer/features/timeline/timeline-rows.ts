import { getRow } from '../../state/table.ts';
import type { Branch, Tree } from '../../state/tree.ts';
import { Rows } from '../../ui/tree-grid/rows.ts';

/**
 * The rows of the timeline: every workflow execution and every task, in the order of the tree.
 *
 * @param each also the attempts and items of tasks that have more than one, a row for each
 */
export function timelineRows({ root, nodes }: Pick<Tree, 'root' | 'nodes'>, each: boolean): Rows<Branch> {
  return new Rows([root], ({ id, children }) => {
    if (getRow(nodes, id)?.kind === 'workflow') return true;
    const [first] = children;
    const nested = first !== undefined && getRow(nodes, first.id)?.kind === 'workflow';
    return nested || (each && children.length > 1);
  });
}
