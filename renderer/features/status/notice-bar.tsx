import { Info, OctagonAlert, X } from 'lucide-react';
import { useStore } from '../../state/store.ts';
import { dismissNotice } from '../../state/window-actions.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './notice-bar.module.css';

/** The sentence about what just happened; it stays until it is dismissed or the next one comes. */
export function NoticeBar() {
  const notice = useStore((state) => state.notice);
  return (
    // What is to be told must come into an element that was there before.
    <div role={notice?.kind === 'error' ? 'alert' : 'status'}>
      {notice !== null && (
        <div className={styles.notice} data-kind={notice.kind}>
          {notice.kind === 'error' ? <OctagonAlert aria-hidden="true" /> : <Info aria-hidden="true" />}
          <p className={styles.text}>{notice.message}</p>
          <IconButton label="Dismiss" onClick={dismissNotice}>
            <X aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
