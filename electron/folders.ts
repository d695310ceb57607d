import fs from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { ApiError } from '../engine/api/api-error.ts';

export interface Folders {
  /** All that Windrose keeps for this person. */
  readonly data: string;
  readonly store: string;
  /** The person's own actions. */
  readonly actions: string;
  readonly settingsFile: string;
  readonly log: string;
  /** What the build made for the window. */
  readonly page: string;
  readonly preload: string;
}

/**
 * Decides where everything is. Must run before anything else asks Electron for a folder, the instance lock included.
 * WINDROSE_USER_DATA names another data folder, so that a test or a second person's set is wholly apart.
 * @throws ApiError when the data folder cannot be made or written
 */
export function chooseFolders(): Folders {
  const chosen = process.env.WINDROSE_USER_DATA;
  const data = chosen ? path.resolve(chosen) : app.getPath('userData');
  try {
    fs.mkdirSync(data, { recursive: true });
    fs.accessSync(data, fs.constants.W_OK);
  } catch (error) {
    throw new ApiError('UNAVAILABLE', `The data folder ${data} cannot be used: ${String(error)}.`);
  }
  app.setPath('userData', data);
  // Chromium's caches do not belong between the files that a person may want to look at.
  app.setPath('sessionData', path.join(data, 'chromium'));
  const dist = path.join(import.meta.dirname, '..');
  return {
    data,
    store: path.join(data, 'store'),
    actions: path.join(data, 'actions'),
    settingsFile: path.join(data, 'settings.json'),
    log: path.join(data, 'logs'),
    page: path.join(dist, 'renderer'),
    preload: path.join(dist, 'preload', 'preload.cjs'),
  };
}
