import type { Node } from '../../engine/api/resources.ts';
import { nextFailed } from './next-failed.ts';
import { nodeOf, rollupOf } from './nodes.ts';
import { pastOf } from './past.ts';
import { lookOf, looks, stateInWords } from './state-look.ts';
import { getRow } from './table.ts';
import type { WindowState } from './window-state.ts';

/**
 * How things stand, in one sentence: of the selected execution, else of all that are listed. For the status line, and
 * for those who hear it and not see it.
 */
export function statusOf(state: Pick<WindowState, 'executions' | 'watches' | 'selected'>): string {
  const root = state.selected === null ? null : nodeOf(state, { ...state.selected, id: state.selected.rootId });
  if (root === null) return statusOfList(state);
  const sentence = statusOfExecution(state, root);
  return pastOf(state, root.rootId) === null ? sentence : `As it was: ${sentence}`;
}

function statusOfExecution(state: Pick<WindowState, 'executions' | 'watches'>, root: Node): string {
  const tasks = rollupOf(state, root)?.tasks ?? {};
  const running = tasks.RUNNING ?? 0;
  const failed = tasks.ERROR ?? 0;
  const words =
    lookOf(root) === 'RUNNING' && running > 0
      ? `${running} ${running === 1 ? 'task' : 'tasks'} running`
      : stateInWords(root);
  if (failed === 0) return `${root.name}: ${words}`;
  const where = firstFailed(state, root);
  return lookOf(root) === 'ERROR'
    ? `${root.name}: ${words}: ${where}`
    : `${root.name}: ${words}, ${failed} failed: ${where}`;
}

/** The task or item where it went wrong, as deep down as it is known: `provision item 37`. */
function firstFailed(state: Pick<WindowState, 'executions' | 'watches'>, root: Node): string {
  let deepest: Node | null = null;
  let from = { rootId: root.rootId, id: root.id };
  for (let step = 0; step < 8; step++) {
    const path = nextFailed(state, from, 1);
    const branch = path?.at(-1);
    const node = branch === undefined ? null : nodeOf(state, branch);
    if (node === null || node.rootId !== root.rootId || (deepest !== null && node.parentId !== deepest.id)) break;
    deepest = node;
    from = { rootId: node.rootId, id: node.id };
  }
  if (deepest === null) return root.name;
  const parent = deepest.parentId === null ? null : nodeOf(state, { rootId: root.rootId, id: deepest.parentId });
  if (deepest.kind === 'task') return deepest.name;
  const task = parent?.name ?? deepest.name;
  return deepest.index === null ? task : `${task} item ${deepest.index}`;
}

function statusOfList({ executions }: Pick<WindowState, 'executions'>): string {
  const counts = { RUNNING: 0, PAUSED: 0 };
  for (const { id } of executions.roots) {
    const state = getRow(executions.rows, id)?.state;
    if (state === 'RUNNING' || state === 'PAUSED') counts[state] += 1;
  }
  const parts = (['RUNNING', 'PAUSED'] as const).flatMap((state) =>
    counts[state] === 0 ? [] : [`${counts[state]} ${looks[state].word.toLowerCase()}`],
  );
  const total = counts.RUNNING + counts.PAUSED;
  if (total === 0) return executions.roots.length === 0 ? '' : 'Nothing is running';
  return `${total === 1 ? 'Execution' : 'Executions'}: ${parts.join(', ')}`;
}
