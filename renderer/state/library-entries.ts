import type { Sample, WorkflowSummary } from '../../engine/api/resources.ts';
import type { WindowState } from './window-state.ts';

/** A row of the library. `key` tells it from all others. */
export type Entry =
  | { readonly type: 'workflow'; readonly key: string; readonly workflow: WorkflowSummary }
  | { readonly type: 'sample'; readonly key: string; readonly sample: Sample };

type Library = Pick<WindowState, 'workflows' | 'samples' | 'selectedWorkflow' | 'selectedSample'>;

export function workflowEntry(workflow: WorkflowSummary): Entry {
  return { type: 'workflow', key: `workflow ${workflow.namespace}/${workflow.name}`, workflow };
}

export function sampleEntry(sample: Sample): Entry {
  return { type: 'sample', key: `sample ${sample.id}`, sample };
}

/** What the library shows: what was selected, or the first workflow where that is gone or nothing was. */
export function shownEntry({ workflows, samples, selectedWorkflow, selectedSample }: Library): Entry | null {
  const sample = samples.status === 'loaded' ? samples.value.find(({ id }) => id === selectedSample) : undefined;
  if (sample !== undefined) return sampleEntry(sample);
  if (workflows.status !== 'loaded') return null;
  const workflow =
    workflows.value.find(
      ({ name, namespace }) => name === selectedWorkflow?.name && namespace === selectedWorkflow.namespace,
    ) ?? workflows.value[0];
  return workflow === undefined ? null : workflowEntry(workflow);
}

/** Those whose name or description contains every word of the search, in capital letters or not. */
export function search(entries: readonly Entry[], text: string): readonly Entry[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return entries;
  return entries.filter((entry) => {
    const said =
      entry.type === 'workflow'
        ? `${entry.workflow.name} ${entry.workflow.description} ${entry.workflow.tags.join(' ')}`
        : `${entry.sample.title} ${entry.sample.workflow} ${entry.sample.description}`;
    return words.every((word) => said.toLowerCase().includes(word));
  });
}
