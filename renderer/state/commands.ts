import type { Node } from '../../engine/api/resources.ts';
import { call, type Reply } from './client.ts';
import type { NodeCommand } from './node-commands.ts';
import { workflowOf } from './nodes.ts';
import { questionOf, showQuestion } from './questions.ts';
import { openSheet } from './sheets.ts';
import { getState, update } from './store.ts';
import { askTrust } from './trust.ts';
import type { PendingCommand } from './window-state.ts';

/** Does what is asked of a row, or opens the sheet that asks first. */
export function obeyRow(what: NodeCommand, node: Node): void {
  const { rootId, id } = node;
  const target = { rootId, id };
  switch (what) {
    case 'answer': {
      const question = questionOf(getState(), node);
      if (question !== null) showQuestion(question);
      return;
    }
    case 'allow':
      void allowAndRerun(node);
      return;
    case 'pause':
    case 'resume':
      void command(id, what);
      return;
    case 'pauseAction':
      void ask(id, 'pause', call('actions.update', { rootId, id, state: 'PAUSED' }));
      return;
    case 'resumeAction':
      void ask(id, 'resume', call('actions.update', { rootId, id, state: 'RUNNING' }));
      return;
    case 'cancel':
    case 'delete':
      openSheet({ type: what, ids: [rootId] });
      return;
    case 'completeAction':
      openSheet({ type: 'complete', target, state: 'SUCCESS' });
      return;
    case 'failAction':
      openSheet({ type: 'complete', target, state: 'ERROR' });
      return;
    case 'rerun':
    case 'skip':
    case 'resumeWith':
    case 'runAgain':
      openSheet({ type: what, target });
      return;
  }
}

/** Shows what the workflow of a task may do; allowed, the task runs again. */
async function allowAndRerun({ rootId, id }: Node): Promise<void> {
  const workflow = workflowOf(getState(), { rootId, id });
  if (workflow === null) return;
  const { name, namespace = '' } = workflow;
  const refused = await askTrust({ name, namespace }, 'Allow and run again');
  if (refused?.error.code === 'UNTRUSTED') return;
  const reply = refused ?? (await call('tasks.rerun', { rootId, id, reset: true }));
  if (!reply.ok) update(() => ({ notice: { kind: 'error', message: reply.error.message } }));
}

/** Asks for it. What comes of it is seen in the tree; a refusal is told in a notice. */
export async function command(id: string, what: PendingCommand): Promise<void> {
  if (getState().commands.has(id)) return;
  await ask(id, what, call(`executions.${what}`, { id }));
}

async function ask(id: string, what: PendingCommand, asked: Promise<Reply<unknown>>): Promise<void> {
  update(({ commands }) => ({ commands: new Map(commands).set(id, what) }));
  const reply = await asked;
  update(({ commands }) => {
    const rest = new Map(commands);
    rest.delete(id);
    return { commands: rest, notice: reply.ok ? null : { kind: 'error', message: reply.error.message } };
  });
}
