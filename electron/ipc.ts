import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Reply } from './bridge.ts';
import { callChannel, readChannel } from './channels.ts';
import type { Logger } from './log.ts';
import { failure, type Route } from './router.ts';

/**
 * Opens the one door of the window: calls from the main frame of `window` go to `route` while it shows our own page.
 * Whoever else gets hold of a channel is refused. The only file that knows ipcMain.
 * @param url what our page's address begins with
 */
export function answerWindow(window: BrowserWindow, url: string, route: Route, log: Logger): void {
  const isOurs = ({ senderFrame }: IpcMainInvokeEvent): boolean =>
    !window.isDestroyed() && senderFrame === window.webContents.mainFrame && senderFrame.url.startsWith(url);

  const answer = async (event: IpcMainInvokeEvent, method: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (isOurs(event)) return route(method, input);
    log.warn(`Refused a call from ${event.senderFrame?.url ?? 'a frame that is gone'}`);
    return failure('REFUSED', 'Only the page of Windrose itself may ask for this.');
  };
  ipcMain.handle(callChannel, answer);
  ipcMain.handle(readChannel, async (event, method: unknown, input: unknown) =>
    JSON.stringify(await answer(event, method, input)),
  );
}
