import { type ReactNode, useState } from 'react';
import { closeSheet } from '../../state/sheets.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './sheet.module.css';

interface SheetFrameProps {
  readonly title: string;
  /** What the button does, in a word or two. */
  readonly verb: string;
  /** The other button, when "Close" would not say it. */
  readonly decline?: string;
  readonly danger?: boolean;
  readonly width?: 'narrow' | 'wide';
  /** Null while it cannot be done. Gives the reason when it was refused. */
  readonly act: (() => Promise<string | null>) | null;
  readonly children: ReactNode;
}

/** Shows first what something will do, and then does it. What ends or deletes something is not what Enter does at once. */
export function SheetFrame({ title, verb, decline = 'Close', danger = false, width, act, children }: SheetFrameProps) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const run = async () => {
    if (act === null) return;
    setBusy(true);
    setRefusal(await act());
    setBusy(false);
  };
  return (
    <Dialog
      title={title}
      onClose={closeSheet}
      {...(width !== undefined && { width })}
      actions={
        <>
          {refusal !== null && (
            <p role="alert" className={styles.refusal}>
              {refusal}
            </p>
          )}
          <Button data-autofocus={danger || undefined} onClick={closeSheet}>
            {decline}
          </Button>
          <Button
            kind={danger ? 'danger' : 'primary'}
            data-autofocus={!danger || undefined}
            disabled={act === null}
            busy={busy}
            onClick={() => void run()}
          >
            {verb}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
