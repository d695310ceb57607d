import { Notification, shell } from 'electron';
import type { LocalBackendOptions } from '../engine/backends/local/local-backend.ts';

/** What actions ask of the desktop: `local.open` and `local.notify`. */
export const actionDesktop: NonNullable<LocalBackendOptions['desktop']> = {
  openUrl: (url) => shell.openExternal(url),
  openFile: async (path) => {
    const problem = await shell.openPath(path);
    if (problem !== '') throw new Error(`${path} could not be opened: ${problem}.`);
  },
  notify: async ({ title, text }) => {
    if (!Notification.isSupported()) throw new Error('This system shows no notifications.');
    new Notification({ title, body: text }).show();
  },
};
