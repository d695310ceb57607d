import { useState } from 'react';
import { deleteWorkflow } from '../../state/library-actions.ts';
import type { WorkflowKey } from '../../state/window-state.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './detail.module.css';

interface DeleteWorkflowProps {
  readonly workflow: WorkflowKey;
  readonly onClose: () => void;
}

/** Asks before a workflow is deleted. */
export function DeleteWorkflow({ workflow, onClose }: DeleteWorkflowProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const remove = async () => {
    setBusy(true);
    const reply = await deleteWorkflow(workflow);
    if (reply.ok) return onClose();
    setFailure(reply.error.message);
    setBusy(false);
  };
  return (
    <Dialog
      title={`Delete ${workflow.name}?`}
      onClose={onClose}
      actions={
        <>
          <Button data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            Delete
          </Button>
        </>
      }
    >
      <p>Its text is removed from the library. Its executions stay, and those that are running go on.</p>
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
    </Dialog>
  );
}
