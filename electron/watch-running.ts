import type { Backend } from '../engine/api/backend.ts';
import type { Output } from '../engine/api/methods.ts';
import type { ExecutionSummary } from '../engine/api/resources.ts';
import type { RunningExecutions } from './running-executions.ts';

/** Keeps `running` true from now on. `listener` hears after each change, with what has ended by it. */
export async function watchRunning(
  backend: Pick<Backend, 'call' | 'subscribe'>,
  running: RunningExecutions,
  listener: (ended: readonly ExecutionSummary[]) => void,
): Promise<void> {
  backend.subscribe((changes) => {
    if (changes.some(({ type }) => type === 'execution' || type === 'executionDeleted'))
      listener(running.fold(changes));
  });
  for (let cursor: string | null = null; ; ) {
    const page: Output<'executions.list'> = await backend.call('executions.list', {
      state: 'RUNNING',
      limit: 500,
      cursor,
    });
    running.begin(page.executions);
    cursor = page.next;
    if (cursor === null) break;
  }
  listener([]);
}
