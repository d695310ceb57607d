import type { ExecutionSummary } from '../../engine/api/resources.ts';
import type { WorkflowState } from '../../engine/model/states.ts';
import { emptyTable, getRow, putRows, type Table } from './table.ts';
import { type Branch, NO_ROW } from './tree.ts';

export interface ExecutionFilter {
  readonly text: string;
  readonly state: WorkflowState | null;
  /** The whole name of a workflow. */
  readonly workflow: string | null;
  /** Created so long ago at most, in milliseconds. */
  readonly within: number | null;
  /** Took longer than this, in milliseconds. */
  readonly longerThan: number | null;
}

export const everything: ExecutionFilter = { text: '', state: null, workflow: null, within: null, longerThan: null };

export function isEverything(filter: ExecutionFilter): boolean {
  const { text, state, workflow, within, longerThan } = filter;
  return text === '' && state === null && workflow === null && within === null && longerThan === null;
}

/** The root executions that match the filter, newest first, as far as they have been fetched. */
export interface ExecutionList {
  readonly filter: ExecutionFilter;
  /** Where its `within` began when the list was asked for. */
  readonly since: number | null;
  /** `more`: the first pages are there and another one is on its way. */
  readonly status: 'loading' | 'loaded' | 'more' | 'failed';
  /** Why the last page could not be had, as a sentence. */
  readonly error: string | null;
  /** The summaries of `roots`, and perhaps of others. */
  readonly rows: Table<ExecutionSummary>;
  /** What is listed. They have children only in the mirror of their tree. */
  readonly roots: readonly Branch[];
  /** Of all that match, fetched or not. */
  readonly total: number;
  /** Asks for the next page; null when all pages are here. */
  readonly next: string | null;
  /** What changed while a page was on its way: the page may be older. */
  readonly early: { readonly changed: readonly ExecutionSummary[]; readonly deleted: readonly string[] };
}

const nothingEarly: ExecutionList['early'] = { changed: [], deleted: [] };

export const emptyExecutionList: ExecutionList = {
  filter: everything,
  since: null,
  status: 'loading',
  error: null,
  rows: emptyTable(),
  roots: [],
  total: 0,
  next: null,
  early: nothingEarly,
};

export interface ExecutionPage {
  readonly executions: readonly ExecutionSummary[];
  readonly next: string | null;
  readonly total: number;
}

/** The list with a page of its filter: the first one replaces what was listed, later ones go to the end. */
export function putPage(list: ExecutionList, page: ExecutionPage, which: 'first' | 'next'): ExecutionList {
  const roots = which === 'first' ? [] : list.roots;
  const known = new Set(roots.map(({ id }) => id));
  const deleted = new Set(list.early.deleted);
  const entering = page.executions.filter(({ id }) => !known.has(id) && !deleted.has(id));
  const loaded: ExecutionList = {
    ...list,
    status: 'loaded',
    error: null,
    rows: putRows(list.rows, entering),
    roots: [...roots, ...entering.map(rootOf)],
    total: page.total,
    next: page.next,
    early: nothingEarly,
  };
  return list.early.changed.length === 0 ? loaded : foldExecutions(loaded, list.early.changed);
}

/** The list after its page could not be had. */
export function failPage(list: ExecutionList, error: string): ExecutionList {
  return { ...list, status: 'failed', error, early: nothingEarly };
}

/**
 * The list after executions were started or changed. One that is listed stays listed even if its new state no longer
 * matches the filter: rows do not vanish under the cursor. One that is not listed is added if it matches, unless it
 * belongs to a page that has not been fetched.
 */
export function foldExecutions(list: ExecutionList, changed: readonly ExecutionSummary[]): ExecutionList {
  const unlisted = new Map<string, ExecutionSummary>();
  for (const execution of changed) unlisted.set(execution.id, execution);
  const listed: ExecutionSummary[] = [];
  for (const { id } of list.roots) {
    const execution = unlisted.get(id);
    if (execution === undefined) continue;
    listed.push(execution);
    unlisted.delete(id);
    if (unlisted.size === 0) break;
  }
  const early =
    list.status === 'loading' || list.status === 'more'
      ? { ...list.early, changed: [...list.early.changed, ...changed] }
      : list.early;
  if (list.status === 'loading') return { ...list, rows: putRows(list.rows, listed), early };

  const last = list.next === null ? undefined : getRow(list.rows, list.roots.at(-1)?.id ?? '');
  const oldest = last?.createdAt ?? Number.NEGATIVE_INFINITY;
  const entering = [...unlisted.values()].filter((one) => one.createdAt >= oldest && matches(one, list));
  const rows = putRows(list.rows, [...listed, ...entering]);
  if (entering.length === 0) return { ...list, rows, early };
  return {
    ...list,
    rows,
    early,
    roots: insertByAge(list.roots, entering, rows),
    total: list.total + entering.length,
  };
}

export function removeExecution(list: ExecutionList, id: string): ExecutionList {
  const roots = list.roots.filter((root) => root.id !== id);
  const early = { ...list.early, deleted: [...list.early.deleted, id] };
  if (roots.length === list.roots.length) return list.status === 'loaded' ? list : { ...list, early };
  return { ...list, roots, early, total: Math.max(roots.length, list.total - 1) };
}

/**
 * As the backend does: text is part of the name, the id or the message, in capital letters or not. How long it takes is
 * known here once it has ended.
 */
function matches(
  { name, id, message, ...execution }: ExecutionSummary,
  { filter, since }: Pick<ExecutionList, 'filter' | 'since'>,
): boolean {
  const { text, state, workflow, longerThan } = filter;
  if (state !== null && execution.state !== state) return false;
  if (workflow !== null && name !== workflow) return false;
  if (since !== null && execution.createdAt < since) return false;
  if (longerThan !== null && (execution.finishedAt ?? execution.createdAt) - execution.createdAt <= longerThan) {
    return false;
  }
  return `${name} ${id} ${message ?? ''}`.toLowerCase().includes(text.trim().toLowerCase());
}

function rootOf({ id, kind }: ExecutionSummary): Branch {
  return { id, rootId: id, slot: NO_ROW, children: [], expandable: kind === 'workflow' };
}

function insertByAge(
  roots: readonly Branch[],
  entering: readonly ExecutionSummary[],
  rows: Table<ExecutionSummary>,
): readonly Branch[] {
  const newestFirst = entering.toSorted((a, b) => b.createdAt - a.createdAt || b.order - a.order);
  const result: Branch[] = [];
  let at = 0;
  for (const execution of newestFirst) {
    for (let root = roots[at]; root !== undefined; root = roots[at]) {
      if ((getRow(rows, root.id)?.createdAt ?? 0) <= execution.createdAt) break;
      result.push(root);
      at += 1;
    }
    result.push(rootOf(execution));
  }
  return [...result, ...roots.slice(at)];
}
