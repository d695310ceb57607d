import type { PayloadField } from '../../engine/api/methods.ts';
import type { Node } from '../../engine/api/resources.ts';
import { call } from './client.ts';
import { update } from './store.ts';

/** Writes one part of a node into a file that the person chooses; it does not come through the window. */
export async function savePayload({ rootId, id, name }: Node, field: PayloadField): Promise<void> {
  const extension = field === 'definition' ? 'yaml' : field === 'stateInfo' ? 'txt' : 'json';
  const reply = await call('payloads.saveAs', { rootId, id, field, name: `${name}-${field}.${extension}` });
  if (!reply.ok) update(() => ({ notice: { kind: 'error', message: reply.error.message } }));
  else if (reply.output.saved) update(() => ({ notice: { kind: 'info', message: `Saved the ${field} of ${name}.` } }));
}
