import path from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { LocalBackend } from '../engine/backends/local/local-backend.ts';
import type { DesktopOutput } from './contract.ts';
import { readWhole } from './read-whole.ts';
import { OWN, writeWhole } from './write-whole.ts';

// Copies of the store and executions as files: where they are is said in the system's dialogs, never by the window.

interface StoreFiles {
  readonly window: BrowserWindow;
  readonly housekeeping: () => Promise<LocalBackend['housekeeping']>;
}

const EXTENSION = 'windrose.json';
const filters = [
  { name: 'Windrose executions', extensions: [EXTENSION, 'json'] },
  { name: 'All files', extensions: ['*'] },
];
const LARGEST = 200 * 1024 * 1024;

export async function backUp({ window, housekeeping }: StoreFiles): Promise<DesktopOutput<'store.backUp'>> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Back up the store to a new folder in',
    buttonLabel: 'Back up here',
    properties: ['openDirectory', 'createDirectory'],
  });
  const [parent] = filePaths;
  if (parent === undefined) return null;
  const moment = new Date().toISOString().slice(0, 19).replaceAll(':', '-').replace('T', ' ');
  const folder = path.join(parent, `Windrose backup ${moment}`);
  await (await housekeeping()).backUp(folder);
  return { folder };
}

export async function exportExecution(
  { window, housekeeping }: StoreFiles,
  id: string,
  name: string,
): Promise<DesktopOutput<'executions.export'>> {
  const plain = name
    .replaceAll(/[^\p{L}\p{N} _.-]+/gu, ' ')
    .trim()
    .slice(0, 80);
  const { filePath, canceled } = await dialog.showSaveDialog(window, {
    title: 'Export execution',
    defaultPath: path.join(
      app.getPath('documents'),
      `${plain === '' ? 'execution' : plain} ${id.slice(0, 8)}.${EXTENSION}`,
    ),
    filters,
  });
  if (canceled || filePath === '') return null;
  await writeWhole(filePath, (await housekeeping()).export(id), OWN);
  return { name: path.basename(filePath) };
}

export async function importExecution({
  window,
  housekeeping,
}: StoreFiles): Promise<DesktopOutput<'executions.import'>> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import execution',
    properties: ['openFile'],
    filters,
  });
  const [file] = filePaths;
  if (file === undefined) return null;
  const bytes = await readWhole(
    file,
    LARGEST,
    () => `${path.basename(file)} cannot be imported. It is larger than 200 MB.`,
  );
  return (await housekeeping()).import(bytes);
}
