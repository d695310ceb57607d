import { call, onChanges } from './client.ts';
import { foldFileChange, openFile } from './document-actions.ts';
import { goToExecution, loadExecutions, syncWatches } from './execution-actions.ts';
import { followChanges } from './follow.ts';
import { loadLibrary } from './library-actions.ts';
import { foldChanges } from './mirror.ts';
import { keepSession, loadSession } from './session.ts';
import { getState, update } from './store.ts';
import { isUnsaved } from './text-document.ts';
import { obey } from './window-commands.ts';

/**
 * Listens to the shell, goes to where the person was the last time, and asks for what is shown there. Resolves before
 * the answers are there: the window shows itself at once.
 */
export async function start(): Promise<void> {
  onChanges((changes) => {
    update((state) => foldChanges(state, changes));
    followChanges(changes);
  });
  const { filter, ...session } = await loadSession();
  update((state) => ({ ...session, executions: { ...state.executions, filter: filter ?? state.executions.filter } }));
  // After the session, which would else overrule where a file or a command leads to.
  window.windrose.onFile(openFile);
  window.windrose.onFileChange(foldFileChange);
  keepFromLosingTexts();
  window.windrose.onCommand(obey);
  window.windrose.onExecution((id) => void goToExecution(id));
  keepSession();
  void loadLibrary();
  void loadExecutions();
  void loadTroubles();
  void loadQuestions();
  syncWatches();
}

/** As long as a text is not saved, the shell asks before the window closes. */
function keepFromLosingTexts(): void {
  window.addEventListener('beforeunload', (event) => {
    if (getState().documents.some(isUnsaved)) event.preventDefault();
  });
}

/** What is wrong with the store follows the changes from now on; what the shell found at its start stays as it is. */
async function loadTroubles(): Promise<void> {
  const [store, shell] = await Promise.all([call('troubles.list', {}), call('app.info', {})]);
  update(() => ({
    ...(store.ok && { troubles: store.output }),
    ...(shell.ok && { shellTroubles: shell.output.troubles }),
  }));
}

async function loadQuestions(): Promise<void> {
  const questions = await call('questions.list', {});
  if (questions.ok) update(() => ({ questions: questions.output }));
}
