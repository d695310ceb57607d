import type { WindowCommand } from '../../electron/bridge.ts';
import { command, obeyRow } from './commands.ts';
import { openYaml } from './document-actions.ts';
import { shownEntry } from './library-entries.ts';
import { commandsFor } from './node-commands.ts';
import { nodeOf } from './nodes.ts';
import { openRunForm } from './run-actions.ts';
import { runSampleWith } from './sample-actions.ts';
import { getState } from './store.ts';
import { showPlace, showShortcuts } from './window-actions.ts';

/** Does what the application's menu asks for, or nothing where it makes no sense now. */
export function obey(what: WindowCommand): void {
  // A modal dialog comes first.
  if (document.querySelector('dialog[open]') !== null) return;
  const { selected, place } = getState();
  switch (what) {
    case 'openYaml':
      void openYaml();
      return;
    case 'showLibrary':
      showPlace('library');
      return;
    case 'showExecutions':
      showPlace('executions');
      return;
    case 'showEditor':
      showPlace('editor');
      return;
    case 'showExpressions':
      showPlace('expressions');
      return;
    case 'filter':
      document.querySelector<HTMLElement>('[data-filter]')?.focus();
      return;
    case 'run':
      if (place === 'library') runShown();
      return;
    case 'togglePause':
      if (selected !== null) togglePause(selected.rootId);
      return;
    case 'cancel':
      if (selected !== null) cancel(selected.rootId);
      return;
    case 'shortcuts':
      showShortcuts(true);
      return;
  }
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
  if (canBe('pause', rootId)) void command(rootId, 'pause');
  else if (canBe('resume', rootId)) void command(rootId, 'resume');
}

function cancel(rootId: string): void {
  const node = nodeOf(getState(), { rootId, id: rootId });
  if (node !== null && canBe('cancel', rootId)) obeyRow('cancel', node);
}

function canBe(what: 'pause' | 'resume' | 'cancel', rootId: string): boolean {
  const node = nodeOf(getState(), { rootId, id: rootId });
  return node !== null && commandsFor(getState(), node).includes(what);
}
