import { X } from 'lucide-react';
import { useState } from 'react';
import { closeDocument, showDocument } from '../../state/document-actions.ts';
import { isUnsaved, type TextDocument } from '../../state/text-document.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './document-tabs.module.css';
import { NewMenu } from './new-menu.tsx';
import { UnsavedQuestion } from './unsaved-question.tsx';

interface DocumentTabsProps {
  readonly documents: readonly TextDocument[];
  readonly shown: TextDocument;
}

/** The open texts. One with changes that are not saved has a dot, and asks before it goes. */
export function DocumentTabs({ documents, shown }: DocumentTabsProps) {
  const [asking, setAsking] = useState<TextDocument | null>(null);
  const close = (document: TextDocument) => (isUnsaved(document) ? setAsking(document) : closeDocument(document.id));
  return (
    <nav className={styles.bar} aria-label="Open texts">
      <ul className={styles.tabs}>
        {documents.map((document) => (
          <li key={document.id} className={styles.tab} data-shown={document === shown || undefined}>
            <button
              type="button"
              className={styles.title}
              aria-current={document === shown ? 'page' : undefined}
              onClick={() => showDocument(document.id)}
            >
              {document.title}
              {isUnsaved(document) && (
                <span className={styles.dot} role="img" aria-label="not saved" title="Not saved" />
              )}
            </button>
            <IconButton label={`Close ${document.title}`} onClick={() => close(document)}>
              <X aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      <NewMenu />
      {asking !== null && <UnsavedQuestion document={asking} onClose={() => setAsking(null)} />}
    </nav>
  );
}
