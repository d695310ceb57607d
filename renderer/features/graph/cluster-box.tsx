import { memo } from 'react';
import { lookOf, looks, worstFirst } from '../../state/state-look.ts';
import { Counts, countsInWords } from './counts.tsx';
import type { Place } from './graph-model.ts';
import type { Box } from './layout.ts';
import type { Level, Pick } from './level.ts';
import styles from './task-box.module.css';
import type { Looks } from './task-runs.ts';

type Tasks = Extract<Place, { kind: 'cluster' }>['tasks'];

interface ClusterBoxProps {
  readonly id: string;
  readonly tasks: Tasks;
  readonly level: Level;
  readonly box: Box;
  readonly selected: boolean;
  /** Tab leads here. */
  readonly current: boolean;
  readonly onOpen: (place: string, pick: Pick | null) => void;
}

/** Many tasks as one box: from which to which, and how many are in which state. */
export const ClusterBox = memo(function ClusterBox(props: ClusterBoxProps) {
  const { id, tasks, level, box, selected, current, onOpen } = props;
  const counts = looksOf(tasks, level);
  const worst = worstFirst.find((look) => counts.looks[look] !== undefined);
  const ran = worst !== undefined && counts.looks[worst] !== undefined && counts.ran > 0;
  const said = countsInWords(counts.looks);
  const rest = counts.never > 0 ? `${counts.never.toLocaleString('en')} will not run` : '';
  return (
    <div
      className={styles.box}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      data-cluster
      data-ran={ran || undefined}
      data-possible={(level.possible !== null && counts.never < tasks.length) || undefined}
      data-plan={level.possible === null || undefined}
      data-family={ran ? looks[worst].family : undefined}
      data-selected={selected || undefined}
    >
      <button
        type="button"
        className={styles.button}
        data-place={id}
        tabIndex={current ? 0 : -1}
        aria-expanded="false"
        aria-label={[`${titleOf(tasks)}, ${tasks.length} tasks`, said, rest].filter((part) => part !== '').join(', ')}
        title="Show these tasks"
        onClick={() => onOpen(id, 'all')}
      >
        <span className={styles.line}>
          <span className={styles.name}>{titleOf(tasks)}</span>
        </span>
        <span className={styles.line}>
          <span className={styles.count}>{tasks.length.toLocaleString('en')} tasks</span>
          <span className={styles.count}>{level.possible === null ? null : <Counts of={counts.looks} />}</span>
        </span>
      </button>
    </div>
  );
});

export function titleOf(tasks: Tasks): string {
  const [first, last] = [tasks[0]?.task.name ?? '', tasks.at(-1)?.task.name ?? ''];
  return tasks.length < 2 ? first : `${first} … ${last}`;
}

/** How its tasks stand; those that can no longer run are in no state. */
function looksOf(tasks: Tasks, { runs, possible }: Level): { looks: Looks; ran: number; never: number } {
  const sum: Partial<Record<keyof Looks, number>> = {};
  const counts = { looks: sum, ran: 0, never: 0 };
  if (possible === null) return counts;
  for (const { task } of tasks) {
    const node = runs.get(task.name)?.node;
    if (node !== undefined) counts.ran += 1;
    if (node === undefined && !possible.has(task.name)) counts.never += 1;
    else {
      const look = node === undefined ? 'IDLE' : lookOf(node);
      sum[look] = (sum[look] ?? 0) + 1;
    }
  }
  return counts;
}
