import { Keyboard } from 'lucide-react';
import { useEffect, useState } from 'react';
import { statusOf } from '../../state/status.ts';
import { getState, useStore } from '../../state/store.ts';
import { showShortcuts } from '../../state/window-actions.ts';
import { keyOf } from '../../state/window-commands.ts';
import { printed } from '../../ui/shortcut.ts';
import styles from './status-line.module.css';

/** So that somebody who hears it can follow, in milliseconds. */
const PAUSE = 2000;

/** How things stand, told politely and not more often than one can listen. */
export function StatusLine() {
  const status = useStatus();
  return (
    <footer className={styles.line}>
      <p className={styles.status} role="status">
        {status}
      </p>
      <button type="button" className={styles.shortcuts} onClick={() => showShortcuts(true)}>
        <Keyboard aria-hidden="true" />
        Shortcuts
        <kbd>{printed(keyOf('shortcuts'))}</kbd>
      </button>
    </footer>
  );
}

/** Changes at most once in a while. Without changes no timer runs. */
function useStatus(): string {
  const [status, setStatus] = useState(() => statusOf(getState()));
  useEffect(() => {
    let timer: number | undefined;
    let toldAt = 0;
    const tell = () => {
      timer = undefined;
      toldAt = Date.now();
      setStatus(statusOf(getState()));
    };
    const stop = useStore.subscribe(({ executions, watches, selected }, before) => {
      const same = executions === before.executions && watches === before.watches && selected === before.selected;
      if (same || timer !== undefined) return;
      timer = window.setTimeout(tell, Math.max(0, toldAt + PAUSE - Date.now()));
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, []);
  return status;
}
