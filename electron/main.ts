import path from 'node:path';
import { app, nativeTheme, powerMonitor, protocol, session } from 'electron';
import { openLocalBackend } from '../engine/backends/local/local-backend.ts';
import { actionDesktop } from './action-desktop.ts';
import type { FileFromOutside } from './bridge.ts';
import type { Settings } from './contract.ts';
import { Crashes } from './crash.ts';
import { desktopHandlers, showActionsFolder, showFolder } from './desktop.ts';
import { chooseFolders, type Folders } from './folders.ts';
import { answerWindow } from './ipc.ts';
import { Leaving } from './leave.ts';
import { denyPermissions, lockPages } from './lockdown.ts';
import { LOG_FILE, openLog } from './log.ts';
import { notifyOfEnds } from './notify-of-ends.ts';
import { OpenFiles } from './open-files.ts';
import { pageScheme, pageUrl, servePage } from './page.ts';
import { Preferences } from './preferences.ts';
import { createRouter } from './router.ts';
import { RunningExecutions } from './running-executions.ts';
import { openSecretBox } from './secret-box.ts';
import { SettingsKeeper } from './settings.ts';
import { openSettingsFile } from './settings-file.ts';
import { claimInstance } from './single-instance.ts';
import { closeBeforeQuit, refuseToStart, stopOnUncaughtErrors } from './stop.ts';
import { askBeforeLosingTexts } from './unsaved.ts';
import { watchRunning } from './watch-running.ts';
import { WatchedTrees } from './watched-trees.ts';
import { createWindow, focusWindow, messagesTo, showProgress, watchPlace } from './window.ts';
import { yamlFilesIn } from './yaml-files.ts';

/** How long the store may take to close, in milliseconds. */
const CLOSING = 5_000;

const folders = foldersOrStop();
const log = openLog(folders.log);
stopOnUncaughtErrors(log);

/** The files of this start, of later starts and of "open with" wait here until there is a window to show them. */
const files = yamlFilesIn(process.argv.slice(1), process.cwd());
let receive = (more: readonly string[]): void => {
  files.push(...more);
};
app.on('open-file', (event, file) => {
  event.preventDefault();
  receive([file]);
});

if (claimInstance(files, (more) => receive(more))) {
  lockPages(log);
  // Both have to be said before Electron is ready. With the switch, which only root needs, no page would open.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
  // Not awaited: Electron becomes ready only when this module has ended.
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => refuseToStart(error, log));
} else {
  console.error('Windrose is already running on this data folder: its window is brought to the front.');
  app.exit(0);
}

async function start(): Promise<void> {
  const { document, troubles } = await openSettingsFile(folders.settingsFile);
  const settings = new SettingsKeeper(document, log);
  // The store opens while the window does; calls wait for it.
  const opening = openLocalBackend({
    folder: folders.store,
    log,
    durability: settings.current.durability,
    desktop: actionDesktop,
    actionsFolder: folders.actions,
    secretBox: openSecretBox(),
    retention: retentionOf(settings.current.retention),
    bounds: settings.current,
    onWake: (listener) => powerMonitor.on('resume', listener),
  });
  const backend = new WatchedTrees({ call: async (method, input) => (await opening).call(method, input) });

  nativeTheme.themeSource = settings.current.theme;
  denyPermissions(session.defaultSession);
  const running = new RunningExecutions(Date.now());
  const logFile = path.join(folders.log, LOG_FILE);
  const crashes = new Crashes({ logFile, running: () => running.counts.executions, log });
  protocol.handle(
    pageScheme,
    servePage(folders.page, () => crashes.facts),
  );
  const window = createWindow(folders.preload, settings.place);
  const tell = messagesTo(window);
  watchPlace(window, (place) => settings.keepPlace(place));
  crashes.watch(window);
  const leaving = new Leaving(window, running, backend, log);
  const tellEnds = notifyOfEnds(window, {
    isWanted: () => settings.current.notifications,
    isShown: (id) => backend.has(id),
    open: (id) => tell(id === null ? { type: 'command', command: 'showExecutions' } : { type: 'execution', id }),
  });
  askBeforeLosingTexts(window);
  const openFiles = new OpenFiles(
    (id, text) => tell({ type: 'fileChanged', change: { id, text } }),
    // Windows and macOS keep such a list; a file that is chosen there comes as any file from outside.
    (file) => app.addRecentDocument(file),
  );
  window.webContents.on('did-start-loading', () => {
    openFiles.closeAll();
    unasked(backend.letGo());
  });

  const preferences = new Preferences(
    window,
    settings,
    {
      command: (command) => tell({ type: 'command', command }),
      change: (patch) =>
        unasked(preferences.change(patch).then((changed) => tell({ type: 'settings', settings: changed }))),
      showDataFolder: () => unasked(showFolder(folders.data)),
      showActionsFolder: () => unasked(showActionsFolder(folders.actions)),
    },
    {
      retain: (retention) => unasked(opening.then(({ housekeeping }) => housekeeping.retain(retentionOf(retention)))),
      bound: (bounds) => unasked(opening.then((store) => store.bound(bounds))),
    },
  );
  const desktop = desktopHandlers({
    window,
    preferences,
    settings,
    files: openFiles,
    housekeeping: async () => (await opening).housekeeping,
    backend,
    dataFolder: folders.data,
    actionsFolder: folders.actions,
    troubles,
  });
  answerWindow(window, pageUrl, createRouter(backend, desktop, log), log);

  const show = async (file: string): Promise<void> =>
    tell({ type: 'file', file: await fileFromOutside(openFiles, file) });
  for (const file of files) unasked(show(file));
  receive = (more) => {
    focusWindow(window);
    for (const file of more) unasked(show(file));
  };

  app.on('window-all-closed', () => app.quit());
  closeBeforeQuit(() => Promise.all([settings.flush(), opening.then((store) => store.close())]), CLOSING, log);

  await Promise.all([
    opening.then((store) => {
      store.subscribe((changes) => tell({ type: 'changes', changes: JSON.stringify(changes) }));
      const watching = watchRunning(store, running, (ended) => {
        tellEnds(ended);
        showProgress(window, running.counts);
        leaving.update();
      });
      unasked(watching);
    }),
    window.loadURL(pageUrl),
  ]);
}

function foldersOrStop(): Folders {
  try {
    return chooseFolders();
  } catch (error) {
    refuseToStart(error, { ...console, info: () => {} }); // there is no place for a log
    throw error;
  }
}

/** Nobody in the window is waiting for it: what goes wrong is told like a file. */
async function fileFromOutside(openFiles: OpenFiles, file: string): Promise<FileFromOutside> {
  try {
    return { type: 'opened', ...(await openFiles.open(file)) };
  } catch (error) {
    return { type: 'unreadable', name: path.basename(file), message: error instanceof Error ? error.message : '' };
  }
}

function retentionOf({ days, executions }: Settings['retention']): { age: number | null; count: number | null } {
  return { age: days === null ? null : days * 24 * 60 * 60 * 1000, count: executions };
}

/** For what no caller waits for: when it fails, the log says so. */
function unasked(work: Promise<unknown>): void {
  work.catch((error: unknown) => log.error('Something that was done unasked failed', error));
}
