import type { Node, TaskNode } from '../../../engine/api/resources.ts';
import { type Look, lookOf, worstFirst } from '../../state/state-look.ts';
import { getRow, type Table } from '../../state/table.ts';
import type { Branch } from '../../state/tree.ts';

export type Looks = Partial<Readonly<Record<Look, number>>>;

/** How it went with one task of a definition. In a loop a task runs several times. */
export interface TaskRun {
  /** The last one; of several executions that of the one which most needs a look. */
  readonly node: TaskNode;
  readonly count: number;
  /** How many executions of the workflow have it in which state; absent when only one is looked at. */
  readonly sum?: Looks;
}

/** The tasks that have been run in one workflow execution, by their names. */
export function taskRuns({ nodes }: { readonly nodes: Table<Node> }, workflow: Branch): ReadonlyMap<string, TaskRun> {
  const runs = new Map<string, TaskRun>();
  for (const { id } of workflow.children) {
    const node = getRow(nodes, id);
    if (node?.kind === 'task') runs.set(node.name, { node, count: (runs.get(node.name)?.count ?? 0) + 1 });
  }
  return runs;
}

/** The same of several executions of one workflow: each task stands as the worst of them, with how many are in each state. */
export function summedRuns(each: readonly ReadonlyMap<string, TaskRun>[]): ReadonlyMap<string, TaskRun> {
  const [only] = each;
  if (only !== undefined && each.length === 1) return only;
  const sums = new Map<string, { node: TaskNode; readonly sum: Partial<Record<Look, number>> }>();
  for (const runs of each) {
    for (const [name, { node }] of runs) {
      const look = lookOf(node);
      const so = sums.get(name) ?? { node, sum: {} };
      sums.set(name, so);
      so.sum[look] = (so.sum[look] ?? 0) + 1;
      if (worstFirst.indexOf(look) < worstFirst.indexOf(lookOf(so.node))) so.node = node;
    }
  }
  return new Map([...sums].map(([name, { node, sum }]) => [name, { node, count: 1, sum }]));
}
