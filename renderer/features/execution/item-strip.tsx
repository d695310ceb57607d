import { SkipForward } from 'lucide-react';
import { type KeyboardEvent, memo, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { TaskNode } from '../../../engine/api/resources.ts';
import { showNode } from '../../state/execution-actions.ts';
import { type ItemCell, itemCells, nextFailed } from '../../state/item-cells.ts';
import { branchesTo, nodeOf, treeOf } from '../../state/nodes.ts';
import { type Look, looks } from '../../state/state-look.ts';
import { getState, useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import styles from './item-strip.module.css';

interface ItemStripProps {
  readonly task: TaskNode;
  readonly total: number;
  /** The item that is looked at; null for none. */
  readonly current: number | null;
}

/** All items of a task at a glance, one cell each; above some hundreds several to a cell. A click goes to the item. */
export function ItemStrip({ task, total, current }: ItemStripProps) {
  // Behind what else is shown: it is made anew with every change of an item.
  const tree = useDeferredValue(useStore((state) => treeOf(state, task.rootId)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is below the task is read out of the tree
  const cells = useMemo(() => {
    const state = getState();
    const children = branchesTo(state, task).at(-1)?.children ?? [];
    return itemCells(
      total,
      children.flatMap((child) => nodeOf(state, child) ?? []),
    );
  }, [tree, task, total]);
  const strip = useRef<HTMLDivElement>(null);
  const shown = current === null ? -1 : cells.findIndex(({ first, last }) => first <= current && current <= last);
  const [place, setPlace] = useState(0);
  const focusable = Math.min(Math.max(0, shown === -1 ? place : shown), cells.length - 1);
  const failed = cells.reduce((sum, cell) => sum + cell.failed, 0);

  const goTo = (at: number) => {
    const cell = cells[at];
    setPlace(at);
    if (cell !== undefined && cell.id !== null) showNode({ rootId: task.rootId, id: cell.id });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = Number((event.target as Element).getAttribute('data-at'));
    const to = stepFrom(at, cells.length, event.key);
    if (to !== null) strip.current?.querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus();
    else if (event.key === 'Enter' || event.key === ' ') goTo(at);
    else return;
    if (to !== null) setPlace(to);
    event.preventDefault();
  };

  return (
    <div className={styles.frame}>
      <div className={styles.head}>
        <span>
          {total.toLocaleString('en')} {total === 1 ? 'item' : 'items'}
        </span>
        {failed > 0 && (
          <Button kind="quiet" icon={<SkipForward aria-hidden="true" />} onClick={() => goTo(nextFailed(cells, shown))}>
            Next failed
          </Button>
        )}
      </div>
      <div
        ref={strip}
        role="listbox"
        aria-label="Items"
        className={styles.strip}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onClick={({ target }) => {
          const cell = target instanceof Element ? target.closest('[data-at]') : null;
          if (cell !== null) goTo(Number(cell.getAttribute('data-at')));
        }}
      >
        {cells.map((cell, at) => (
          <Cell
            key={cell.first}
            at={at}
            first={cell.first}
            last={cell.last}
            look={cell.look}
            failed={cell.failed}
            selected={at === shown}
            focusable={at === focusable}
          />
        ))}
      </div>
    </div>
  );
}

interface CellProps extends Omit<ItemCell, 'id'> {
  readonly at: number;
  readonly selected: boolean;
  readonly focusable: boolean;
}

const Cell = memo(({ at, first, last, look, failed, selected, focusable }: CellProps) => {
  const { glyph, family } = looks[look];
  const name = nameOf(first, last, look, failed);
  return (
    <span
      role="option"
      aria-selected={selected}
      aria-label={name}
      title={name}
      data-at={at}
      tabIndex={focusable ? 0 : -1}
      className={styles.cell}
    >
      <Glyph name={glyph} family={family} still />
    </span>
  );
});

function nameOf(first: number, last: number, look: Look, failed: number): string {
  const state = looks[look].word.toLowerCase();
  if (first === last) return `item ${first}, ${state}`;
  return `items ${first} to ${last}, ${failed > 0 ? `${failed} failed` : state}`;
}

function stepFrom(at: number, count: number, key: string): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
