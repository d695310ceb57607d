import type { ExecutionSummary } from '../../engine/api/resources.ts';
import { call, type Reply } from './client.ts';
import { showExecution } from './execution-actions.ts';
import { nodeOf } from './nodes.ts';
import { getState } from './store.ts';
import { notify } from './window-actions.ts';

/** As electron/contract.ts bounds what is dropped, in bytes. */
const MAX_DROPPED = 50_000_000;

/** Asks for a file and shows the execution that was in it. */
export async function importExecution(): Promise<void> {
  show(await call('executions.import', {}));
}

/** A file that was dropped on the window. */
export async function importDropped(file: File): Promise<void> {
  if (file.size > MAX_DROPPED) {
    notify({ kind: 'error', message: `${file.name} is too large to be dropped. Use File > Import execution…` });
    return;
  }
  try {
    show(await call('executions.importText', { text: await file.text() }));
  } catch {
    notify({ kind: 'error', message: `${file.name} cannot be read. Drop a file, not a folder.` });
  }
}

export async function exportExecution(rootId: string): Promise<void> {
  const name = nodeOf(getState(), { rootId, id: rootId })?.name ?? '';
  const reply = await call('executions.export', { id: rootId, name });
  if (!reply.ok) notify({ kind: 'error', message: reply.error.message });
}

export async function backUpStore(): Promise<void> {
  const reply = await call('store.backUp', {});
  if (!reply.ok) notify({ kind: 'error', message: reply.error.message });
}

function show(reply: Reply<ExecutionSummary | null>): void {
  if (!reply.ok) notify({ kind: 'error', message: reply.error.message });
  else if (reply.output !== null) showExecution(reply.output);
}
