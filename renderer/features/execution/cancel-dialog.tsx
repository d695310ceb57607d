import { closeCancel, command } from '../../state/commands.ts';
import { nodeOf } from '../../state/nodes.ts';
import { useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Asks before an execution is cancelled, and says what that means. */
export function CancelDialog() {
  const target = useStore((state) => state.cancelTarget);
  const node = useStore((state) => (state.cancelTarget === null ? null : nodeOf(state, state.cancelTarget)));
  if (target === null || node === null) return null;
  const running = node.kind === 'workflow' ? node.runningActions : 0;
  return (
    <Dialog
      title={`Cancel ${node.name}?`}
      onClose={closeCancel}
      actions={
        <>
          <Button data-autofocus onClick={closeCancel}>
            Keep it
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              closeCancel();
              void command(target.id, 'cancel');
            }}
          >
            Cancel execution
          </Button>
        </>
      }
    >
      <p>
        Its tasks end as cancelled, which is not the same as failed, and it cannot be resumed.
        {running === 1 && ' One action is still running; its result will no longer count.'}
        {running > 1 && ` ${running} actions are still running; their results will no longer count.`}
      </p>
    </Dialog>
  );
}
