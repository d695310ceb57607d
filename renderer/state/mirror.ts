import type { Change } from '../../engine/api/changes.ts';
import type { ExecutionSummary } from '../../engine/api/resources.ts';
import { foldExecutions, removeExecution } from './execution-list.ts';
import { foldNodes, type NodesChange, treeFrom, type Watch } from './tree.ts';
import type { WindowState } from './window-state.ts';

/** The part of the state that mirrors the backend. */
export type Mirror = Pick<
  WindowState,
  | 'workflows'
  | 'actions'
  | 'workbooks'
  | 'environments'
  | 'cronTriggers'
  | 'executions'
  | 'watches'
  | 'questions'
  | 'troubles'
  | 'selected'
  | 'opened'
  | 'marked'
  | 'expansions'
>;

/** The mirror after a batch of changes. Folding a batch twice does no harm. */
export function foldChanges(before: Mirror, changes: readonly Change[]): Mirror {
  let mirror = before;
  let summaries: ExecutionSummary[] = [];
  // A batch may hold hundreds of them: they are folded at once.
  const foldSummaries = () => {
    if (summaries.length > 0) mirror = { ...mirror, executions: foldExecutions(mirror.executions, summaries) };
    summaries = [];
  };

  for (const change of changes) {
    switch (change.type) {
      case 'execution':
        summaries.push(change.execution);
        break;
      case 'executionDeleted':
        foldSummaries();
        mirror = withoutExecution(mirror, change.id);
        break;
      case 'nodes':
        mirror = { ...mirror, watches: foldIntoWatches(mirror.watches, change) };
        break;
      case 'watchFailed': {
        if (!mirror.watches.has(change.rootId)) break;
        const failed: Watch = { status: 'failed', message: change.message };
        mirror = { ...mirror, watches: new Map(mirror.watches).set(change.rootId, failed) };
        break;
      }
      case 'workflows':
        mirror = { ...mirror, workflows: { status: 'loaded', value: change.workflows } };
        break;
      case 'actions':
        mirror = { ...mirror, actions: { status: 'loaded', value: change.actions } };
        break;
      case 'workbooks':
        mirror = { ...mirror, workbooks: { status: 'loaded', value: change.workbooks } };
        break;
      case 'environments':
        mirror = { ...mirror, environments: { status: 'loaded', value: change.environments } };
        break;
      case 'cronTriggers':
        mirror = { ...mirror, cronTriggers: { status: 'loaded', value: change.cronTriggers } };
        break;
      case 'questions':
        mirror = { ...mirror, questions: change.questions };
        break;
      case 'troubles':
        mirror = { ...mirror, troubles: change.troubles };
        break;
      default:
        change satisfies never;
    }
  }
  foldSummaries();
  return mirror;
}

/** The watch after the answer of `executions.watch`, with the changes that were faster than the answer. */
export function beginWatch(rootId: string, early: readonly NodesChange[], snapshot: NodesChange): Watch {
  return { status: 'loaded', tree: early.reduce(foldNodes, treeFrom(rootId, snapshot)) };
}

/** The mirror without an execution that is not there any more, and without what was open or selected in it. */
export function withoutExecution(mirror: Mirror, id: string): Mirror {
  return {
    ...mirror,
    executions: removeExecution(mirror.executions, id),
    watches: without(mirror.watches, id),
    expansions: without(mirror.expansions, id),
    selected: mirror.selected?.rootId === id ? null : mirror.selected,
    marked: mirror.marked.has(id) ? new Set([...mirror.marked].filter((each) => each !== id)) : mirror.marked,
    opened: mirror.opened === id ? null : mirror.opened,
  };
}

function foldIntoWatches(
  watches: Mirror['watches'],
  change: NodesChange & { readonly rootId: string },
): Mirror['watches'] {
  const watch = watches.get(change.rootId);
  return watch === undefined ? watches : new Map(watches).set(change.rootId, foldIntoWatch(watch, change));
}

function foldIntoWatch(watch: Watch, change: NodesChange): Watch {
  switch (watch.status) {
    case 'loading':
      return { ...watch, early: [...watch.early, change] };
    case 'loaded': {
      if (watch.past !== undefined) {
        const now = foldNodes(watch.past.now, change);
        return now === watch.past.now ? watch : { ...watch, past: { ...watch.past, now } };
      }
      const tree = foldNodes(watch.tree, change);
      return tree === watch.tree ? watch : { status: 'loaded', tree };
    }
    case 'failed':
      return watch;
  }
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
