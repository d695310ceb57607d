import type { TaskExecutionId, WorkflowExecutionId } from '../../model/ids.ts';
import type { Trigger } from '../../model/records.ts';
import type { Decision } from '../decision.ts';
import { workflowIn } from '../execution-tree.ts';
import { expectArrivals } from './expect-arrivals.ts';

/**
 * Creates a task execution. It starts with the others that are ready: an idle task of a paused workflow stays where it
 * is. A join, or a task that requires others, is created waiting.
 */
export function createTask(
  decision: Decision,
  workflowId: WorkflowExecutionId,
  name: string,
  triggeredBy: readonly Trigger[],
  state: 'IDLE' | 'WAITING' = 'IDLE',
): TaskExecutionId {
  const definition = decision.definitionOf(workflowIn(decision.tree, workflowId));
  const id = decision.world.newId() as TaskExecutionId;
  const taskType = definition.tasks.get(name)?.runs.type ?? 'ACTION';
  decision.emit({ type: 'TaskCreated', id, workflowId, name, taskType, state, triggeredBy });
  expectArrivals(decision, workflowId, definition, name);
  return id;
}
