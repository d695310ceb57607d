import { app, type BrowserWindow, dialog, shell } from 'electron';
import { ApiError } from '../engine/api/api-error.ts';
import type { Backend } from '../engine/api/backend.ts';
import type { Trouble } from '../engine/api/resources.ts';
import type { LocalBackend } from '../engine/backends/local/local-backend.ts';
import { addSamplePack } from '../engine/backends/local/sample-pack.ts';
import type { DesktopInput, OpenedFile } from './contract.ts';
import type { OpenFiles } from './open-files.ts';
import type { Preferences } from './preferences.ts';
import type { DesktopHandlers } from './router.ts';
import type { SettingsKeeper } from './settings.ts';
import { backUp, exportExecution, importExecution } from './store-files.ts';
import { OWN, writeWhole } from './write-whole.ts';

export interface Desktop {
  readonly window: BrowserWindow;
  readonly settings: SettingsKeeper;
  readonly preferences: Preferences;
  readonly files: OpenFiles;
  /** Once the store is open. */
  readonly housekeeping: () => Promise<LocalBackend['housekeeping']>;
  readonly backend: Pick<Backend, 'call'>;
  readonly dataFolder: string;
  readonly actionsFolder: string;
  /** What was found damaged at the start. */
  readonly troubles: readonly Trouble[];
}

/** What the desktop's methods do. */
export function desktopHandlers(desktop: Desktop): DesktopHandlers {
  return {
    'app.info': async () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      chrome: process.versions.chrome,
      dataFolder: desktop.dataFolder,
      troubles: [...desktop.troubles],
    }),
    'dialogs.openYaml': () => openYaml(desktop.window, desktop.files),
    'files.save': ({ id, text, expected }) => desktop.files.save(id, text, expected),
    'files.saveAs': ({ name, text }) => saveAs(desktop.window, desktop.files, name, text),
    'files.close': async ({ id }) => {
      desktop.files.close(id);
      return {};
    },
    'store.size': async () => (await desktop.housekeeping()).size(),
    'store.backUp': () => backUp(desktop),
    'executions.export': ({ id, name }) => exportExecution(desktop, id, name),
    'executions.import': () => importExecution(desktop),
    'executions.importText': async ({ text }) => (await desktop.housekeeping()).import(Buffer.from(text)),
    'payloads.saveAs': async (payload) => ({ saved: await savePayload(desktop.window, desktop.backend, payload) }),
    'settings.get': async () => desktop.settings.current,
    'settings.set': (patch) => desktop.preferences.change(patch),
    'shell.showDataFolder': async () => {
      await showFolder(desktop.dataFolder);
      return {};
    },
    'shell.showActionsFolder': async () => {
      await showActionsFolder(desktop.actionsFolder);
      return {};
    },
  };
}

/** @throws ApiError when the system has nothing that shows folders */
export async function showFolder(folder: string): Promise<void> {
  const problem = await shell.openPath(folder);
  if (problem !== '') throw new ApiError('UNAVAILABLE', `${folder} could not be opened: ${problem}.`);
}

/** @throws ApiError as `showFolder`, or when nothing can be written there */
export async function showActionsFolder(folder: string): Promise<void> {
  try {
    await addSamplePack(folder);
  } catch (error) {
    throw new ApiError('UNAVAILABLE', `The folder ${folder} could not be made: ${String(error)}.`);
  }
  await showFolder(folder);
}

const filters = [
  { name: 'Workflows (YAML)', extensions: ['yaml', 'yml'] },
  { name: 'All files', extensions: ['*'] },
];

async function openYaml(window: BrowserWindow, files: OpenFiles): Promise<OpenedFile | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open workflow file',
    properties: ['openFile'],
    filters,
  });
  const [file] = filePaths;
  return file === undefined ? null : await files.open(file);
}

async function saveAs(window: BrowserWindow, files: OpenFiles, name: string, text: string): Promise<OpenedFile | null> {
  const { filePath, canceled } = await dialog.showSaveDialog(window, { title: 'Save as', defaultPath: name, filters });
  return canceled || filePath === '' ? null : await files.saveAs(filePath, text);
}

async function savePayload(
  window: BrowserWindow,
  backend: Pick<Backend, 'call'>,
  { name, ...place }: DesktopInput<'payloads.saveAs'>,
): Promise<boolean> {
  const { filePath, canceled } = await dialog.showSaveDialog(window, { title: 'Save as', defaultPath: name });
  if (canceled || filePath === '') return false;
  const payload = await backend.call('nodes.payload', { ...place, limit: Number.MAX_SAFE_INTEGER });
  if (!('text' in payload)) throw new ApiError('NOT_FOUND', 'There is nothing to be saved any more.');
  await writeWhole(filePath, payload.text, OWN);
  return true;
}
