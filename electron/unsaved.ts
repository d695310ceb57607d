import { type BrowserWindow, dialog } from 'electron';
import { interactive } from './stop.ts';

/**
 * A page with unsaved texts objects to being closed or reloaded; the person decides. Where nobody can answer, the texts
 * go: a process that does not end would be worse.
 */
export function askBeforeLosingTexts(window: BrowserWindow): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const KEEP = 0;
    const answer = interactive
      ? dialog.showMessageBoxSync(window, {
          type: 'warning',
          message: 'There are texts that are not saved.',
          detail: 'What you have changed in the editor is lost when the window closes.',
          buttons: ['Keep editing', 'Close without saving'],
          defaultId: KEEP,
          cancelId: KEEP,
          noLink: true,
        })
      : null;
    // The event stops the closing unless its own default is prevented.
    if (answer !== KEEP) event.preventDefault();
  });
}
