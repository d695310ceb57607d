import type { WorkflowDefinition } from '../../language/definition.ts';
import type { WorkflowExecutionId } from '../../model/ids.ts';
import type { Decision } from '../decision.ts';

/** A task that runs again is on its way to its joins again. */
export function expectArrivals(
  decision: Decision,
  workflowId: WorkflowExecutionId,
  definition: WorkflowDefinition,
  from: string,
): void {
  const joins = decision.tree.joins.get(workflowId);
  if (joins === undefined) return;
  for (const join of definition.graph.outbound.get(from) ?? []) {
    const known = joins.get(join)?.arrivals.get(from);
    if (known === undefined || known === 'pending') continue;
    decision.emit({ type: 'JoinInformed', workflowId, join, from, arrival: 'pending' });
  }
}
