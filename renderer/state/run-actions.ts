import type { Input } from '../../engine/api/methods.ts';
import type { ExecutionSummary } from '../../engine/api/resources.ts';
import { call, type Reply } from './client.ts';
import { showExecution } from './execution-actions.ts';
import { getState, update } from './store.ts';
import { startTrusted } from './trust.ts';
import type { RunTarget } from './window-state.ts';

export function openRunForm(target: RunTarget): void {
  update(() => ({ runTarget: target }));
}

export function closeRunForm(): void {
  update(() => ({ runTarget: null }));
}

/**
 * Starts an execution; when it could be started the run form closes and the execution is shown, unless the person has
 * gone somewhere meanwhile.
 */
export async function startExecution(input: Input<'executions.start'>): Promise<Reply<ExecutionSummary>> {
  const { visits } = getState();
  const workflow = { name: input.workflow, namespace: input.namespace ?? '' };
  const reply = await startTrusted(workflow, () => call('executions.start', input));
  if (reply.ok) {
    update(() => ({ runTarget: null }));
    if (getState().visits === visits) showExecution(reply.output);
  }
  return reply;
}
