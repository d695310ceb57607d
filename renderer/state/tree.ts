import type { Node } from '../../engine/api/resources.ts';
import { type Look, lookOf } from './state-look.ts';
import { emptyTable, getRow, putRows, type Table } from './table.ts';

/** The place of a node in its tree. Changes only when nodes are added, never when they change state. */
export interface Branch {
  readonly id: string;
  readonly rootId: string;
  /** Where its row stands in the table of its tree; {@link NO_ROW} when it has none there. */
  readonly slot: number;
  /** In creation order. */
  readonly children: readonly Branch[];
  readonly expandable: boolean;
}

export const NO_ROW = -1;

/** What is below a node: how many tasks are in which state, and how many nodes of any kind have failed unhandled. */
export interface Rollup {
  readonly id: string;
  readonly tasks: Partial<Readonly<Record<Look, number>>>;
  readonly failed: number;
}

/** The mirror of one execution tree. */
export interface Tree {
  readonly revision: number;
  readonly nodes: Table<Node>;
  readonly root: Branch;
  /** Of the nodes that have anything below them. */
  readonly rollups: Table<Rollup>;
  /** So many nodes of a large tree have not come yet. */
  readonly left: number;
}

export interface NodesChange {
  readonly revision: number;
  readonly nodes: readonly Node[];
  /** So many nodes of the tree are yet to come; none when it is left out. */
  readonly left?: number;
}

/** A tree that is being asked for, is kept up to date, or could not be had. */
export type Watch =
  /** `early`: changes that came before the snapshot did. `request` tells the answer from that of an earlier question. */
  | { readonly status: 'loading'; readonly request: number; readonly early: readonly NodesChange[] }
  /** `past`: `tree` is what was, and not what is. */
  | { readonly status: 'loaded'; readonly tree: Tree; readonly past?: Past }
  | { readonly status: 'failed'; readonly message: string };

/** An execution is shown as it was at an instant. */
export interface Past {
  /** The commit of the history after which it is shown, from 1, and the last one that is known. */
  readonly position: number;
  readonly last: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The tree that is kept up to date meanwhile. */
  readonly now: Tree;
}

/** A mirror from the answer of `executions.watch`. */
export function treeFrom(rootId: string, snapshot: NodesChange): Tree {
  const empty: Tree = {
    revision: snapshot.revision,
    nodes: emptyTable(),
    root: { id: rootId, rootId, slot: NO_ROW, children: none, expandable: false },
    rollups: emptyTable(),
    left: 0,
  };
  return putNodes(empty, snapshot);
}

/** The tree after a change; what it already knows is left out. */
export function foldNodes(tree: Tree, change: NodesChange): Tree {
  return change.revision <= tree.revision ? tree : putNodes(tree, change);
}

/** Most nodes have nothing below them: they share this. */
const none: readonly Branch[] = [];

function putNodes(tree: Tree, { nodes, revision, left = 0 }: NodesChange): Tree {
  const added = new Map<string, Node>();
  const deltas = new Map<string, Delta>();
  const next = putRows(tree.nodes, sharing(nodes, tree));
  const seen = new Set<string>();
  for (const { id } of nodes) {
    if (seen.has(id)) continue;
    seen.add(id);
    const before = getRow(tree.nodes, id);
    const after = getRow(next, id);
    if (after === undefined) continue;
    if (before === undefined) added.set(id, after);
    countUpwards(deltas, next, before, after);
  }
  return {
    revision,
    nodes: next,
    root: added.size === 0 ? tree.root : grow(tree.root, next, added),
    rollups: deltas.size === 0 ? tree.rollups : putRows(tree.rollups, settle(tree.rollups, deltas)),
    left,
  };
}

/**
 * What has crossed as text has a copy of its own of every name and of every id. Here a hundred thousand nodes share a few:
 * otherwise they take a quarter more.
 */
