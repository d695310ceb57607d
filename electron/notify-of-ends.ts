import { type BrowserWindow, Notification } from 'electron';
import type { ExecutionSummary } from '../engine/api/resources.ts';
import { type EndNotice, EndNotices } from './end-notices.ts';
import { focusWindow } from './window.ts';

interface Surroundings {
  /** Whether the person wants to be told. */
  readonly isWanted: () => boolean;
  /** Whether the window shows the tree of this execution. */
  readonly isShown: (id: string) => boolean;
  /** Shows an execution in the window; null: the list of them. */
  readonly open: (id: string | null) => void;
}

/** Takes executions that have ended, and tells of those that nobody sees by the notifications of the system. */
export function notifyOfEnds(
  window: BrowserWindow,
  { isWanted, isShown, open }: Surroundings,
): (ended: readonly ExecutionSummary[]) => void {
  /** One that is collected could not be clicked any more. */
  const shown = new Set<Notification>();
  const show = ({ title, body, id }: EndNotice): void => {
    const notification = new Notification({ title, body, silent: true });
    shown.add(notification);
    notification.on('close', () => shown.delete(notification));
    notification.on('click', () => {
      shown.delete(notification);
      focusWindow(window);
      open(id);
    });
    notification.show();
  };
  const notices = new EndNotices(show);
  return (ended) => {
    if (ended.length === 0 || !isWanted() || !Notification.isSupported()) return;
    const isLookedAt = !window.isDestroyed() && window.isFocused();
    notices.add(ended.filter(({ id }) => !isLookedAt || !isShown(id)));
  };
}
