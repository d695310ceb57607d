import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { WindowMessage } from './bridge.ts';
import { tellChannel } from './channels.ts';
import { crashUrl } from './page.ts';
import type { RunningCounts } from './running-executions.ts';
import { minimumSize, placeOnScreen, type WindowPlace } from './window-place.ts';

/** How long the window must have stood still before its place is kept, in milliseconds. */
const STILL = 500;

/** Makes the window, empty and hidden. It shows itself when its page has painted, on the background of its theme. */
export function createWindow(preload: string, place: WindowPlace | null): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const window = new BrowserWindow({
    ...placeOnScreen(place, [primary.workArea, ...others.map(({ workArea }) => workArea)]),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Windrose',
    show: false,
    backgroundColor: background(),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // Chromium would fetch dictionaries from the internet.
      spellcheck: false,
    },
  });
  const repaint = (): void => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
  window.once('ready-to-show', () => {
    if (place?.maximized) window.maximize();
    window.show();
  });
  return window;
}

/** Hears where the window is whenever it has come to rest, and once more when it closes. */
export function watchPlace(window: BrowserWindow, listener: (place: WindowPlace) => void): void {
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    clearTimeout(timer);
    listener({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(tell, STILL);
  };
  window.on('resize', wait).on('move', wait).on('maximize', wait).on('unmaximize', wait).on('close', tell);
}

/** The way into the page. What is told while there is no page (at the start, during a reload) waits for it. */
export function messagesTo(window: BrowserWindow): (message: WindowMessage) => void {
  const { webContents } = window;
  const waiting: WindowMessage[] = [];
  let loaded = false;
  webContents.on('did-start-loading', () => {
    loaded = false;
  });
  webContents.on('did-finish-load', () => {
    // What a page without any script is told would be lost.
    if (webContents.getURL() === crashUrl) return;
    loaded = true;
    for (const message of waiting.splice(0)) webContents.send(tellChannel, message);
  });
  return (message) => {
    if (window.isDestroyed()) return;
    if (loaded) webContents.send(tellChannel, message);
    // A page that comes up asks how things are: what changed before then would be stale.
    else if (message.type !== 'changes') waiting.push(message);
  };
}

/** How far what runs is, in the task bar where the system has one: of the tasks that there are so far, those that have ended. */
export function showProgress(window: BrowserWindow, { executions, tasks, ended }: RunningCounts): void {
  if (window.isDestroyed()) return;
  // In whole percent, so that the system hears of it a hundred times at most.
  const progress = executions === 0 ? OFF : Math.round((100 * ended) / Math.max(1, tasks)) / 100;
  if (progress === shownProgress.get(window)) return;
  shownProgress.set(window, progress);
  window.setProgressBar(progress);
}

const OFF = -1;
const shownProgress = new WeakMap<BrowserWindow, number>();

/** Brings the window to where the person looks. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** The page's own background (ux.md), so that nothing flashes before the first paint. */
function background(): string {
  return nativeTheme.shouldUseDarkColors ? '#14171C' : '#FFFFFF';
}
