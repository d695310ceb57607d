// biome-ignore-all lint/a11y/useSemanticElements: a table lays out its rows itself, these are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: there is nothing to do in the header
import styles from './tree-grid.module.css';
import type { Column } from './tree-row.tsx';

/** The names of the columns, which stay in view. */
export function GridHeader({
  columns,
}: {
  readonly columns: readonly Pick<Column<object>, 'id' | 'title' | 'align'>[];
}) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" className={styles.headRow} aria-rowindex={1}>
        {columns.map(({ id, title, align }, at) => (
          <div key={id} role="columnheader" className={styles.headCell} data-align={align} aria-colindex={at + 1}>
            {title}
          </div>
        ))}
      </div>
    </div>
  );
}
