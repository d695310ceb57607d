import { lazy, Suspense, useState } from 'react';
import { keepDocument, reloadDocument } from '../../state/document-actions.ts';
import type { TextDocument } from '../../state/text-document.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './editor.module.css';

const Comparison = lazy(async () => ({ default: (await import('../../ui/code-editor/comparison.tsx')).Comparison }));

/** Says that somebody else has changed what is being edited, and asks what is to be done about it. */
export function OutsideChange({ document }: { readonly document: TextDocument }) {
  const [comparing, setComparing] = useState(false);
  const { id, outside, text, title, origin } = document;
  if (outside === null) return null;
  const where = origin.type === 'library' ? 'in the library' : 'on the disk';
  if (outside.text === null) {
    return (
      <div className={styles.bar} role="alert">
        <p>
          {title} is not there any more {where}. Your text is still here; saving writes it again.
        </p>
        <Button onClick={() => keepDocument(id)}>Keep mine</Button>
      </div>
    );
  }
  const theirs = outside.text;
  const reload = () => {
    setComparing(false);
    reloadDocument(id);
  };
  const keep = () => {
    setComparing(false);
    keepDocument(id);
  };
  return (
    <div className={styles.bar} role="alert">
      <p>
        {title} was changed {where} by somebody else. Nothing is overwritten until you say so.
      </p>
      <Button onClick={() => setComparing(true)}>Compare…</Button>
      <Button onClick={keep}>Keep mine</Button>
      <Button onClick={reload}>Reload</Button>
      {comparing && (
        <Dialog
          title={`Compare ${title}`}
          width="wide"
          onClose={() => setComparing(false)}
          actions={
            <>
              <Button onClick={reload}>Reload</Button>
              <Button data-autofocus onClick={keep}>
                Keep mine
              </Button>
            </>
          }
        >
          <p className={styles.legend}>
            <span>{origin.type === 'library' ? 'In the library' : 'On the disk'}</span>
            <span>Here</span>
          </p>
          <div className={styles.compare}>
            <Suspense>
              <Comparison left={theirs} right={text} leftLabel={`${title} ${where}`} rightLabel={`${title} here`} />
            </Suspense>
          </div>
        </Dialog>
      )}
    </div>
  );
}
