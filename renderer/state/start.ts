import { loadExecutions } from './execution-actions.ts';
import { loadLibrary, takeFile } from './library-actions.ts';
import { foldChanges } from './mirror.ts';
import { update } from './store.ts';

/** Listens to the shell and asks for what is shown first. Called once, before the first render. */
export function start(): void {
  window.windrose.onChanges((changes) => update((state) => foldChanges(state, changes)));
  window.windrose.onFile(takeFile);
  void loadLibrary();
  void loadExecutions();
}
