import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

interface Layout {
  readonly count: number;
  /** In pixels, the same for all rows. */
  readonly rowHeight: number;
  /** What stands above the rows, and covers as much of them when they are scrolled. */
  readonly head: number;
}

/** So long after the last scrolling the rows are at rest, in milliseconds. */
const REST = 150;

export interface RowsInView {
  /** Indexes; `last` is included, and below `first` when there are no rows. */
  readonly first: number;
  readonly last: number;
  /** How many rows there is room for. */
  readonly page: number;
  /** The rows are being scrolled. */
  readonly isMoving: boolean;
  /** Scrolls as little as brings the row into view, or so that it stands in the middle. */
  readonly scrollTo: (index: number, align: 'auto' | 'center') => void;
}

/**
 * Which rows of a scrolled list are in view. All rows have one height, so that nothing is measured and nothing is kept for
 * each row: a hundred thousand cost what ten do.
 */
export function useRowsInView(scroller: RefObject<HTMLElement | null>, layout: Layout): RowsInView {
  const { count, rowHeight, head } = layout;
  const [view, setView] = useState({ first: 0, rows: 0, isMoving: false });

  const look = useCallback(() => {
    const { current } = scroller;
    if (current === null) return;
    const first = Math.floor(current.scrollTop / rowHeight);
    setView((now) => (now.first === first ? now : { ...now, first, isMoving: true }));
  }, [scroller, rowHeight]);

  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const measure = () => {
      const rows = Math.ceil(current.clientHeight / rowHeight) + 1;
      setView((now) => (now.rows === rows ? now : { ...now, rows }));
    };
    measure();
    look();
    // At once, else the frame would show what was scrolled to without its rows.
    const onScroll = () => flushSync(look);
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    current.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', onScroll);
    };
  }, [scroller, rowHeight, look]);

  const { first: top, isMoving } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time begins anew with each row that is scrolled by
  useEffect(() => {
    if (!isMoving) return;
    const timer = window.setTimeout(() => setView((now) => ({ ...now, isMoving: false })), REST);
    return () => window.clearTimeout(timer);
  }, [isMoving, top]);

  const scrollTo = (index: number, align: 'auto' | 'center') => {
    const { current } = scroller;
    if (current === null) return;
    const top = index * rowHeight;
    const room = current.clientHeight - head;
    const { scrollTop } = current;
    if (align === 'center') current.scrollTop = top - (room - rowHeight) / 2;
    else if (top < scrollTop) current.scrollTop = top;
    else if (top + rowHeight > scrollTop + room) current.scrollTop = top + rowHeight - room;
    look();
  };

  // Rows may have gone since the last look.
  const first = Math.max(0, Math.min(view.first, count - view.rows));
  return { first, last: Math.min(count, first + view.rows) - 1, page: view.rows, isMoving, scrollTo };
}
