import type { Change } from '../../engine/api/changes.ts';
import type { ExecutionSummary } from '../../engine/api/resources.ts';
import { foldExecutions, removeExecution } from './execution-list.ts';
import { foldNodes, type NodesChange, treeFrom, type Watch } from './tree.ts';
import type { WindowState } from './window-state.ts';

/** The part of the state that mirrors the backend. */
export type Mirror = Pick<WindowState, 'workflows' | 'executions' | 'watches' | 'troubles' | 'selected' | 'expansions'>;

/** The mirror after a batch of changes. Folding a batch twice does no harm. */
export function foldChanges(mirror: Mirror, changes: readonly Change[]): Mirror {
  let { workflows, executions, watches, troubles, selected, expansions } = mirror;
  let summaries: ExecutionSummary[] = [];
  const listSummaries = () => {
    if (summaries.length > 0) executions = foldExecutions(executions, summaries);
    summaries = [];
  };

  for (const change of changes) {
    switch (change.type) {
      case 'execution':
        summaries.push(change.execution);
        break;
      case 'executionDeleted': {
        listSummaries();
        const { id } = change;
        executions = removeExecution(executions, id);
        if (watches.has(id)) watches = without(watches, id);
        if (expansions.has(id)) expansions = without(expansions, id);
        if (selected?.rootId === id) selected = null;
        break;
      }
      case 'nodes': {
        const watch = watches.get(change.rootId);
        if (watch !== undefined) watches = new Map(watches).set(change.rootId, foldIntoWatch(watch, change));
        break;
      }
      case 'workflows':
        workflows = { status: 'loaded', value: change.workflows };
        break;
      case 'troubles':
        troubles = change.troubles;
        break;
      default:
        change satisfies never;
    }
  }
  listSummaries();
  return { workflows, executions, watches, troubles, selected, expansions };
}

/**
 * The watch after an answer of `executions.watch`, with the changes that were faster than the answer. Of two answers
 * (the tree was closed and opened again meanwhile) the newer one counts.
 */
export function beginWatch(rootId: string, watch: Watch, snapshot: NodesChange): Watch {
  if (watch.status === 'loaded' && watch.tree.revision >= snapshot.revision) return watch;
  const early = watch.status === 'loading' ? watch.early : [];
  return { status: 'loaded', tree: early.reduce(foldNodes, treeFrom(rootId, snapshot)) };
}

function foldIntoWatch(watch: Watch, change: NodesChange): Watch {
  switch (watch.status) {
    case 'loading':
      return { status: 'loading', early: [...watch.early, change] };
    case 'loaded': {
      const tree = foldNodes(watch.tree, change);
      return tree === watch.tree ? watch : { status: 'loaded', tree };
    }
    case 'failed':
      return watch;
  }
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
