import { Ban, Pause, Play } from 'lucide-react';
import type { Node } from '../../../engine/api/resources.ts';
import { askToCancel, command, commandsFor } from '../../state/commands.ts';
import { lookOf, looks, stateInWords } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { shortcut } from '../../ui/shortcut.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './inspector.module.css';

/** The execution as a whole: its name, its state, and what can be asked of it. */
export function ExecutionHeader({ root }: { readonly root: Node }) {
  const look = lookOf(root);
  return (
    <header className={styles.header}>
      <div className={styles.headline}>
        <h2 className={styles.executionName}>{root.name}</h2>
        {root.kind === 'workflow' && root.description !== '' && (
          <p className={styles.description}>{root.description}</p>
        )}
      </div>
      <div className={styles.controls}>
        <StateMark {...looks[look]} word={stateInWords(root)} />
        <Controls root={root} />
      </div>
    </header>
  );
}

function Controls({ root }: { readonly root: Node }) {
  const pending = useStore((state) => state.commands.get(root.id));
  const possible = commandsFor(root);
  if (possible.length === 0) return null;
  return (
    <span className={styles.buttons}>
      {possible.includes('pause') && (
        <Button
          icon={<Pause aria-hidden="true" />}
          title={shortcut('.')}
          busy={pending !== undefined}
          onClick={() => void command(root.id, 'pause')}
        >
          {pending === 'pause' ? 'Pausing…' : 'Pause'}
        </Button>
      )}
      {possible.includes('resume') && (
        <Button
          kind="primary"
          icon={<Play aria-hidden="true" />}
          title={shortcut('.')}
          busy={pending !== undefined}
          onClick={() => void command(root.id, 'resume')}
        >
          {pending === 'resume' ? 'Resuming…' : 'Resume'}
        </Button>
      )}
      {possible.includes('cancel') && (
        <Button
          kind="danger"
          icon={<Ban aria-hidden="true" />}
          busy={pending === 'cancel'}
          onClick={() => askToCancel({ rootId: root.rootId, id: root.id })}
        >
          Cancel
        </Button>
      )}
    </span>
  );
}
