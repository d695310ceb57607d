import type { WorkflowStatistics } from '../../engine/api/resources.ts';
import { call, onChanges, type Reply } from './client.ts';

/** How long after an answer the next question may follow, in milliseconds. */
const PAUSE = 500;

export function loadStatistics(workflow: string, limit: number): Promise<Reply<WorkflowStatistics>> {
  return call('workflows.statistics', { name: workflow, limit });
}

/**
 * Tells how the executions of one workflow went, now and after any of them has changed, but not all the time. Returns the function
 * that ends it.
 */
export function followStatisticsOf(
  workflow: string,
  limit: number,
  tell: (statistics: Reply<WorkflowStatistics>) => void,
): () => void {
  let state: 'idle' | 'asking' | 'stale' = 'idle';
  let timer: number | undefined;
  let ended = false;
  const ask = () => {
    if (ended) return;
    if (state !== 'idle') {
      state = 'stale';
      return;
    }
    state = 'asking';
    void loadStatistics(workflow, limit).then((reply) => {
      if (ended) return;
      tell(reply);
      timer = window.setTimeout(() => {
        const again = state === 'stale';
        state = 'idle';
        if (again) ask();
      }, PAUSE);
    });
  };
  const stopListening = onChanges((changes) => {
    const isOurs = changes.some(
      (change) =>
        change.type === 'executionDeleted' ||
        (change.type === 'execution' && change.execution.kind === 'workflow' && change.execution.name === workflow),
    );
    if (isOurs) ask();
  });
  ask();
  return () => {
    ended = true;
    window.clearTimeout(timer);
    stopListening();
  };
}
