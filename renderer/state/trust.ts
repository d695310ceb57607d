import { call, type Reply } from './client.ts';
import { update } from './store.ts';
import type { WorkflowKey } from './window-state.ts';

type Refusal = Extract<Reply<unknown>, { readonly ok: false }>;

/** Starts a workflow; asks the person first where it may do what nobody has allowed it yet. */
export async function startTrusted<T>(workflow: WorkflowKey, start: () => Promise<Reply<T>>): Promise<Reply<T>> {
  const reply = await start();
  if (reply.ok || reply.error.code !== 'UNTRUSTED') return reply;
  return (await askTrust(workflow, 'Allow and run')) ?? start();
}

/**
 * Asks the person whether a workflow may do what nobody has allowed it yet, if there is something.
 *
 * @param verb what the button says that allows it
 * @returns null when it may do all that it says now; else why not
 */
export async function askTrust(workflow: WorkflowKey, verb: string): Promise<Refusal | null> {
  const key = { workflow: workflow.name, namespace: workflow.namespace };
  const question = await call('trust.question', key);
  if (!question.ok) return question;
  const { needs } = question.output;
  if (needs.length > 0) {
    const isAllowed = await new Promise<boolean>((answer) =>
      update(() => ({ trustQuestion: { workflow, verb, needs, answer } })),
    );
    update(() => ({ trustQuestion: null }));
    if (!isAllowed)
      return { ok: false, error: { code: 'UNTRUSTED', message: 'It was not started: you did not allow it.' } };
  }
  const allowed = await call('trust.allow', { ...key, key: question.output.key });
  return allowed.ok ? null : allowed;
}
