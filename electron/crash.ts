import { app, type BrowserWindow, dialog, type RenderProcessGoneDetails } from 'electron';
import type { Logger } from './log.ts';
import { crashUrl } from './page.ts';
import { interactive } from './stop.ts';

interface CrashSurroundings {
  readonly logFile: string;
  /** How many executions run now. */
  readonly running: () => number;
  readonly log: Logger;
}

/**
 * The engine does not live in the window: when its page dies, nothing is lost but what the page showed. A page without
 * any script takes its place, says so, and leads back. It is no reload by itself, so that a page that dies at once is
 * not loaded for ever.
 */
export class Crashes {
  readonly #surroundings: CrashSurroundings;
  #facts: Readonly<Record<string, string>> = {};

  constructor(surroundings: CrashSurroundings) {
    this.#surroundings = surroundings;
  }

  /** What the page says, by the names of the places in crash.html. */
  get facts(): Readonly<Record<string, string>> {
    return this.#facts;
  }

  watch(window: BrowserWindow): void {
    const { log, logFile, running } = this.#surroundings;
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit' || window.isDestroyed()) return;
      log.error(`The window's page ended: ${reason} (${exitCode})`);
      if (window.webContents.getURL() === crashUrl) {
        void reloadOrQuit(window);
        return;
      }
      this.#facts = {
        REASON: inWords(reason),
        RUNNING: goesOn(running()),
        TIME: new Date().toLocaleString('en-GB'),
        LOG: logFile,
      };
      window.loadURL(crashUrl).catch((error: unknown) => log.error('The crash page cannot be shown', error));
    });
  }
}

function inWords(reason: RenderProcessGoneDetails['reason']): string {
  switch (reason) {
    case 'oom':
      return 'The window had no memory left. An execution with fewer rows open, or a smaller value, needs less of it.';
    case 'killed':
      return 'The process of the window was ended from outside.';
    case 'launch-failed':
      return 'The process of the window could not be started.';
    default:
      return 'The process of the window crashed. This is a mistake in Windrose.';
  }
}

function goesOn(running: number): string {
  if (running === 0) return 'The engine is alive behind it, and everything is stored.';
  const what = running === 1 ? 'One execution goes on' : `${running} executions go on`;
  return `The engine is alive behind it: ${what} while you read this.`;
}

/** Not even the page that needs nothing could be shown. */
async function reloadOrQuit(window: BrowserWindow): Promise<void> {
  if (!interactive) return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window stopped working.',
    detail: 'Executions go on in the background and nothing is lost. Reload the window to see them again.',
    buttons: ['Reload', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) return app.quit();
  if (!window.isDestroyed()) window.webContents.reload();
}
