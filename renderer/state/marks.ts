import { getState, update } from './store.ts';

/** Chooses an execution for something that is done to several at once, or takes it out again. */
export function toggleMark(id: string): void {
  update(({ marked }) => {
    const next = new Set(marked);
    if (!next.delete(id)) next.add(id);
    return { marked: next };
  });
}

/** Chooses every execution between two of the list, both of them included. */
export function markBetween(from: string, to: string): void {
  const ids = getState().executions.roots.map(({ id }) => id);
  const places = [ids.indexOf(from), ids.indexOf(to)].filter((at) => at !== -1);
  const between = ids.slice(Math.min(...places), Math.max(...places) + 1);
  update(({ marked }) => ({ marked: new Set([...marked, ...between]) }));
}

/** All that are listed, as far as they have been fetched. */
export function markAll(): void {
  update(({ executions }) => ({ marked: new Set(executions.roots.map(({ id }) => id)) }));
}

export function clearMarks(): void {
  update(() => ({ marked: new Set() }));
}
