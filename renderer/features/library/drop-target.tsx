import { useEffect, useState } from 'react';
import { openFile } from '../../state/document-actions.ts';
import { importDropped } from '../../state/store-files.ts';
import styles from './drop-target.module.css';
import { readDroppedFile } from './read-dropped-file.ts';

/** The whole window takes files that are dropped on it, wherever the person is. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onDrag = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      // Leaving one element for another inside of the window is no leaving.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      void takeAll([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragenter', onDrag);
    window.addEventListener('dragover', onDrag);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onDrag);
      window.removeEventListener('dragover', onDrag);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over ? (
    <div className={styles.overlay}>Drop it to open it in the editor, or to import an execution</div>
  ) : null;
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

async function takeAll(dropped: readonly File[]): Promise<void> {
  const isExecution = ({ name }: File) => name.endsWith('.windrose.json');
  for (const file of dropped.filter(isExecution)) await importDropped(file);
  const files = dropped.filter((file) => !isExecution(file));
  for (const read of await Promise.all(files.map(readDroppedFile))) openFile(read);
}
