import type { ExecutionSummary } from '../../engine/api/resources.ts';
import type { WorkflowState } from '../../engine/model/states.ts';
import { emptyTable, getRow, putRows, type Table } from './table.ts';

export interface ExecutionFilter {
  readonly text: string;
  readonly state: WorkflowState | null;
}

/** The root executions that match the filter, newest first, as far as they have been fetched. */
export interface ExecutionList {
  readonly filter: ExecutionFilter;
  /** `more`: the first pages are there and another one is on its way. */
  readonly status: 'loading' | 'loaded' | 'more' | 'failed';
  /** Why the last page could not be had, as a sentence. */
  readonly error: string | null;
  /** May hold more than `ids` lists. */
  readonly rows: Table<ExecutionSummary>;
  readonly ids: readonly string[];
  /** Of all that match, fetched or not. */
  readonly total: number;
  /** Asks for the next page; null when all pages are here. */
  readonly next: string | null;
}

export const emptyExecutionList: ExecutionList = {
  filter: { text: '', state: null },
  status: 'loading',
  error: null,
  rows: emptyTable(),
  ids: [],
  total: 0,
  next: null,
};

export interface ExecutionPage {
  readonly executions: readonly ExecutionSummary[];
  readonly next: string | null;
  readonly total: number;
}

/** The list after the first page of its filter. */
export function firstPage(list: ExecutionList, page: ExecutionPage): ExecutionList {
  return {
    ...list,
    status: 'loaded',
    error: null,
    rows: putRows(list.rows, page.executions),
    ids: page.executions.map(({ id }) => id),
    total: page.total,
    next: page.next,
  };
}

/** The list with one more page at its end. */
export function nextPage(list: ExecutionList, page: ExecutionPage): ExecutionList {
  const known = new Set(list.ids);
  return {
    ...list,
    status: 'loaded',
    error: null,
    rows: putRows(list.rows, page.executions),
    ids: [...list.ids, ...page.executions.map(({ id }) => id).filter((id) => !known.has(id))],
    total: page.total,
    next: page.next,
  };
}

/**
 * The list after executions were started or changed. One that is listed stays listed even if its new state no longer
 * matches the filter: rows do not vanish under the cursor. One that is not listed is added if it matches, unless it
 * belongs to a page that has not been fetched.
 */
export function foldExecutions(list: ExecutionList, changed: readonly ExecutionSummary[]): ExecutionList {
  const fresh = new Map<string, ExecutionSummary>();
  for (const execution of changed) fresh.set(execution.id, execution);
  const listed: ExecutionSummary[] = [];
  for (const id of list.ids) {
    const execution = fresh.get(id);
    if (execution === undefined) continue;
    listed.push(execution);
    fresh.delete(id);
    if (fresh.size === 0) break;
  }
  if (list.status === 'loading') return { ...list, rows: putRows(list.rows, listed) };

  const last = list.next === null ? undefined : getRow(list.rows, list.ids.at(-1) ?? '');
  const oldest = last?.createdAt ?? Number.NEGATIVE_INFINITY;
  const entering = [...fresh.values()].filter((one) => one.createdAt >= oldest && matches(one, list.filter));
  const rows = putRows(list.rows, [...listed, ...entering]);
  if (entering.length === 0) return rows === list.rows ? list : { ...list, rows };
  return { ...list, rows, ids: insertByAge(list.ids, entering, rows), total: list.total + entering.length };
}

export function removeExecution(list: ExecutionList, id: string): ExecutionList {
  const ids = list.ids.filter((other) => other !== id);
  return ids.length === list.ids.length ? list : { ...list, ids, total: Math.max(ids.length, list.total - 1) };
}

/** As the backend does: text is part of the name, the description or the id, in capital letters or not. */
function matches(execution: ExecutionSummary, { text, state }: ExecutionFilter): boolean {
  if (state !== null && execution.state !== state) return false;
  const sought = text.trim().toLowerCase();
  if (sought === '') return true;
  const description = execution.kind === 'workflow' ? execution.description : '';
  return [execution.name, description, execution.id].some((part) => part.toLowerCase().includes(sought));
}

function insertByAge(
  ids: readonly string[],
  entering: readonly ExecutionSummary[],
  rows: Table<ExecutionSummary>,
): readonly string[] {
  const newestFirst = entering.toSorted((a, b) => b.createdAt - a.createdAt || b.order - a.order);
  const result: string[] = [];
  let at = 0;
  for (const execution of newestFirst) {
    for (; at < ids.length; at++) {
      const id = ids[at] ?? '';
      if ((getRow(rows, id)?.createdAt ?? 0) <= execution.createdAt) break;
      result.push(id);
    }
    result.push(execution.id);
  }
  return [...result, ...ids.slice(at)];
}
