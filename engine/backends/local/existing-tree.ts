import { ApiError } from '../../api/api-error.ts';
import type { ExecutionSummary } from '../../api/resources.ts';
import type { ExecutionTree } from '../../core/execution-tree.ts';
import type { WorkflowExecutionId } from '../../model/ids.ts';
import type { WorkflowExecution } from '../../model/records.ts';
import type { Engine } from '../../runtime/engine.ts';

type Durable = Pick<Engine<ExecutionSummary>, 'durableState'>;

/** A tree with the number of its commits. */
export interface ExistingState {
  readonly tree: ExecutionTree;
  readonly position: number;
}

/** The tree as it was last on disk. @throws ApiError when there is none */
export async function existingTree(engine: Durable, rootId: string): Promise<ExecutionTree> {
  return (await existingState(engine, rootId)).tree;
}

/** The tree as it was last on disk, with the number of its commits. @throws ApiError when there is none */
export async function existingState(engine: Durable, rootId: string): Promise<ExistingState> {
  const state = await engine.durableState(rootId);
  if (state === null) throw new ApiError('NOT_FOUND', 'This execution is not there any more.');
  return state;
}

/** @throws ApiError when it is an action that ran on its own */
export function rootWorkflow(tree: ExecutionTree): WorkflowExecution {
  const root = tree.workflows.get(tree.rootId as WorkflowExecutionId);
  if (root === undefined) throw new ApiError('REFUSED', 'This is an action that ran on its own, and no workflow.');
  return root;
}
