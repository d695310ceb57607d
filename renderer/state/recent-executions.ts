import type { ExecutionSummary } from '../../engine/api/resources.ts';
import { call, onChanges, type Reply } from './client.ts';

/** Asked for by text, which also finds others whose name contains it: more than are shown in the end. */
const ASKED = 100;

/**
 * Tells the newest executions of one workflow, now and whenever one of them is started, changes or is deleted.
 * Returns the function that ends it.
 */
export function followExecutionsOf(
  workflow: string,
  tell: (executions: Reply<readonly ExecutionSummary[]>) => void,
): () => void {
  const known = new Map<string, ExecutionSummary>();
  const gone = new Set<string>();
  let loaded = false;
  let ended = false;

  const tellKnown = () => {
    if (!loaded || ended) return;
    const newestFirst = [...known.values()].toSorted((a, b) => b.createdAt - a.createdAt || b.order - a.order);
    tell({ ok: true, output: newestFirst });
  };
  const stopListening = onChanges((changes) => {
    let touched = false;
    for (const change of changes) {
      if (change.type === 'execution' && change.execution.kind === 'workflow' && change.execution.name === workflow) {
        known.set(change.execution.id, change.execution);
        touched = true;
      } else if (change.type === 'executionDeleted') {
        gone.add(change.id);
        touched = known.delete(change.id) || touched;
      }
    }
    if (touched) tellKnown();
  });

  void call('executions.list', { text: workflow, limit: ASKED }).then((reply) => {
    if (ended) return;
    if (!reply.ok) return tell(reply);
    loaded = true;
    for (const execution of reply.output.executions) {
      // What the changes have told meanwhile is newer than the answer.
      const isOurs = execution.kind === 'workflow' && execution.name === workflow && !gone.has(execution.id);
      if (isOurs && !known.has(execution.id)) known.set(execution.id, execution);
    }
    tellKnown();
  });
  return () => {
    ended = true;
    stopListening();
  };
}
