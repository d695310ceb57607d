import type {
  ActionSummary,
  CronTrigger,
  Environment,
  Sample,
  WorkbookSummary,
  WorkflowSummary,
} from '../../engine/api/resources.ts';
import type { DefinitionKey } from './text-document.ts';
import type { Loadable, WindowState } from './window-state.ts';

/** A row of the library. `key` tells it from all others. */
export type Entry =
  | { readonly type: 'workflow'; readonly key: string; readonly workflow: WorkflowSummary }
  | { readonly type: 'workbook'; readonly key: string; readonly workbook: WorkbookSummary }
  | { readonly type: 'action'; readonly key: string; readonly action: ActionSummary }
  /** Of a module of the person's own. */
  | { readonly type: 'own'; readonly key: string; readonly action: ActionSummary }
  | { readonly type: 'environment'; readonly key: string; readonly environment: Environment }
  | { readonly type: 'cronTrigger'; readonly key: string; readonly cronTrigger: CronTrigger }
  | { readonly type: 'sample'; readonly key: string; readonly sample: Sample };

type Library = Pick<
  WindowState,
  'workflows' | 'workbooks' | 'actions' | 'environments' | 'cronTriggers' | 'samples' | 'selectedEntry'
>;

export function entryKey({ kind, name, namespace }: DefinitionKey): string {
  return `${kind} ${namespace}/${name}`;
}

export function cronTriggerKey(name: string): string {
  return `cron trigger ${name}`;
}

export function workflowEntry(workflow: WorkflowSummary): Entry {
  return { type: 'workflow', key: entryKey({ ...workflow, kind: 'workflow' }), workflow };
}

export function sampleEntry(sample: Sample): Entry {
  return { type: 'sample', key: `sample ${sample.id}`, sample };
}

/** Everything in the library, in the order in which it is listed. Actions are those that a person has defined. */
export function entriesOf({
  workflows,
  workbooks,
  actions,
  environments,
  cronTriggers,
  samples,
}: Library): readonly Entry[] {
  return [
    ...loaded(workflows).map(workflowEntry),
    ...loaded(workbooks).map(
      (workbook): Entry => ({ type: 'workbook', key: entryKey({ ...workbook, kind: 'workbook' }), workbook }),
    ),
    ...loaded(actions)
      .filter(({ kind }) => kind === 'ad-hoc')
      .map((action): Entry => ({ type: 'action', key: entryKey({ ...action, kind: 'action' }), action })),
    ...loaded(actions)
      .filter(({ kind }) => kind === 'own')
      .map((action): Entry => ({ type: 'own', key: `own ${action.name}`, action })),
    ...loaded(environments).map(
      (environment): Entry => ({
        type: 'environment',
        key: entryKey({ kind: 'environment', name: environment.name, namespace: '' }),
        environment,
      }),
    ),
    ...loaded(cronTriggers).map(
      (cronTrigger): Entry => ({ type: 'cronTrigger', key: cronTriggerKey(cronTrigger.name), cronTrigger }),
    ),
    ...loaded(samples).map(sampleEntry),
  ];
}

/** What the library shows: what was selected, or the first workflow where that is gone or nothing was. */
export function shownEntry(library: Library): Entry | null {
  const entries = entriesOf(library);
  const selected = entries.find(({ key }) => key === library.selectedEntry);
  return selected ?? entries.find(({ type }) => type === 'workflow') ?? null;
}

/** Those whose name or description contains every word of the search, in capital letters or not. */
export function search(entries: readonly Entry[], text: string): readonly Entry[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return entries;
  return entries.filter((entry) => words.every((word) => saidOf(entry).toLowerCase().includes(word)));
}

function saidOf(entry: Entry): string {
  switch (entry.type) {
    case 'workflow':
      return `${entry.workflow.name} ${entry.workflow.description} ${entry.workflow.tags.join(' ')}`;
    case 'workbook':
      return `${entry.workbook.name} ${entry.workbook.description} ${entry.workbook.tags.join(' ')}`;
    case 'action':
    case 'own':
      return `${entry.action.name} ${entry.action.description} ${entry.action.tags.join(' ')}`;
    case 'environment':
      return `${entry.environment.name} ${Object.keys(entry.environment.variables).join(' ')}`;
    case 'cronTrigger':
      return `${entry.cronTrigger.name} ${entry.cronTrigger.workflow} ${entry.cronTrigger.pattern}`;
    case 'sample':
      return `${entry.sample.title} ${entry.sample.workflow} ${entry.sample.description}`;
  }
}

function loaded<T>(list: Loadable<readonly T[]>): readonly T[] {
  return list.status === 'loaded' ? list.value : [];
}
