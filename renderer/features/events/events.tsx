import { useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { showNode } from '../../state/execution-actions.ts';
import { useHistory } from '../../state/history.ts';
import { nodeOf } from '../../state/nodes.ts';
import { isUnderWay } from '../../state/state-look.ts';
import { getState, useStore } from '../../state/store.ts';
import { formatExactTime } from '../../ui/duration.ts';
import { focusPane } from '../../ui/focus-pane.ts';
import { Message } from '../../ui/message.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { flatten } from '../../ui/tree-grid/flatten.ts';
import { TreeGrid } from '../../ui/tree-grid/tree-grid.tsx';
import { useLate } from '../../ui/use-late.ts';
import { eventColumns } from './event-columns.tsx';
import { type EventRow, findRows, growRows, sentence } from './event-rows.ts';
import styles from './events.module.css';

/** Everything that happened in one execution, the oldest first, and live. A line leads to the task that it tells of. */
export function Events({ rootId }: { readonly rootId: string }) {
  const history = useHistory(rootId);
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const rows = useRows(history.events);
  const found = useMemo(() => findRows(rows, wanted), [rows, wanted]);
  const late = useLate(history.status === 'loading');
  const list = useRef<HTMLDivElement>(null);

  if (history.status === 'failed' && rows.length === 0)
    return <Message title="The events cannot be shown">{history.error}</Message>;
  return (
    <div className={styles.events}>
      <div className={styles.bar}>
        <SearchField
          label="Filter events"
          text={text}
          onChange={setText}
          onDown={() => list.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus()}
        />
        <span className={styles.count}>
          {found.length === rows.length ? '' : `${found.length.toLocaleString('en')} of `}
          {rows.length.toLocaleString('en')}
          {history.status === 'loading' && late && ', loading…'}
        </span>
      </div>
      {history.error !== null && <p className={styles.failure}>{history.error}</p>}
      <div ref={list} className={styles.list}>
        {found.length > 0 && <List rootId={rootId} rows={found} />}
        {found.length === 0 && rows.length > 0 && <Message title="No event has this text" />}
      </div>
    </div>
  );
}

/** Rows are made once, so that a history that grows does not draw all of them again. */
function useRows(events: Parameters<typeof growRows>[1]): readonly EventRow[] {
  const [rows, setRows] = useState<readonly EventRow[]>([]);
  const isSame = events[0] === rows[0]?.event;
  if (isSame && events.length === rows.length) return rows;
  const grown = growRows(isSame ? rows : [], events);
  setRows(grown);
  return grown;
}

function List({ rootId, rows }: { readonly rootId: string; readonly rows: readonly EventRow[] }) {
  const selected = useStore((state) => (state.selected?.rootId === rootId ? state.selected.id : null));
  const [line, setLine] = useState<EventRow | null>(null);
  const flat = useMemo(() => flatten(rows, () => false), [rows]);
  const frame = useStayingAtEnd(rootId, rows.length);
  // Something else was selected elsewhere.
  const current = line !== null && (line.event.nodeId ?? selected) === selected ? line : null;

  const choose = (row: EventRow | null) => {
    setLine(row);
    if (row !== null && row.event.nodeId !== null) showNode({ rootId, id: row.event.nodeId });
  };
  return (
    <div ref={frame} className={styles.frame}>
      <TreeGrid
        label="Events"
        rows={flat}
        columns={eventColumns}
        viewOf={({ event, since }) => ({ event, since, marked: event.nodeId !== null && event.nodeId === selected })}
        nameOf={({ event }) => `${sentence(event)}, ${formatExactTime(event.at).slice(11)}`}
        selectedId={current?.id ?? null}
        onSelect={choose}
        onOpen={(row) => {
          choose(row);
          queueMicrotask(() => focusPane('inspector'));
        }}
        onExpand={() => {}}
      />
    </div>
  );
}

/** Keeps the end in view while events come in, as long as one has not scrolled away from it. */
function useStayingAtEnd(rootId: string, length: number) {
  const frame = useRef<HTMLDivElement>(null);
  const atEnd = useRef<boolean | null>(null);
  useLayoutEffect(() => {
    const scroller = frame.current?.querySelector('[role="treegrid"]');
    if (scroller === null || scroller === undefined) return;
    const onScroll = () => {
      atEnd.current = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 4;
    };
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => scroller.removeEventListener('scroll', onScroll);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more whenever there are more
  useLayoutEffect(() => {
    const scroller = frame.current?.querySelector('[role="treegrid"]');
    if (scroller === null || scroller === undefined) return;
    if (atEnd.current === null) {
      const root = nodeOf(getState(), { rootId, id: rootId });
      atEnd.current = root !== null && isUnderWay(root);
    }
    if (atEnd.current) scroller.scrollTop = scroller.scrollHeight;
  }, [length]);
  return frame;
}
