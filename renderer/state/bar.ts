import type { Node } from '../../engine/api/resources.ts';

/** What is drawn of one node. Times are milliseconds since 1970; an end that is null has not come. */
export interface Bar {
  readonly from: number;
  readonly to: number | null;
  /** When something of it ran, in order and apart from each other; between them it waited. */
  readonly runs: readonly Run[];
  /** When an attempt after the first began. */
  readonly attempts: readonly number[];
}

interface Run {
  readonly from: number;
  readonly to: number | null;
}

/** @param children what the node made, in the order in which it was made */
export function barOf(node: Node, children: readonly Node[]): Bar {
  const { createdAt: from, startedAt, finishedAt: to, state } = node;
  if (node.kind !== 'task' || children.length === 0) {
    // A task whose start is put off counts as started, but nothing of it has run.
    const waits = startedAt === null || state === 'RUNNING_DELAYED';
    return { from, to, runs: waits ? [] : [{ from: startedAt, to }], attempts: [] };
  }
  return { from, to, runs: runsOf(children, to), attempts: attemptsOf(children) };
}

/** When any of them ran, by when they started. What runs on after the end of its task no longer matters. */
function runsOf(children: readonly Node[], end: number | null): readonly Run[] {
  const runs: { from: number; to: number | null }[] = [];
  for (const { startedAt: from, finishedAt } of children) {
    // It waits for its turn, or has ended before that came.
    if (from === null) continue;
    const to = earlier(finishedAt, end);
    const last = runs.at(-1);
    if (last === undefined || (last.to !== null && from > last.to)) runs.push({ from, to });
    else last.to = last.to === null || to === null ? null : Math.max(last.to, to);
  }
  return runs;
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function attemptsOf(children: readonly Node[]): readonly number[] {
  const starts: number[] = [];
  let last = 1;
  for (const child of children) {
    if (child.kind !== 'action' || child.startedAt === null || child.attempt <= last) continue;
    last = child.attempt;
    starts.push(child.startedAt);
  }
  return starts;
}
