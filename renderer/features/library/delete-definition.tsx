import { Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { WorkflowStatistics } from '../../../engine/api/resources.ts';
import { deleteDefinition, type LibraryKey } from '../../state/library-actions.ts';
import { loadStatistics } from '../../state/workflow-statistics.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { count } from './count.ts';
import styles from './detail.module.css';

interface DeleteDefinitionProps {
  readonly definition: LibraryKey;
  /** What goes with it, and what stays. */
  readonly consequence: string;
  /** The workflows whose executions stay behind. */
  readonly workflows: readonly string[];
}

/** A button that deletes something of the library, after it has asked. */
export function DeleteDefinition(props: DeleteDefinitionProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button icon={<Trash2 aria-hidden="true" />} onClick={() => setAsking(true)}>
        Delete…
      </Button>
      {asking && <Question {...props} onClose={() => setAsking(false)} />}
    </>
  );
}

function Question({
  definition,
  consequence,
  workflows,
  onClose,
}: DeleteDefinitionProps & { readonly onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const executions = useCounts(workflows);
  const remove = async () => {
    setBusy(true);
    const reply = await deleteDefinition(definition);
    if (reply.ok) return onClose();
    setFailure(reply.error.message);
    setBusy(false);
  };
  return (
    <Dialog
      title={`Delete ${definition.name}?`}
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
      <p>{consequence}</p>
      {executions !== null && <p>{executions}</p>}
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
    </Dialog>
  );
}

/** Which executions there are, in a sentence; null as long as it is not known, and where there can be none. */
function useCounts(workflows: readonly string[]): string | null {
  const [sentence, setSentence] = useState<string | null>(null);
  const names = workflows.join('\n');
  useEffect(() => {
    if (names === '') return;
    let current = true;
    void Promise.all(names.split('\n').map((name) => loadStatistics(name, 0))).then((replies) => {
      const known = replies.flatMap((reply) => (reply.ok ? [reply.output.counts] : []));
      if (current && known.length === replies.length) setSentence(inWords(known));
    });
    return () => {
      current = false;
    };
  }, [names]);
  return sentence;
}

function inWords(counts: readonly WorkflowStatistics['counts'][]): string {
  const sum = (...states: readonly (keyof WorkflowStatistics['counts'])[]) =>
    counts.reduce((total, each) => total + states.reduce((part, state) => part + each[state], 0), 0);
  const all = sum('RUNNING', 'PAUSED', 'SUCCESS', 'ERROR', 'CANCELLED');
  if (all === 0) return 'It has no executions.';
  const running = sum('RUNNING', 'PAUSED');
  const stay = `Its ${count(all, 'execution')} ${all === 1 ? 'stays' : 'stay'} in the list`;
  return running === 0
    ? `${stay}.`
    : `${stay}; ${running} ${running === 1 ? 'has' : 'have'} not ended and ${running === 1 ? 'goes' : 'go'} on.`;
}
