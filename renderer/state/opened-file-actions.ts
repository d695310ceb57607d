import { dropFile, saveWorkflows, selectWorkflow } from './library-actions.ts';
import { getState } from './store.ts';
import { notify } from './window-actions.ts';

/**
 * Stores the workflows of the opened file, says which were added and which replaced, and shows the first of them.
 * Answers why it did not, as a sentence, and null when it did. With problems nothing is stored and nothing is said: the
 * check that runs beside the text has found the same.
 */
export async function saveOpenedFile(text: string): Promise<string | null> {
  const { workflows: before } = getState();
  const known = before.status === 'loaded' ? before.value : [];
  const reply = await saveWorkflows(text);
  if (!reply.ok) return reply.error.message;
  const { workflows, problems } = reply.output;
  const [first] = workflows;
  if (first === undefined || problems.length > 0) return null;
  const isKnown = (name: string) => known.some((workflow) => workflow.name === name && workflow.namespace === '');
  const names = workflows.map(({ name }) => name);
  const sentences = [
    sentence(
      'Added',
      names.filter((name) => !isKnown(name)),
    ),
    sentence('Replaced', names.filter(isKnown)),
  ];
  notify({ kind: 'info', message: sentences.filter((said) => said !== '').join(' ') });
  dropFile();
  selectWorkflow({ name: first.name, namespace: first.namespace });
  return null;
}

function sentence(verb: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${verb} ${names.join(', ')}.`;
}
