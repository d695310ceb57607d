import type { ExecutionSummary } from '../../engine/api/resources.ts';
import { rowsTo } from './buckets.ts';
import { call } from './client.ts';
import { type ExecutionFilter, everything, failPage, foldExecutions, putPage } from './execution-list.ts';
import { beginWatch, withoutExecution } from './mirror.ts';
import { nextFailed } from './next-failed.ts';
import { type NodeFilter, noFilter } from './node-filter.ts';
import { branchesTo, loadingOf, nodeOf } from './nodes.ts';
import { getState, update } from './store.ts';
import { getRow } from './table.ts';
import type { Branch, Watch } from './tree.ts';
import type { Expansion, NodeKey, WindowState } from './window-state.ts';

const PAGE = 200;

/** Asks for the first page of what matches the filter. An answer that a later question has overtaken is dropped. */
export async function loadExecutions(filter: ExecutionFilter = getState().executions.filter): Promise<void> {
  const since = filter.within === null ? null : Date.now() - filter.within;
  update(({ executions }) => ({ executions: { ...executions, filter, since, status: 'loading', error: null } }));
  const reply = await call('executions.list', { ...asked(filter, since), limit: PAGE });
  update(({ executions }) => {
    if (executions.filter !== filter) return {};
    return {
      executions: reply.ok ? putPage(executions, reply.output, 'first') : failPage(executions, reply.error.message),
    };
  });
}

function asked({ text, state, workflow, longerThan }: ExecutionFilter, since: number | null) {
  return { text, state, workflow, longerThan, since };
}

/** Fetches all pages that are still missing. */
export async function loadAllExecutions(): Promise<void> {
  for (let { next } = getState().executions; next !== null; ) {
    await loadMoreExecutions();
    const after = getState().executions.next;
    if (after === next) return;
    next = after;
  }
}

/** Asks for the next page, unless it is the last one that is shown or one is on its way. */
export async function loadMoreExecutions(): Promise<void> {
  const { filter, since, next, status } = getState().executions;
  if (next === null || status !== 'loaded') return;
  update(({ executions }) => ({ executions: { ...executions, status: 'more' } }));
  const reply = await call('executions.list', { ...asked(filter, since), limit: PAGE, cursor: next });
  update(({ executions }) => {
    if (executions.filter !== filter || executions.next !== next) return {};
    return {
      executions: reply.ok ? putPage(executions, reply.output, 'next') : failPage(executions, reply.error.message),
    };
  });
}

/** Goes to an execution: opens its tree and selects it. */
export function showExecution(execution: ExecutionSummary): void {
  const key = { rootId: execution.rootId, id: execution.id };
  update((state) => ({
    place: 'executions',
    executions: foldExecutions(state.executions, [execution]),
    selected: key,
    following: false,
    opened: state.opened === null ? null : key.rootId,
    nodeFilter: noFilter,
    expansions: new Map(state.expansions).set(execution.rootId, { depth: 2, toggled: new Set() }),
  }));
  syncWatches();
  if (!isListed(execution.rootId)) void list(execution.rootId);
}

/** Goes to an execution of which only the id is known; says so when it is gone. */
export async function goToExecution(id: string): Promise<void> {
  const reply = await call('executions.list', { text: id, limit: 1 });
  const found = reply.ok ? reply.output.executions.find((execution) => execution.id === id) : undefined;
  if (found !== undefined) showExecution(found);
  else {
    const message = reply.ok ? 'This execution has been deleted.' : reply.error.message;
    update(() => ({ notice: { kind: 'info', message } }));
  }
}

/** Lifts the filter that hides an execution, or looks for that one alone where it is too old for the first page. */
async function list(id: string): Promise<void> {
  await loadExecutions(everything);
  if (!isListed(id)) await loadExecutions({ ...everything, text: id });
}

function isListed(id: string): boolean {
  return getState().executions.roots.some((root) => root.id === id);
}

/** What the inspector shows; null closes it. */
export function select(key: NodeKey | null): void {
  const { selected } = getState();
  if (key?.id === selected?.id && key?.rootId === selected?.rootId) return;
  update(() => ({
    selected: key === null ? null : { rootId: key.rootId, id: key.id },
    picked: null,
    following: false,
  }));
  syncWatches();
}

const collapsed: Expansion = { depth: 1, toggled: new Set() };

export function expansionOf(state: Pick<WindowState, 'expansions'>, rootId: string): Expansion {
  return state.expansions.get(rootId) ?? collapsed;
}

/** `level` is 1 for a root. */
export function isExpanded({ depth, toggled }: Expansion, id: string, level: number): boolean {
  return level < depth !== toggled.has(id);
}

/** Opens or closes one row. Closing it takes the selection along, so that it is never out of sight. */
export function setExpanded({ rootId, id }: NodeKey, level: number, expanded: boolean): void {
  const expansion = expansionOf(getState(), rootId);
  if (isExpanded(expansion, id, level) === expanded) return;
  const toggled = new Set(expansion.toggled);
  if (!toggled.delete(id)) toggled.add(id);
  setExpansion(rootId, { ...expansion, toggled });
}

