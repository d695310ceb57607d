import { closeDocument } from '../../state/document-actions.ts';
import type { TextDocument } from '../../state/text-document.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface UnsavedQuestionProps {
  readonly document: TextDocument;
  readonly onClose: () => void;
}

/** Asks before what the person has written is lost. */
export function UnsavedQuestion({ document, onClose }: UnsavedQuestionProps) {
  return (
    <Dialog
      title={`Close ${document.title} without saving?`}
      onClose={onClose}
      actions={
        <>
          <Button data-autofocus onClick={onClose}>
            Keep editing
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              onClose();
              closeDocument(document.id);
            }}
          >
            Discard changes
          </Button>
        </>
      }
    >
      <p>What you have changed is not stored anywhere else.</p>
    </Dialog>
  );
}
