import { app, dialog } from 'electron';
import type { Logger } from './log.ts';

/** False where nobody is there to answer (tests, CI): a dialog would wait for ever. */
export const interactive = !process.env.WINDROSE_NO_DIALOGS;

/**
 * Ends the app before it has begun, where the person is looking: in a message box, or on stderr. What the store and the
 * shell refuse has a sentence for its message; the stack is only for the log.
 */
export function refuseToStart(reason: unknown, log: Logger): void {
  const sentence = reason instanceof Error ? reason.message : String(reason);
  log.error(`Windrose cannot start. ${sentence}`); // also on stderr
  log.info('It was refused by', reason);
  if (interactive) dialog.showErrorBox('Windrose cannot start', sentence);
  app.exit(1);
}

/**
 * A mistake of ours leaves the state unknown, and the store is made to be left at any moment. So the app ends at once
 * instead of asking with a dialog, and goes on at the next start.
 */
export function stopOnUncaughtErrors(log: Logger): void {
  const stop = (error: unknown): void => {
    log.error('Windrose ends because of an error that nobody caught', error);
    app.exit(1);
  };
  process.on('uncaughtException', stop);
  process.on('unhandledRejection', stop);
}

/**
 * Lets `close` finish before the process ends, but no longer than `limit` milliseconds: what is not written by then is
 * in the journal.
 */
export function closeBeforeQuit(close: () => Promise<unknown>, limit: number, log: Logger): void {
  let closing = false;
  // Not before-quit: by now the windows are gone, so that quitting feels immediate and nothing new is asked.
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    const late = setTimeout(() => {
      log.warn(`Closing took more than ${limit} ms: left to the next start`);
      app.exit(0);
    }, limit);
    close()
      .catch((error: unknown) => log.error('Closing failed', error))
      .finally(() => {
        clearTimeout(late);
        app.exit(0);
      });
  });
}
