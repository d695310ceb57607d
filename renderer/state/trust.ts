import { call, type Reply } from './client.ts';
import { update } from './store.ts';
import type { WorkflowKey } from './window-state.ts';

/** Starts a workflow; asks the person first where it may do what nobody has allowed it yet. */
export async function startTrusted<T>(workflow: WorkflowKey, start: () => Promise<Reply<T>>): Promise<Reply<T>> {
  const reply = await start();
  if (reply.ok || reply.error.code !== 'UNTRUSTED') return reply;
  const key = { workflow: workflow.name, namespace: workflow.namespace };
  const question = await call('trust.question', key);
  if (!question.ok) return question;
  const isAllowed = await new Promise<boolean>((answer) =>
    update(() => ({ trustQuestion: { workflow, needs: question.output.needs, answer } })),
  );
  update(() => ({ trustQuestion: null }));
  if (!isAllowed)
    return { ok: false, error: { code: 'UNTRUSTED', message: 'It was not started: you did not allow it.' } };
  const allowed = await call('trust.allow', { ...key, key: question.output.key });
  return allowed.ok ? start() : allowed;
}
