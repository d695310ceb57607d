import { X } from 'lucide-react';
import { isCompleted } from '../../../engine/model/states.ts';
import { clearMarks } from '../../state/marks.ts';
import { openSheet } from '../../state/sheets.ts';
import { useStore } from '../../state/store.ts';
import { getRow } from '../../state/table.ts';
import { Button } from '../../ui/button.tsx';
import { CommandIcon } from '../../ui/command-icon.tsx';
import { focusPane } from '../../ui/focus-pane.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './executions.module.css';

/** What can be done with the executions that are chosen, in the place of the filter. */
export function MarkedBar() {
  const marked = useStore((state) => state.marked);
  const rows = useStore((state) => state.executions.rows);
  const chosen = [...marked].flatMap((id) => getRow(rows, id) ?? []);
  const ended = chosen.filter(({ state }) => isCompleted(state)).length;
  const open = chosen.length - ended;
  return (
    <div
      className={styles.toolbar}
      role="toolbar"
      aria-label="Selected executions"
      onKeyDown={(event) => event.key === 'Escape' && selectNone()}
    >
      <h1 className={styles.title} role="status">
        {chosen.length === 1 ? 'One execution selected' : `${chosen.length} executions selected`}
      </h1>
      <div className={styles.marked}>
        <Button
          kind="danger"
          icon={<CommandIcon name="ban" />}
          disabled={open === 0}
          onClick={() => openSheet({ type: 'cancel', ids: [...marked] })}
        >
          Cancel {open}…
        </Button>
        <Button
          kind="danger"
          icon={<CommandIcon name="trash" />}
          disabled={ended === 0}
          onClick={() => openSheet({ type: 'delete', ids: [...marked] })}
        >
          Delete {ended}…
        </Button>
        <IconButton label="Select none" shortcut="Esc" onClick={selectNone}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}

/** The bar goes, and the keyboard with it. */
function selectNone(): void {
  clearMarks();
  focusPane('executions');
}
