import type { Output } from '../../engine/api/methods.ts';
import { call, type Reply } from './client.ts';
import { entryKey } from './library-entries.ts';
import { update } from './store.ts';
import type { DefinitionKey } from './text-document.ts';
import { notify } from './window-actions.ts';
import type { Loadable } from './window-state.ts';

/** Asks for what the library holds. It then follows the changes by itself. */
export async function loadLibrary(): Promise<void> {
  const [workflows, samples, actions, workbooks, environments, cronTriggers] = await Promise.all([
    call('workflows.list', {}),
    call('samples.list', {}),
    call('actions.list', {}),
    call('workbooks.list', {}),
    call('environments.list', {}),
    call('cronTriggers.list', {}),
  ]);
  update(() => ({
    workflows: loadable(workflows),
    samples: loadable(samples),
    actions: loadable(actions),
    workbooks: loadable(workbooks),
    environments: loadable(environments),
    cronTriggers: loadable(cronTriggers),
  }));
}

export function selectEntry(key: DefinitionKey): void {
  selectEntryKey(entryKey(key));
}

/** @param key of a row of the library */
export function selectEntryKey(key: string): void {
  update(() => ({ selectedEntry: key }));
}

/** Opens the folder of the person's own actions; it is told when that cannot be done. */
export async function showActionsFolder(): Promise<void> {
  const reply = await call('shell.showActionsFolder', {});
  if (!reply.ok) notify({ kind: 'error', message: reply.error.message });
}

/** The text is stored when it has no problems; with problems nothing changes and they are in the reply. */
export function saveWorkflows(text: string, namespace = ''): Promise<Reply<Output<'workflows.save'>>> {
  return call('workflows.save', { text, namespace });
}

/** Something in the library that has a name. A cron trigger has no text, and no namespace of its own. */
export type LibraryKey =
  | DefinitionKey
  | { readonly kind: 'cronTrigger'; readonly name: string; readonly namespace: '' };

/** Deletes something of the library. What has been started from it stays. */
export function deleteDefinition({ kind, name, namespace }: LibraryKey): Promise<Reply<unknown>> {
  switch (kind) {
    case 'workflow':
      return call('workflows.delete', { name, namespace });
    case 'workbook':
      return call('workbooks.delete', { name, namespace });
    case 'action':
      return call('actions.delete', { name, namespace });
    case 'environment':
      return call('environments.delete', { name });
    case 'cronTrigger':
      return call('cronTriggers.delete', { name });
  }
}

function loadable<T>(reply: Reply<T>): Loadable<T> {
  return reply.ok ? { status: 'loaded', value: reply.output } : { status: 'failed', message: reply.error.message };
}
