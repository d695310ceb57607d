// biome-ignore-all lint/a11y/useSemanticElements: a table lays out its rows itself, these are placed by hand
import { type KeyboardEvent, type MouseEvent, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { GridHeader } from './grid-header.tsx';
import { type Cursor, stepOf } from './keys.ts';
import { OVERSCAN } from './mounted-rows.ts';
import type { Rows, TreeItem } from './rows.ts';
import styles from './tree-grid.module.css';
import { type Column, SPARE, TreeRow, type TreeRowProps } from './tree-row.tsx';
import { useFittingColumns } from './use-fitting-columns.ts';
import { useRowsInView } from './use-rows-in-view.ts';
import { useSlots } from './use-slots.ts';

/** The views of at most so many rows are remembered: more than any window shows. */
const REMEMBERED = 500;
/** So many rows before the last one is near. */
const NEAR = 20;

interface TreeGridProps<T extends TreeItem<T>, R extends object> {
  readonly label: string;
  /** In pixels; 28 unless given. */
  readonly rowHeight?: number;
  /** Without a row of column names, for a grid of one column. */
  readonly headless?: boolean;
  readonly rows: Rows<T>;
  readonly columns: readonly Column<R>[];
  /**
   * What elements show that wait, out of sight, for rows to come, so that none have to be made for a page of rows that is
   * opened. Best something that has all elements that the columns make of a row, and text in them.
   */
  readonly spare?: R;
  /** What the columns show of a row; compared entry by entry to see whether the row has changed. Null: nothing. */
  readonly viewOf: (item: T, expanded: boolean) => R | null;
  readonly nameOf: (view: R) => string;
  readonly actions?: (view: R) => ReactNode;
  readonly selectedId: string | null;
  readonly onSelect: (item: T | null) => void;
  /** Rows that are chosen for something that is done to several of them. */
  readonly marked?: ReadonlySet<string>;
  /** Ctrl+click, Shift+click and Shift+Space. `from`: the row where a range begins. */
  readonly onMark?: (item: T, from: T | null) => void;
  /** Enter. */
  readonly onOpen: (item: T, level: number, expanded: boolean) => void;
  readonly onExpand: (item: T, level: number, expanded: boolean) => void;
  /** Keys that the grid itself has no use for. Returns whether it was of use. */
  readonly onKey?: (event: KeyboardEvent, item: T) => boolean;
  /** A right click, Shift+F10 or the menu key: opens a menu there, in pixels of the window. */
  readonly onMenu?: (item: T, place: { readonly left: number; readonly top: number }) => void;
  /** How many roots there are, with those that are not loaded. */
  readonly rootCount?: number;
  /** Fetches all rows that are not loaded; absent when all are. */
  readonly loadRest?: () => Promise<void>;
  /** The last rows are near. */
  readonly onNearEnd?: () => void;
  /** The same above the first row, where rows may be missing too. */
  readonly loadFirst?: () => Promise<void>;
  readonly onNearStart?: () => void;
}

/**
 * A table whose rows form trees, for any number of rows: those in view are mounted, and some around them. Keys and roles
 * follow the WAI-ARIA practices for a tree grid whose rows come first.
 */
export function TreeGrid<T extends TreeItem<T>, R extends object>(props: TreeGridProps<T, R>) {
  const { rows, selectedId, rowHeight = 28, headless = false } = props;
  const head = headless ? 0 : rowHeight;
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useFittingColumns(scroller, props.columns);
  const focused = useRef<Element | null>(null);
  const focusWanted = useRef(false);
  /** The row that was clicked last, from where Shift+click chooses. The press of the button has moved the focus by then. */
  const anchor = useRef<T | null>(null);
  const before = useRef({ rows, row: 0 });
  const [place, setPlace] = useState<{ readonly id: string | null; readonly cell: number | null }>({
    id: selectedId,
    cell: null,
  });

  const [hovered, setHovered] = useState<string | null>(null);
  const cursor: Cursor = { row: currentRow(rows, place.id, before.current), cell: place.cell };
  const current = rows.at(cursor.row);

  const inView = useRowsInView(scroller, { count: rows.count, rowHeight, head });

  const viewOf = useMemo(() => remembering(props.viewOf), [props.viewOf]);
  const { slots, rowOf } = useSlots(rows, inView, cursor.row, props.spare !== undefined);

  // Rows that enter above do not move what is being looked at.
  useLayoutEffect(() => {
    const element = scroller.current;
    const { rows: old } = before.current;
    if (element !== null && old !== rows && (element.scrollTop > 0 || props.onNearStart !== undefined)) {
      const top = Math.floor(element.scrollTop / rowHeight);
      const index = rows.indexOf(old.at(top)?.item.id ?? null, top);
      if (index !== -1 && index !== top) element.scrollTop += (index - top) * rowHeight;
    }
    before.current = { rows, row: cursor.row };
  });

  useLayoutEffect(() => {
    const lost = focused.current !== null && !isOn(focused.current, cursor.row);
    if (!focusWanted.current && !lost) return;
    const row = scroller.current?.querySelector(`[data-index="${cursor.row}"]`);
    if (row === null || row === undefined) return;
    focusWanted.current = false;
    const target = cursor.cell === null ? row : row.querySelector(`[aria-colindex="${cursor.cell + 1}"]`);
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  });

  const moveTo = (to: Cursor) => {
    const item = rows.at(to.row)?.item;
    if (item === undefined) return;
    focusWanted.current = true;
    setPlace({ id: item.id, cell: to.cell });
    inView.scrollTo(to.row, 'auto');
    // An open inspector follows the keyboard.
    if (selectedId !== null && item.id !== selectedId) props.onSelect(item);
  };

  // Ctrl+End leads to the last row of the data, which may have to be fetched first.
  const wanted = useRef<'first' | 'last' | null>(null);
  useLayoutEffect(() => {
    const load = wanted.current === 'first' ? props.loadFirst : props.loadRest;
    if (wanted.current === null || load !== undefined) return;
    const row = wanted.current === 'first' ? 0 : rows.count - 1;
    wanted.current = null;
    moveTo({ row, cell: cursor.cell });
  });

  const scrolledTo = useRef<string | null>(null);
  useLayoutEffect(() => {
    // The selection was made elsewhere (an execution was started, "next failed"): bring it into view.
    if (scrolledTo.current === selectedId) return;
    const index = rows.indexOf(selectedId, cursor.row);
    if (index === -1) return;
    scrolledTo.current = selectedId;
    const { activeElement } = document;
    // Nobody has the focus when the form that started the execution has just gone.
    const isFree = activeElement === document.body;
    if (isFree || place.id !== selectedId) {
      focusWanted.current = isFree || scroller.current?.contains(activeElement) === true;
      // Another object each time: a render follows, which moves the focus. A wish that stayed would take it away from where
      // somebody has gone meanwhile.
      setPlace({ id: selectedId, cell: null });
    }
    const top = index * rowHeight - (scroller.current?.scrollTop ?? 0);
    const height = (scroller.current?.clientHeight ?? 0) - head - rowHeight;
    if (top < 0 || top > height) inView.scrollTo(index, 'center');
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (current === undefined || event.altKey || event.defaultPrevented) return;
    const onButton = event.target instanceof HTMLButtonElement;
    if (onButton && (event.key === 'Enter' || event.key === ' ')) return;
    if (props.onMenu !== undefined && (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10'))) {
      event.preventDefault();
      const box = scroller.current?.querySelector(`[data-index="${cursor.row}"]`)?.getBoundingClientRect();
      if (box !== undefined) props.onMenu(current.item, { left: box.left + 32, top: box.bottom });
      return;
    }
    const step =
      event.shiftKey || event.metaKey
        ? null
        : stepOf(rows, cursor, event, {
            cells: columns.length,
            page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
          });
    if (event.key === 'End' && event.ctrlKey && props.loadRest !== undefined) {
      wanted.current = 'last';
      void props.loadRest();
    } else if (event.key === 'Home' && event.ctrlKey && props.loadFirst !== undefined) {
      wanted.current = 'first';
      void props.loadFirst();
    } else if (step !== null) {
      if (step.type === 'move') moveTo(step.to);
      else props.onExpand(current.item, current.level, step.type === 'expand');
    } else if (event.key === 'Enter') props.onOpen(current.item, current.level, current.expanded);
    else if (event.key === ' ' && event.shiftKey && props.onMark !== undefined) props.onMark(current.item, null);
    else if (event.key === ' ') props.onSelect(current.item.id === selectedId ? null : current.item);
    else if (props.onKey?.(event, current.item) !== true) return;
    event.preventDefault();
  };

  const rowAt = (target: EventTarget): number => {
    const row = target instanceof Element ? target.closest('[data-index]') : null;
    return row === null ? -1 : Number(row.getAttribute('data-index'));
  };

  const onClick = (event: MouseEvent) => {
    const row = rows.at(rowAt(event.target));
    if (row === undefined || !(event.target instanceof Element) || event.target.closest('button') !== null) return;
    const { item } = row;
    if (props.onMark !== undefined && (event.ctrlKey || event.metaKey || event.shiftKey)) {
      props.onMark(item, event.shiftKey ? (anchor.current ?? item) : null);
      if (!event.shiftKey) anchor.current = item;
      return;
    }
    anchor.current = item;
    focusWanted.current = true;
    setPlace({ id: item.id, cell: null });
    const toggles = event.target.closest('[data-twisty]') !== null || event.detail === 2;
    if (toggles && item.expandable) props.onExpand(item, row.level, !row.expanded);
    if (event.target.closest('[data-twisty]') === null) props.onSelect(item);
  };

  const nearEnd = inView.last + OVERSCAN >= rows.count - NEAR;
  const nearStart = inView.first - OVERSCAN <= NEAR;
  const { onNearEnd, onNearStart } = props;
  useLayoutEffect(() => {
    if (nearEnd) onNearEnd?.();
  }, [nearEnd, onNearEnd]);
  useLayoutEffect(() => {
    if (nearStart) onNearStart?.();
  }, [nearStart, onNearStart]);

  const rootCount = props.rootCount ?? 0;
  const hidden = Math.max(0, rootCount - (rows.at(0)?.setSize ?? 0));

  return (
    <div
      ref={scroller}
      role="treegrid"
      className={styles.grid}
      aria-label={props.label}
      aria-rowcount={rows.count + hidden + (headless ? 0 : 1)}
      aria-colcount={columns.length}
      aria-multiselectable={props.onMark !== undefined || undefined}
      data-headless={headless || undefined}
      style={layout(columns, rowHeight)}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onContextMenu={(event) => {
        const item = rows.at(rowAt(event.target))?.item;
        if (item === undefined || props.onMenu === undefined) return;
        event.preventDefault();
        setPlace({ id: item.id, cell: null });
        props.onMenu(item, { left: event.clientX, top: event.clientY });
      }}
      onFocus={(event) => {
        focused.current = event.target;
        const item = rows.at(rowAt(event.target))?.item;
        if (item !== undefined && item.id !== place.id) setPlace({ id: item.id, cell: null });
      }}
      onPointerOver={(event) => setHovered(rows.at(rowAt(event.target))?.item.id ?? null)}
      onPointerLeave={() => setHovered(null)}
      onBlur={() => {
        focused.current = null;
      }}
    >
      {headless ? null : <GridHeader columns={columns} />}
      <div role="rowgroup" className={styles.body} style={{ height: rows.count * rowHeight }}>
        {slots.map(({ id, key }) => {
          if (id === null) {
            return props.spare && <TreeRow key={key} {...spareRow} row={props.spare} columns={columns} />;
          }
          const index = rowOf.get(id) ?? -1;
          const row = rows.at(index);
          if (row === undefined) return null;
          const { item, level, setSize, expanded } = row;
          const view = viewOf(item, expanded);
          if (view === null) return null;
          return (
            <TreeRow
              key={key}
              row={view}
              columns={columns}
              name={props.nameOf(view)}
              actions={item.id === hovered || index === cursor.row ? props.actions : undefined}
              index={index}
              rowIndex={headless ? index + 1 : index + 2}
              level={level}
              position={row.position}
              setSize={level === 1 ? Math.max(rootCount, setSize) : setSize}
              expandable={item.expandable}
              expanded={expanded}
              selected={item.id === selectedId}
              marked={props.marked?.has(item.id) === true}
              current={index === cursor.row}
              top={index * rowHeight}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Rows that are scrolled and stay the same are not looked at again: in each frame these are nearly all. */
function remembering<T, R>(viewOf: (item: T, expanded: boolean) => R): (item: T, expanded: boolean) => R {
  const views = new Map<T, { readonly expanded: boolean; readonly view: R }>();
  return (item, expanded) => {
    const known = views.get(item);
    if (known?.expanded === expanded) return known.view;
    const view = viewOf(item, expanded);
    if (views.size > REMEMBERED) views.clear();
    views.set(item, { expanded, view });
    return view;
  };
}

/** Of a row that shows nothing: above all others, where nobody can scroll to. */
const spareRow: Omit<TreeRowProps<object>, 'row' | 'columns'> = {
  name: '',
  actions: undefined,
  index: SPARE,
  rowIndex: 0,
  level: 1,
  position: 0,
  setSize: 0,
  expandable: false,
  expanded: false,
  selected: false,
  marked: false,
  current: false,
  top: -10_000,
};

/** Where the keyboard is after the rows have changed: on the same item, else on what was above it, else at the top. */
function currentRow<T extends TreeItem<T>>(
  rows: Rows<T>,
  id: string | null,
  before: { readonly rows: Rows<T>; readonly row: number },
): number {
  const same = rows.indexOf(id, before.row);
  if (same !== -1 || id === null) return Math.max(0, same);
  for (let row = before.row; row !== -1; row = before.rows.at(row)?.parent ?? -1) {
    const index = rows.indexOf(before.rows.at(row)?.item.id ?? null, row);
    if (index !== -1) return index;
  }
  return Math.min(before.row, rows.count - 1);
}

/** Whether it is still there, and not in another row or in none: elements are used again for other rows. */
function isOn(element: Element, row: number): boolean {
  const shown = element.closest('[role="row"]');
  return element.isConnected && (shown === null || shown.getAttribute('data-index') === String(row));
}

/** The tracks of the columns and the height of the rows, for the style sheet. */
function layout(columns: readonly Pick<Column<object>, 'width' | 'grow'>[], rowHeight: number): Record<string, string> {
  const tracks = columns.map(({ width, grow }) =>
    grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`,
  );
  return {
    '--columns': tracks.join(' '),
    '--least-width': `${columns.reduce((sum, { width }) => sum + width, 0)}px`,
    '--row-height': `${rowHeight}px`,
  };
}
