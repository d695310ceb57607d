// biome-ignore-all lint/a11y/useSemanticElements: a list lays out its items itself, these are placed by hand
import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';
import { formatExactTime } from '../duration.ts';
import { droppedInWords, type LogRow } from './log-rows.ts';
import styles from './log-view.module.css';

const ROW = 20;
/** More lines scroll inside. */
const MAX_ROWS = 18;

interface LogViewProps {
  readonly label: string;
  readonly rows: readonly LogRow[];
}

/**
 * The lines of a log, for any number: only those in view are mounted. It stays at its end while lines come, unless the
 * person has scrolled away from it. Where a line comes from is a word, not a colour.
 */
export function LogView({ label, rows }: LogViewProps) {
  const frame = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more whenever there are other lines
  useLayoutEffect(() => {
    const scroller = frame.current;
    if (scroller !== null && atEnd.current) scroller.scrollTop = scroller.scrollHeight;
  }, [rows]);
  return (
    <div
      ref={frame}
      role="group"
      className={styles.view}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: else it could not be scrolled by keyboard
      tabIndex={0}
      style={{ height: Math.min(MAX_ROWS, rows.length) * ROW }}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 4;
      }}
    >
      <div role="list" className={styles.lines} style={{ height: rows.length * ROW }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <div
              key={index}
              role="listitem"
              className={styles.row}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Line row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Line({ row }: { readonly row: LogRow }) {
  if (row.type === 'gap') return <span className={styles.gap}>{droppedInWords(row.count)}</span>;
  const { at, source, text } = row.line;
  return (
    <>
      <span className={styles.source} data-source={source} title={`${source ?? 'log'}, ${formatExactTime(at)}`}>
        {source === 'stderr' ? 'err' : source === 'stdout' ? 'out' : 'log'}
      </span>
      <span className={styles.text}>{text}</span>
    </>
  );
}
