import { type RefObject, useLayoutEffect, useState } from 'react';
import { fitColumns } from './fit-columns.ts';
import type { Column } from './tree-row.tsx';

/** The columns that have room in the element, as it is now. */
export function useFittingColumns<R>(
  element: RefObject<HTMLElement | null>,
  columns: readonly Column<R>[],
): readonly Column<R>[] {
  const [fitting, setFitting] = useState(columns);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const fit = () =>
      setFitting((now) => {
        const next = fitColumns(columns, current.clientWidth);
        return now.length === next.length && now.every((column, at) => column === next[at]) ? now : next;
      });
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, columns]);
  return fitting;
}
