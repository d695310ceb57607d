import type { Sample } from '../../engine/api/resources.ts';
import { saveWorkflows, selectEntry } from './library-actions.ts';
import { openRunForm, startExecution } from './run-actions.ts';
import { getState } from './store.ts';
import { notify } from './window-actions.ts';
import type { WindowState } from './window-state.ts';

/** Whether the library has the sample's workflow, as it came or as the person has changed it since. */
export function isInLibrary({ workflows }: Pick<WindowState, 'workflows'>, { workflow }: Sample): boolean {
  return (
    workflows.status === 'loaded' &&
    workflows.value.some(({ name, namespace }) => name === workflow && namespace === '')
  );
}

/** Puts the sample into the library, where it can be run and replaced like any other workflow, and shows it there. */
export async function addSample(sample: Sample): Promise<void> {
  if (await ensureInLibrary(sample)) selectEntry({ kind: 'workflow', name: sample.workflow, namespace: '' });
}

/** Starts the sample with its own input. */
export async function runSample(sample: Sample): Promise<void> {
  if (!(await ensureInLibrary(sample))) return;
  const reply = await startExecution({ workflow: sample.workflow, input: sample.input });
  if (!reply.ok) notify({ kind: 'error', message: reply.error.message });
}

/** Opens the run form with the sample's own input. */
export async function runSampleWith(sample: Sample): Promise<void> {
  if (await ensureInLibrary(sample)) openRunForm({ name: sample.workflow, namespace: '', input: sample.input });
}

/** Never replaces what is there: the person may have changed it. */
async function ensureInLibrary(sample: Sample): Promise<boolean> {
  if (isInLibrary(getState(), sample)) return true;
  const reply = await saveWorkflows(sample.text);
  const problem = reply.ok ? reply.output.problems[0]?.message : reply.error.message;
  if (problem !== undefined) notify({ kind: 'error', message: `The sample could not be added. ${problem}` });
  return problem === undefined;
}
