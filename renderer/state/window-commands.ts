import { descriptionOf, type WindowCommand } from '../../electron/commands.ts';
import { command, obeyRow } from './commands.ts';
import { newDocument, openYaml } from './document-actions.ts';
import { expandToDepth, goToFailed, goToSibling, showAlone } from './execution-actions.ts';
import { toggleFollowing } from './follow.ts';
import { shownEntry } from './library-entries.ts';
import { commandsFor } from './node-commands.ts';
import { nodeOf } from './nodes.ts';
import { openRunForm } from './run-actions.ts';
import { runSampleWith } from './sample-actions.ts';
import { getState } from './store.ts';
import { backUpStore, exportExecution, importExecution } from './store-files.ts';
import { showCentre, showPalette, showPlace, showSettings, showShortcuts } from './window-actions.ts';
import type { WindowState } from './window-state.ts';

/** A command of the window: whether it makes sense now, and what it does. */
interface Deed {
  readonly isUseful: (state: WindowState) => boolean;
  readonly run: () => void;
}

const always = () => true;
const onExecution = ({ place, selected }: WindowState) => place === 'executions' && selected !== null;
const anywhere = (run: () => void): Deed => ({ isUseful: always, run });

/** For the selected execution. */
const forSelected = (run: (rootId: string) => void, isUseful: (state: WindowState) => boolean = onExecution): Deed => ({
  isUseful,
  run: () => {
    const { selected } = getState();
    if (selected !== null) run(selected.rootId);
  },
});

const deeds: Readonly<Record<WindowCommand, Deed>> = {
  newWorkflow: anywhere(() => newDocument('workflow')),
  openYaml: anywhere(() => void openYaml()),
  importExecution: anywhere(() => void importExecution()),
  exportExecution: forSelected((rootId) => void exportExecution(rootId)),
  backUp: anywhere(() => void backUpStore()),
  settings: anywhere(() => showSettings(true)),
  palette: anywhere(() => showPalette('commands')),
  search: anywhere(() => showPalette('executions')),
  showLibrary: anywhere(() => showPlace('library')),
  showExecutions: anywhere(() => showPlace('executions')),
  showEditor: anywhere(() => showPlace('editor')),
  showExpressions: anywhere(() => showPlace('expressions')),
  filter: { isUseful: () => filterField() !== null, run: () => filterField()?.focus() },
  toggleViews: { isUseful: onExecution, run: () => showCentre(!getState().centre.shown) },
  run: { isUseful: ({ place }) => place === 'library', run: runShown },
  togglePause: forSelected(togglePause, (state) => canBe(state, 'pause') || canBe(state, 'resume')),
  cancel: forSelected(cancel, (state) => canBe(state, 'cancel')),
  follow: { isUseful: onExecution, run: toggleFollowing },
  toggleAlone: forSelected((rootId) => showAlone(getState().opened === null ? rootId : null)),
  expandAll: forSelected((rootId) => expandToDepth(rootId, Number.POSITIVE_INFINITY)),
  collapseAll: forSelected((rootId) => expandToDepth(rootId, 1)),
  nextFailed: { isUseful: onExecution, run: () => goToFailed(1) },
  previousFailed: { isUseful: onExecution, run: () => goToFailed(-1) },
  olderExecution: { isUseful: onExecution, run: () => goToSibling(1) },
  newerExecution: { isUseful: onExecution, run: () => goToSibling(-1) },
  shortcuts: anywhere(() => showShortcuts(true)),
};

/** Does what the menu or a key asks for, or nothing where it makes no sense now. */
export function obey(what: WindowCommand): void {
  // A modal dialog comes first.
  if (document.querySelector('dialog[open]') === null && isUseful(what)) deeds[what].run();
}

export function isUseful(what: WindowCommand): boolean {
  return deeds[what].isUseful(getState());
}

/** The keys of a command, as Electron writes them. */
export function keyOf(what: WindowCommand): string {
  return descriptionOf(what).key;
}

function filterField(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-filter]');
}

/** Opens the run form for what the library shows. */
function runShown(): void {
  const state = getState();
  const shown = shownEntry(state);
  if (shown?.type === 'workflow')
    openRunForm({ name: shown.workflow.name, namespace: shown.workflow.namespace, input: {} });
  else if (shown?.type === 'sample') void runSampleWith(shown.sample);
}

/** Pauses an execution that runs, resumes one that is paused, and leaves any other alone. */
export function togglePause(rootId: string): void {
  if (canRootBe(getState(), 'pause', rootId)) void command(rootId, 'pause');
  else if (canRootBe(getState(), 'resume', rootId)) void command(rootId, 'resume');
}

function cancel(rootId: string): void {
  const node = nodeOf(getState(), { rootId, id: rootId });
  if (node !== null && canRootBe(getState(), 'cancel', rootId)) obeyRow('cancel', node);
}

type Asked = 'pause' | 'resume' | 'cancel';

function canBe(state: WindowState, what: Asked): boolean {
  return state.selected !== null && canRootBe(state, what, state.selected.rootId);
}

function canRootBe(state: WindowState, what: Asked, rootId: string): boolean {
  const node = nodeOf(state, { rootId, id: rootId });
  return node !== null && commandsFor(state, node).includes(what);
}
