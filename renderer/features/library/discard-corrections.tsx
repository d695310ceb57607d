import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface DiscardCorrectionsProps {
  readonly name: string;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
}

/** Asks before what the person has corrected in an opened file is lost. */
export function DiscardCorrections({ name, onDiscard, onClose }: DiscardCorrectionsProps) {
  return (
    <Dialog
      title="Discard your corrections?"
      onClose={onClose}
      actions={
        <>
          <Button data-autofocus onClick={onClose}>
            Keep them
          </Button>
          <Button kind="danger" onClick={onDiscard}>
            Discard
          </Button>
        </>
      }
    >
      <p>{name} stays on the disk as it is. What you have changed here is not stored anywhere.</p>
    </Dialog>
  );
}
