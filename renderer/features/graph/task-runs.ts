import type { TaskNode } from '../../../engine/api/resources.ts';
import { getRow } from '../../state/table.ts';
import type { Branch, Tree } from '../../state/tree.ts';

/** How it went with one task of a definition. In a loop a task runs several times. */
export interface TaskRun {
  /** The last one. */
  readonly node: TaskNode;
  readonly count: number;
}

/** The tasks that have been run in one workflow execution, by their names. */
export function taskRuns({ nodes }: Pick<Tree, 'nodes'>, workflow: Branch): ReadonlyMap<string, TaskRun> {
  const runs = new Map<string, TaskRun>();
  for (const { id } of workflow.children) {
    const node = getRow(nodes, id);
    if (node?.kind === 'task') runs.set(node.name, { node, count: (runs.get(node.name)?.count ?? 0) + 1 });
  }
  return runs;
}
