import type { Node } from '../../../engine/api/resources.ts';
import type { Branch } from '../../state/tree.ts';
import { Rows } from '../../ui/tree-grid/rows.ts';

/**
 * The rows of the timeline: every workflow execution and every task, in the order of the tree.
 *
 * @param kindOf of a node, by its id: no node changes it
 * @param each also the attempts and items of tasks that have more than one, a row for each
 */
export function timelineRows(
  root: Branch,
  kindOf: (id: string) => Node['kind'] | undefined,
  each: boolean,
): Rows<Branch> {
  return new Rows([root], ({ id, children }) => {
    if (kindOf(id) === 'workflow') return true;
    const [first] = children;
    const nested = first !== undefined && kindOf(first.id) === 'workflow';
    return nested || (each && children.length > 1);
  });
}
