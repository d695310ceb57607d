import { app, type BrowserWindow, dialog } from 'electron';
import type { Logger } from './log.ts';
import { interactive } from './stop.ts';

/** The engine does not live in the window: when its page dies, nothing is lost but what the page showed. */
export function offerReload(window: BrowserWindow, log: Logger): void {
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error(`The window's page ended: ${reason} (${exitCode})`);
    void reloadOrQuit(window);
  });
}

async function reloadOrQuit(window: BrowserWindow): Promise<void> {
  // The box comes first: a page that dies again at once must not be loaded for ever.
  if (interactive) {
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The window stopped working.',
      detail: 'Executions go on in the background and nothing is lost. Reload the window to see them again.',
      buttons: ['Reload', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    });
    if (response === 1) return app.quit();
  }
  if (!window.isDestroyed()) window.webContents.reload();
}
