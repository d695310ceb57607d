import { useEffect, useRef } from 'react';
import type { FileFromOutside } from '../../../electron/bridge.ts';
import { dropFile, openYaml } from '../../state/library-actions.ts';
import { Button } from '../../ui/button.tsx';
import styles from './no-workflows.module.css';

/** A file that was dropped or opened and cannot be read. */
export function UnreadableFile({ file }: { readonly file: Extract<FileFromOutside, { type: 'unreadable' }> }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const openAnother = async () => {
    dropFile();
    await openYaml();
  };
  return (
    <main className={styles.empty}>
      <div className={styles.place}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {file.name} cannot be opened
        </h1>
        <p role="alert">{file.message}</p>
        <div className={styles.buttons}>
          <Button onClick={dropFile}>Close</Button>
          <Button kind="primary" onClick={() => void openAnother()}>
            Open another…
          </Button>
        </div>
      </div>
    </main>
  );
}