function* sharing(nodes: readonly Node[], tree: Tree): Generator<Node> {
  const texts = new Map<string, string>();
  const shared = (text: string): string => {
    const same = texts.get(text);
    if (same === undefined) texts.set(text, text);
    return same ?? text;
  };
  const { rootId } = tree.root;
  for (const node of nodes) {
    const id = shared(node.id);
    const parentId = node.parentId === null ? null : (getRow(tree.nodes, node.parentId)?.id ?? shared(node.parentId));
    const name = shared(node.name);
    if (node.kind === 'task') yield { ...node, id, rootId, parentId, name, runs: shared(node.runs) };
    else yield { ...node, id, rootId, parentId, name };
  }
}

interface Delta {
  readonly tasks: Map<Look, number>;
  failed: number;
}

/** Notes on every node above this one what the change of its state does to the counts there. */
function countUpwards(deltas: Map<string, Delta>, nodes: Table<Node>, before: Node | undefined, after: Node): void {
  const was = before === undefined ? null : lookOf(before);
  const is = lookOf(after);
  if (was === is || after.parentId === null) return;
  const failed = Number(is === 'ERROR') - Number(was === 'ERROR');
  if (after.kind !== 'task' && failed === 0) return;
  for (let id: string | null = after.parentId; id !== null; id = getRow(nodes, id)?.parentId ?? null) {
    const delta = deltas.get(id) ?? { tasks: new Map<Look, number>(), failed: 0 };
    deltas.set(id, delta);
    delta.failed += failed;
    if (after.kind !== 'task') continue;
    if (was !== null) delta.tasks.set(was, (delta.tasks.get(was) ?? 0) - 1);
    delta.tasks.set(is, (delta.tasks.get(is) ?? 0) + 1);
  }
}

function* settle(rollups: Table<Rollup>, deltas: ReadonlyMap<string, Delta>): Generator<Rollup> {
  for (const [id, delta] of deltas) {
    const before = getRow(rollups, id);
    const tasks = { ...before?.tasks };
    for (const [look, change] of delta.tasks) {
      const count = (tasks[look] ?? 0) + change;
      if (count === 0) delete tasks[look];
      else tasks[look] = count;
    }
    yield { id, tasks, failed: (before?.failed ?? 0) + delta.failed };
  }
}

/** Puts new nodes at their places. Copies only the branches above them. */
function grow(root: Branch, nodes: Table<Node>, added: ReadonlyMap<string, Node>): Branch {
  const newChildren = new Map<string, Node[]>();
  const touched = new Set<string>();
  for (const node of added.values()) {
    if (node.parentId === null) continue;
    const siblings = newChildren.get(node.parentId);
    if (siblings === undefined) newChildren.set(node.parentId, [node]);
    else siblings.push(node);
    for (let id: string | null = node.parentId; id !== null && !touched.has(id); ) {
      touched.add(id);
      id = getRow(nodes, id)?.parentId ?? null;
    }
  }

  const slotOf = (id: string) => nodes.slots.get(id) ?? NO_ROW;
  const orderOf = (branch: Branch) => getRow(nodes, branch.id)?.order ?? 0;
  const rebuild = (id: string, old: readonly Branch[]): Branch => {
    const children = old.map((child) => (touched.has(child.id) ? rebuild(child.id, child.children) : child));
    const before = children.at(-1);
    const fresh = newChildren.get(id) ?? [];
    for (const node of fresh) children.push(rebuildNew(node.id));
    const inOrder = isSorted(fresh, before === undefined ? Number.NEGATIVE_INFINITY : orderOf(before));
    if (!inOrder) children.sort((a, b) => orderOf(a) - orderOf(b));
    return { id, rootId: root.rootId, slot: slotOf(id), children, expandable: children.length > 0 };
  };
  const rebuildNew = (id: string): Branch =>
    touched.has(id)
      ? rebuild(id, none)
      : { id, rootId: root.rootId, slot: slotOf(id), children: none, expandable: false };
  return touched.has(root.id) ? rebuild(root.id, root.children) : root;
}

function isSorted(nodes: readonly Node[], after: number): boolean {
  let last = after;
  return nodes.every(({ order }) => {
    const sorted = order >= last;
    last = order;
    return sorted;
  });
}
