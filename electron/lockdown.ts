import { app, type Session, type WebContents } from 'electron';
import type { Logger } from './log.ts';
import { crashUrl, pageUrl } from './page.ts';

/**
 * Pages of this app stay where they are, open nothing, and get no permission. Links and forms that lead elsewhere, and
 * files that are dropped beside the place for them, do nothing.
 */
export function lockPages(log: Logger): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      log.warn(`A page asked for a new window: ${url}`);
      return { action: 'deny' };
    });
    contents.on('will-frame-navigate', (event) => {
      if (isReload(contents, event.url)) return;
      log.warn(`A page asked to go to ${event.url}`);
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Copying is the only thing a page may do with the system. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
  session.setDevicePermissionHandler(() => false);
}

/** The same page again, or from the page that says that it has crashed back to it. */
function isReload(contents: WebContents, url: string): boolean {
  const shown = contents.getURL();
  return url === shown || (shown === crashUrl && url === pageUrl);
}
