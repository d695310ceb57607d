import { app, type BrowserWindow, dialog, shell } from 'electron';
import { ApiError } from '../engine/api/api-error.ts';
import type { Trouble } from '../engine/api/resources.ts';
import type { OpenedFile } from './contract.ts';
import type { Preferences } from './preferences.ts';
import type { DesktopHandlers } from './router.ts';
import type { SettingsKeeper } from './settings.ts';
import { readYamlFile } from './yaml-files.ts';

export interface Desktop {
  readonly window: BrowserWindow;
  readonly settings: SettingsKeeper;
  readonly preferences: Preferences;
  readonly dataFolder: string;
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
    'dialogs.openYaml': () => openYaml(desktop.window),
    'settings.get': async () => desktop.settings.current,
    'settings.set': (patch) => desktop.preferences.change(patch),
    'shell.showDataFolder': async () => {
      await showFolder(desktop.dataFolder);
      return {};
    },
  };
}

/** @throws ApiError when the system has nothing that shows folders */
export async function showFolder(folder: string): Promise<void> {
  const problem = await shell.openPath(folder);
  if (problem !== '') throw new ApiError('UNAVAILABLE', `${folder} could not be opened: ${problem}.`);
}

async function openYaml(window: BrowserWindow): Promise<OpenedFile | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open workflow file',
    properties: ['openFile'],
    filters: [
      { name: 'Workflows (YAML)', extensions: ['yaml', 'yml'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  const [file] = filePaths;
  return file === undefined ? null : await readYamlFile(file);
}