/** Shows one execution alone, with a filter of its own; or all of them again. */
export function showAlone(rootId: string | null): void {
  update(({ nodeFilter, opened }) => ({ opened: rootId, nodeFilter: rootId === opened ? nodeFilter : noFilter }));
  if (rootId === null) return;
  if (!isExpanded(expansionOf(getState(), rootId), rootId, 1)) expandToDepth(rootId, 2);
  if (getState().selected?.rootId !== rootId) select({ rootId, id: rootId });
}

export function filterNodes(filter: NodeFilter): void {
  update(() => ({ nodeFilter: filter }));
}

/** Opens a tree down to this many levels: 1 closes it, Infinity opens everything. */
export function expandToDepth(rootId: string, depth: number): void {
  setExpansion(rootId, { depth, toggled: new Set() });
}

/** Selects a node that a pane shows, and opens what hides its row. */
export function showNode(key: NodeKey): void {
  const branches = branchesTo(getState(), key);
  if (branches.length > 0) reveal(branches);
  else select(key);
}

/** Selects a task that has not run, by selecting the workflow execution that it belongs to. */
export function pickTask(workflow: NodeKey, name: string): void {
  showNode(workflow);
  update(() => ({ picked: { workflowId: workflow.id, name } }));
}

/** Selects the newest task of a name in a workflow execution, whether it has run or not. */
export function showTask(workflow: NodeKey, name: string): void {
  const state = getState();
  const tasks = branchesTo(state, workflow).at(-1)?.children ?? [];
  const newest = tasks.findLast((task) => nodeOf(state, task)?.name === name);
  if (newest === undefined) pickTask(workflow, name);
  else showNode(newest);
}

/** Opens whatever hides the last of these branches and selects it. */
function reveal(path: readonly Branch[]): void {
  const node = path.at(-1);
  if (node === undefined) return;
  const expansion = expansionOf(getState(), node.rootId);
  const toggled = new Set(expansion.toggled);
  rowsTo(path)
    .slice(0, -1)
    .forEach(({ id }, above) => {
      if (isExpanded(expansion, id, above + 1)) return;
      if (!toggled.delete(id)) toggled.add(id);
    });
  update(() => ({ selected: { rootId: node.rootId, id: node.id }, picked: null, following: false }));
  setExpansion(node.rootId, { ...expansion, toggled });
}

function setExpansion(rootId: string, expansion: Expansion): void {
  update((state) => ({ expansions: new Map(state.expansions).set(rootId, expansion) }));
  syncWatches();
}

/** Selects the next (or previous) thing that failed, and opens what hides it. Says so when nothing has. */
export function goToFailed(direction: 1 | -1): void {
  const path = nextFailed(getState(), getState().selected, direction);
  if (path !== null) {
    reveal(path);
    return;
  }
  update((state) => {
    const isLoading = [...state.watches.keys()].some((rootId) => loadingOf(state, rootId) !== null);
    const message = isLoading ? 'Nothing has failed in what is here so far.' : 'Nothing has failed here.';
    return { notice: { kind: 'info', message } };
  });
}

/** Selects the next older (1) or newer (-1) listed execution of the same workflow, if there is one. */
export function goToSibling(direction: 1 | -1): void {
  const { executions, selected } = getState();
  const nameOf = (id: string) => getRow(executions.rows, id)?.name;
  const here = executions.roots.findIndex(({ id }) => id === selected?.rootId);
  if (here === -1) return;
  for (let at = here + direction; ; at += direction) {
    const root = at < 0 ? undefined : executions.roots[at];
    if (root === undefined) return;
    if (nameOf(root.id) === nameOf(selected?.rootId ?? '')) {
      if (getState().opened !== null) showAlone(root.id);
      select(root);
      return;
    }
  }
}

/** Lets the backend tell of the trees that are open or inspected, and of no others. */
export function syncWatches(): void {
  const { expansions, selected, watches } = getState();
  const wanted = new Set<string>();
  for (const [rootId, expansion] of expansions) if (isExpanded(expansion, rootId, 1)) wanted.add(rootId);
  if (selected !== null) wanted.add(selected.rootId);
  for (const id of watches.keys()) if (!wanted.has(id)) unwatch(id);
  for (const id of wanted) if (!watches.has(id)) void watch(id);
}

/** Tries again to get a tree that could not be had. */
export function retryWatch(rootId: string): void {
  unwatch(rootId);
  syncWatches();
}

let requests = 0;

async function watch(rootId: string): Promise<void> {
  const { executions } = getState();
  // A standalone action execution is a row by itself.
  if (getRow(executions.rows, rootId)?.kind === 'action') return;
  requests += 1;
  const loading: Watch = { status: 'loading', request: requests, early: [] };
  update(({ watches }) => ({ watches: new Map(watches).set(rootId, loading) }));
  const reply = await call('executions.watch', { id: rootId });
  update((state) => {
    const now = state.watches.get(rootId);
    // It was closed meanwhile, and perhaps opened again.
    if (now?.status !== 'loading' || now.request !== loading.request) return {};
    if (!reply.ok && reply.error.code === 'NOT_FOUND') return withoutExecution(state, rootId);
    const next: Watch = reply.ok
      ? beginWatch(rootId, now.early, reply.output)
      : { status: 'failed', message: reply.error.message };
    return { watches: new Map(state.watches).set(rootId, next) };
  });
}

function unwatch(rootId: string): void {
  const { watches } = getState();
  const rest = new Map(watches);
  rest.delete(rootId);
  update(() => ({ watches: rest }));
  void call('executions.unwatch', { id: rootId });
}
