import { app, type BrowserWindow, dialog, Menu, nativeImage, powerMonitor, Tray } from 'electron';
import type { Backend } from '../engine/api/backend.ts';
import type { Logger } from './log.ts';
import { roseBitmap } from './rose.ts';
import type { RunningExecutions } from './running-executions.ts';
import { interactive } from './stop.ts';
import { focusWindow } from './window.ts';

const KEEP = 0;
const PAUSE = 1;
const QUIT = 2;
const STAY = 3;

/**
 * Closing the window, or quitting, while executions run asks what becomes of them. Kept running, the app has no window until
 * it is opened from the tray or, where the system shows none, started again. Pausing lets actions that run end first, since
 * most of those that are cut off fail at the next start. Where nobody can answer, the app ends at once.
 */
export class Leaving {
  readonly #window: BrowserWindow;
  readonly #running: RunningExecutions;
  readonly #backend: Pick<Backend, 'call'>;
  readonly #log: Logger;
  #tray: Tray | null = null;
  #isDecided = false;
  #isAsking = false;
  /** Everything was paused in order to quit. */
  #quitsWhenStill = false;

  constructor(window: BrowserWindow, running: RunningExecutions, backend: Pick<Backend, 'call'>, log: Logger) {
    this.#window = window;
    this.#running = running;
    this.#backend = backend;
    this.#log = log;
    window.on('close', (event) => {
      const isFree = this.#isDecided || !interactive || running.counts.executions === 0;
      // Unsaved texts may still keep the window open: the next time is asked again.
      this.#isDecided = false;
      if (isFree) return;
      event.preventDefault();
      this.#ask().catch((error: unknown) => log.error('The question before closing failed', error));
    });
    window.on('show', () => this.#removeTray());
    app.on('activate', () => focusWindow(window));
    // The machine goes down and waits for nobody.
    powerMonitor.on('shutdown', () => {
      this.#isDecided = true;
    });
  }

  /** What runs has changed. */
  update(): void {
    if (this.#quitsWhenStill && this.#running.counts.executions === 0) this.#quit();
    this.#tray?.setContextMenu(this.#menu());
    this.#tray?.setToolTip(`Windrose: ${this.#words()}`);
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      const options = question(this.#words());
      const { response } = this.#window.isVisible()
        ? await dialog.showMessageBox(this.#window, options)
        : await dialog.showMessageBox(options);
      this.#quitsWhenStill = response === PAUSE;
      if (response === KEEP) this.#hide();
      else if (response === PAUSE) await this.#pauseAll();
      else if (response === QUIT) this.#quit();
    } finally {
      this.#isAsking = false;
    }
  }

  #hide(): void {
    this.#window.hide();
    try {
      const icon = nativeImage.createFromBitmap(roseBitmap(32, [61, 155, 245]), {
        width: 32,
        height: 32,
        scaleFactor: 2,
      });
      this.#tray = new Tray(icon);
      this.#tray.on('click', () => focusWindow(this.#window));
      this.update();
    } catch (error) {
      this.#log.warn('There is no tray: starting Windrose again brings its window back', error);
    }
  }

  #removeTray(): void {
    this.#tray?.destroy();
    this.#tray = null;
  }

  /** What cannot be paused any more has ended meanwhile. */
  async #pauseAll(): Promise<void> {
    await Promise.allSettled(this.#running.ids.map((id) => this.#backend.call('executions.pause', { id })));
    this.update();
  }

  #quit(): void {
    this.#quitsWhenStill = false;
    this.#isDecided = true;
    app.quit();
  }

  #menu(): Menu {
    return Menu.buildFromTemplate([
      { label: 'Open Windrose', click: () => focusWindow(this.#window) },
      { label: this.#words(), enabled: false },
      { type: 'separator' },
      { label: 'Quit', click: () => app.quit() },
    ]);
  }

  #words(): string {
    const { executions } = this.#running.counts;
    if (executions === 0) return 'Nothing is running';
    return executions === 1 ? '1 execution is running' : `${executions} executions are running`;
  }
}

function question(words: string) {
  return {
    type: 'question' as const,
    message: `${words}.`,
    detail:
      'They can go on without the window: its icon in the tray, or starting Windrose again, brings it back.\n\n' +
      'Pausing starts nothing new and lets actions that run end; then Windrose quits. Quitting at once stops them: everything ' +
      'goes on at the next start, but actions that must not run twice fail.',
    buttons: ['Keep running', 'Pause all, then quit', 'Quit', 'Cancel'],
    defaultId: KEEP,
    cancelId: STAY,
    noLink: true,
  };
}
