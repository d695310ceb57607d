import type { Change } from '../../engine/api/changes.ts';
import type { Node } from '../../engine/api/resources.ts';
import { isCompleted } from '../../engine/model/states.ts';
import { showNode } from './execution-actions.ts';
import { nodeOf, treeOf } from './nodes.ts';
import { isUnderWay } from './state-look.ts';
import { getState, update } from './store.ts';
import { allRows } from './table.ts';

/** Lets the selection follow what runs in the selected execution, until something else is selected or it has ended. */
export function toggleFollowing(): void {
  const { following, selected } = getState();
  if (following || selected === null) {
    update(() => ({ following: false }));
    return;
  }
  const tree = treeOf(getState(), selected.rootId);
  follow(tree === null ? [] : [...allRows(tree.nodes)]);
  update(() => ({ following: true }));
}

/** Goes to what has started last, if it is followed. */
export function followChanges(changes: readonly Change[]): void {
  const { following, selected } = getState();
  if (!following || selected === null) return;
  const { rootId } = selected;
  follow(changes.flatMap((change) => (change.type === 'nodes' && change.rootId === rootId ? change.nodes : [])));
  const root = nodeOf(getState(), { rootId, id: rootId });
  if (root === null || isCompleted(root.state)) update(() => ({ following: false }));
  else update(() => ({ following: true }));
}

/** The last task that runs an action: what a nested workflow does is seen in its own tasks. */
function follow(nodes: readonly Node[]): void {
  let newest: Node | null = null;
  for (const node of nodes) {
    if (node.kind !== 'task' || node.type !== 'ACTION' || !isUnderWay(node)) continue;
    if (newest === null || node.order >= newest.order) newest = node;
  }
  if (newest !== null) showNode(newest);
}
