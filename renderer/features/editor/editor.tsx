import { FilePlus2, FolderOpen } from 'lucide-react';
import { newDocument, openYaml } from '../../state/document-actions.ts';
import type { GraphOf } from '../../state/graph-of.ts';
import { useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Message } from '../../ui/message.tsx';
import { DocumentPane } from './document-pane.tsx';
import { DocumentTabs } from './document-tabs.tsx';
import styles from './editor.module.css';

interface EditorProps {
  readonly graph: GraphOf;
}

/** The texts that are open, one of them with its problems and its graph. */
export function Editor({ graph }: EditorProps) {
  const documents = useStore((state) => state.documents);
  const shown = useStore((state) => state.shownDocument);
  const document = documents.find(({ id }) => id === shown) ?? documents[0];
  if (document === undefined) {
    return (
      <main className={styles.empty} aria-label="Editor">
        <Message
          title="Nothing is open"
          actions={
            <>
              <Button icon={<FolderOpen aria-hidden="true" />} onClick={() => void openYaml()}>
                Open a file…
              </Button>
              <Button icon={<FilePlus2 aria-hidden="true" />} onClick={() => newDocument('workflow')}>
                New workflow
              </Button>
            </>
          }
        >
          Write a workflow here, open a YAML file, or choose Edit beside something of the library.
        </Message>
      </main>
    );
  }
  return (
    <main className={styles.editor} aria-label="Editor">
      <DocumentTabs documents={documents} shown={document} />
      <DocumentPane key={document.id} document={document} graph={graph} />
    </main>
  );
}
