import styles from './columns.module.css';

export type RowKind = 'workflow' | 'task' | 'items' | 'action' | 'attempt' | 'bucket';

/** In a square of 24. */
const outlines: Readonly<Record<RowKind, string>> = {
  workflow:
    'M5 3h5a2 2 0 0 1 2 2v5H3V5a2 2 0 0 1 2-2ZM12 14h9v5a2 2 0 0 1-2 2h-5a2 2 0 0 1-2-2ZM7 10v5a2 2 0 0 0 2 2h3',
  task: 'M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z',
  items: 'M12 2 3 7l9 5 9-5ZM3 12l9 5 9-5M3 17l9 5 9-5',
  action: 'M13 2 4 14h7l-1 8 10-12h-7Z',
  attempt: 'M4 11a8 8 0 0 1 14-4l2 2M20 4v5h-5M20 13a8 8 0 0 1-14 4l-2-2M4 20v-5h5',
  bucket: 'M4 5h16M4 12h16M4 19h16',
};

/**
 * What kind of thing a row shows. One path for all kinds: the row of a task that shows an action in the next frame, while
 * it is scrolled, changes an attribute and makes no elements.
 */
export function kindIcon(kind: RowKind) {
  return (
    <svg className={styles.kind} viewBox="0 0 24 24" aria-hidden="true">
      <path d={outlines[kind]} />
    </svg>
  );
}
