import type { FileFromOutside } from '../../electron/bridge.ts';
import type { Output } from '../../engine/api/methods.ts';
import { call, type Reply } from './client.ts';
import { update } from './store.ts';
import type { Loadable, WorkflowKey } from './window-state.ts';

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

export function selectWorkflow(workflow: WorkflowKey | null): void {
  update(() => ({ selectedWorkflow: workflow, selectedSample: null }));
}

export function selectSample(id: string): void {
  update(() => ({ selectedSample: id }));
}

export async function loadWorkflowText({ name, namespace }: WorkflowKey): Promise<Loadable<string>> {
  const reply = await call('workflows.get', { name, namespace });
  return reply.ok ? { status: 'loaded', value: reply.output.text } : { status: 'failed', message: reply.error.message };
}

/** What the text defines, or what is wrong with it. Changes nothing. */
export function checkWorkflows(text: string): Promise<Reply<Output<'workflows.check'>>> {
  return call('workflows.check', { text });
}

/** The text is stored when it has no problems; with problems nothing changes and they are in the reply. */
export function saveWorkflows(text: string, namespace = ''): Promise<Reply<Output<'workflows.save'>>> {
  return call('workflows.save', { text, namespace });
}

export function deleteWorkflow(workflow: WorkflowKey): Promise<Reply<Output<'workflows.delete'>>> {
  return call('workflows.delete', { name: workflow.name, namespace: workflow.namespace });
}

/** Shows the system's dialog; what was chosen is among {@link WindowState.files} afterwards. */
export async function openYaml(): Promise<void> {
  const reply = await call('dialogs.openYaml', {});
  if (!reply.ok) update(() => ({ notice: { kind: 'error', message: reply.error.message } }));
  else if (reply.output !== null) takeFile({ type: 'opened', ...reply.output });
}

/** A file came: the library shows it with its problems, or says why it cannot be read. Earlier ones come first. */
export function takeFile(file: FileFromOutside): void {
  update(({ files }) => ({ place: 'library', files: [...files, file] }));
}

/** The person corrects the file that is shown. */
export function correctFile(text: string): void {
  update(() => ({ correctedText: text }));
}

/** The file that is shown has been dealt with, or the person does not want it. */
export function dropFile(): void {
  update(({ files }) => ({ files: files.slice(1), correctedText: null }));
}

function loadable<T>(reply: Reply<T>): Loadable<T> {
  return reply.ok ? { status: 'loaded', value: reply.output } : { status: 'failed', message: reply.error.message };
}
