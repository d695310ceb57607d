// biome-ignore-all lint/a11y/useSemanticElements: a table lays out its rows itself, these are placed by hand
import { memo, type ReactNode } from 'react';
import styles from './tree-grid.module.css';

export interface Column<R> {
  readonly id: string;
  readonly title: string;
  /** In pixels. */
  readonly width: number;
  /** More than its width: columns that leave earlier leave before it has less. */
  readonly wanted?: number;
  /** Its share of the room that is left, if it wants any. */
  readonly grow?: number;
  /** Where the grid is too narrow for all columns, those with this number leave, the lowest first. The others stay. */
  readonly leaves?: number;
  /** `end` for numbers and times. */
  readonly align?: 'start' | 'end';
  readonly render: (row: R) => ReactNode;
}

export interface TreeRowProps<R extends object> {
  readonly row: R;
  readonly columns: readonly Column<R>[];
  /** The row's name for those who hear it, with its state in words. */
  readonly name: string;
  /** Buttons for this row. They are seen on hover and on focus. */
  readonly actions: ((row: R) => ReactNode) | undefined;
  /** From 0, or {@link SPARE}. */
  readonly index: number;
  /** As it is told to assistive technology: from 1, with the header. */
  readonly rowIndex: number;
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
  readonly selected: boolean;
  /** Chosen for something that is done to several rows. */
  readonly marked: boolean;
  /** The row that Tab leads to. */
  readonly current: boolean;
  readonly top: number;
}

/** The index of a row that is none: its elements wait, out of sight, for the next one that comes. */
export const SPARE = -1;

function PlainTreeRow<R extends object>(props: TreeRowProps<R>) {
  const { row, columns, index, level, expandable, expanded } = props;
  const [first, ...others] = columns;
  const told =
    index === SPARE
      ? { 'aria-hidden': true }
      : {
          'aria-label': props.name,
          'aria-level': level,
          'aria-posinset': props.position,
          'aria-setsize': props.setSize,
          'aria-expanded': expandable ? expanded : undefined,
          'aria-selected': props.selected || props.marked,
          'aria-rowindex': props.rowIndex,
          'data-index': index,
        };
  return (
    <div
      role="row"
      className={styles.row}
      tabIndex={props.current ? 0 : -1}
      {...told}
      data-marked={props.marked || undefined}
      style={{ transform: `translateY(${props.top}px)` }}
    >
      {first !== undefined && (
        <div role="rowheader" className={styles.nameCell} tabIndex={-1} aria-colindex={1}>
          {/* However deep: what stands in the row has to be seen. */}
          <span className={styles.indent} style={{ width: `min(var(--indent) * ${level - 1}, 60%)` }} />
          <span className={styles.twisty} data-twisty={expandable || undefined}></span>
          {first.render(row)}
          {props.actions !== undefined && <span className={styles.actions}>{props.actions(row)}</span>}
        </div>
      )}
      {others.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          className={styles.cell}
          data-align={column.align}
          tabIndex={-1}
          aria-colindex={at + 2}
        >
          {column.render(row)}
        </div>
      ))}
    </div>
  );
}

/** A row is drawn again only when something of it has changed. */
export const TreeRow = memo(
  PlainTreeRow,
  (before, after) =>
    sameEntries(before, after, 'row') && (before.row === after.row || sameEntries(before.row, after.row)),
) as typeof PlainTreeRow;

/** Runs for each mounted row in each frame: it makes nothing. */
function sameEntries<T extends object>(a: T, b: T, except?: keyof T): boolean {
  for (const key in a) if (key !== except && !Object.is(a[key], b[key])) return false;
  for (const key in b) if (!(key in a)) return false;
  return true;
}
