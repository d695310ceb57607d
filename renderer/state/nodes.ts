import type { Node, TaskNode, WorkflowNode } from '../../engine/api/resources.ts';
import { isCompleted } from '../../engine/model/states.ts';
import { interruptionInWords, interruptionOf } from './interruption.ts';
import { isUnderWay, lookOf } from './state-look.ts';
import { getRow } from './table.ts';
import type { Branch, Rollup, Tree } from './tree.ts';
import type { NodeKey, WindowState } from './window-state.ts';

type Nodes = Pick<WindowState, 'watches' | 'executions'>;

export function treeOf({ watches }: Pick<WindowState, 'watches'>, rootId: string): Tree | null {
  const watch = watches.get(rootId);
  return watch?.status === 'loaded' ? watch.tree : null;
}

/** From the tree that is kept up to date, else from the list. Null when neither has it. */
export function nodeOf(state: Nodes, { rootId, id }: NodeKey): Node | null {
  const tree = treeOf(state, rootId);
  const inTree = tree === null ? undefined : getRow(tree.nodes, id);
  return inTree ?? (id === rootId ? (getRow(state.executions.rows, id) ?? null) : null);
}

/** What is below a node; null when nothing is, or not all of its tree is here: counts of a part would be taken for the whole. */
export function rollupOf(state: Pick<WindowState, 'watches'>, key: NodeKey): Rollup | null {
  return treeOf(state, key.rootId)?.left === 0 ? knownRollupOf(state, key) : null;
}

/** The same of what is here. */
export function knownRollupOf(state: Pick<WindowState, 'watches'>, { rootId, id }: NodeKey): Rollup | null {
  const tree = treeOf(state, rootId);
  return tree === null ? null : (getRow(tree.rollups, id) ?? null);
}

/** How far the tree of a root has come, as a sentence; null when all of it is here, or nothing. */
export function loadingOf(state: Pick<WindowState, 'watches'>, rootId: string): string | null {
  const tree = treeOf(state, rootId);
  if (tree === null || tree.left === 0) return null;
  const { size } = tree.nodes;
  return `Loading: ${size.toLocaleString('en')} of ${(size + tree.left).toLocaleString('en')} rows`;
}

/** The nodes from the root down to this one, itself included. Empty when it is not known. */
export function pathTo(state: Nodes, key: NodeKey): readonly Node[] {
  const path: Node[] = [];
  for (let id: string | null = key.id; id !== null; ) {
    const node = nodeOf(state, { rootId: key.rootId, id });
    if (node === null) break;
    path.unshift(node);
    id = node.parentId;
  }
  return path;
}

/** The workflow execution that a node is in, or is. Null when it is not known, or there is none. */
export function workflowOf(state: Nodes, key: NodeKey): WorkflowNode | null {
  return pathTo(state, key).findLast((node) => node.kind === 'workflow') ?? null;
}

/** The task that a node is part of, or is, within its own workflow execution. */
function taskOf(state: Nodes, key: NodeKey): TaskNode | null {
  const above = pathTo(state, key);
  const workflow = above.findLastIndex((node) => node.kind === 'workflow');
  const task = above[workflow + 1];
  return task?.kind === 'task' ? task : null;
}

/** The name of the task that is selected in this workflow execution, whether it has run or not. */
export function selectedTaskName(
  state: Nodes & Pick<WindowState, 'selected' | 'picked'>,
  workflow: NodeKey,
): string | null {
  const { selected, picked } = state;
  if (selected?.id === workflow.id) return picked?.workflowId === workflow.id ? picked.name : null;
  return selected === null ? null : (taskOf(state, selected)?.name ?? null);
}

/**
 * Whether a task only counts as running: its workflow is paused and nothing of it runs any more, or has ended before its
 * delay was over. Mistral has no state for it, but nobody should be told that something happens there.
 */
export function isHeld(state: Nodes, node: Node): boolean {
  if (node.kind !== 'task' || node.parentId === null || !isUnderWay(node)) return false;
  const workflow = nodeOf(state, { rootId: node.rootId, id: node.parentId });
  if (workflow?.kind !== 'workflow') return false;
  return lookOf(workflow) === 'PAUSED' || (node.state === 'RUNNING_DELAYED' && isCompleted(workflow.state));
}

/** Why it waits or failed, or else what it went through, in one line; what is left of a delay is not in it. */
export function messageOf(node: Node, held: boolean): string | null {
  const interruption = interruptionOf(node);
  return (
    node.message ??
    (held ? 'Held while the workflow is paused' : interruption === null ? null : interruptionInWords(interruption))
  );
}

/** The places of the nodes from the root down to this one. Empty when its tree is not here. */
export function branchesTo(state: Nodes, key: NodeKey): readonly Branch[] {
  const tree = treeOf(state, key.rootId);
  if (tree === null) return [];
  const branches: Branch[] = [tree.root];
  const [, ...below] = pathTo(state, key);
  for (const { id } of below) {
    const branch = branches.at(-1)?.children.find((child) => child.id === id);
    if (branch === undefined) return [];
    branches.push(branch);
  }
  return branches.at(-1)?.id === key.id ? branches : [];
}

/** What the node made last: the newest attempt of a task. Null when it has made nothing, or its tree is not here. */
export function lastChildOf(state: Nodes, key: NodeKey): Node | null {
  const last = branchesTo(state, key).at(-1)?.children.at(-1);
  return last === undefined ? null : nodeOf(state, last);
}

/** The listed executions as the roots of a forest; those whose tree is not here have no children yet. */
export function rootsOf({ executions, watches }: Nodes): readonly Branch[] {
  return executions.roots.map((root) => {
    const tree = treeOf({ watches }, root.id);
    return tree?.root.expandable === true ? tree.root : root;
  });
}
