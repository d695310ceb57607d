import { History as Clock } from 'lucide-react';
import { useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { showNode } from '../../state/execution-actions.ts';
import { useHistory } from '../../state/history.ts';
import { nodeOf, treeOf } from '../../state/nodes.ts';
import { pastOf, showInstant } from '../../state/past.ts';
import { isUnderWay } from '../../state/state-look.ts';
import { getState, useStore } from '../../state/store.ts';
import { getRow } from '../../state/table.ts';
import { Button } from '../../ui/button.tsx';
import { formatExactTime } from '../../ui/duration.ts';
import { focusPane } from '../../ui/focus-pane.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Message } from '../../ui/message.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { flatten } from '../../ui/tree-grid/flatten.ts';
import { TreeGrid } from '../../ui/tree-grid/tree-grid.tsx';
import { useLate } from '../../ui/use-late.ts';
import { type EventLine, eventColumns } from './event-columns.tsx';
import { type EventKind, type EventRow, eventKinds, everyEvent, findRows, growRows, sentence } from './event-rows.ts';
import styles from './events.module.css';

/** Everything that happened in one execution, the oldest first, and live. A line leads to the task that it tells of. */
export function Events({ rootId }: { readonly rootId: string }) {
  const history = useHistory(rootId);
  const [filter, setFilter] = useState(everyEvent);
  const wanted = useDeferredValue(filter);
  const selected = useStore((state) => (state.selected?.rootId === rootId ? state.selected.id : null));
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
          text={filter.text}
          onChange={(text) => setFilter({ ...filter, text })}
          onDown={() => list.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus()}
        />
        <select
          className={styles.select}
          aria-label="Kind of event"
          value={filter.kind ?? ''}
          onChange={({ target }) =>
            setFilter({ ...filter, kind: target.value === '' ? null : (target.value as EventKind) })
          }
        >
          <option value="">Any kind</option>
          {Object.entries(eventKinds).map(([kind, { title }]) => (
            <option key={kind} value={kind}>
              {title}
            </option>
          ))}
        </select>
        <Button
          kind="quiet"
          aria-pressed={filter.nodeId !== null}
          disabled={filter.nodeId === null && selected === null}
          title="Only what happened to what is selected now"
          onClick={() => setFilter({ ...filter, nodeId: filter.nodeId === null ? selected : null })}
        >
          Selected only
        </Button>
        <span className={styles.count}>
          {found.length === rows.length ? '' : `${found.length.toLocaleString('en')} of `}
          {rows.length.toLocaleString('en')}
          {history.status === 'loading' && late && ', loading…'}
        </span>
      </div>
      {history.error !== null && <p className={styles.failure}>{history.error}</p>}
      <div ref={list} className={styles.list}>
        {found.length > 0 && <List rootId={rootId} rows={found} last={rows.at(-1)?.event.position ?? 1} />}
        {found.length === 0 && rows.length > 0 && (
          <Message title="No event matches" actions={<Button onClick={() => setFilter(everyEvent)}>Show all</Button>} />
        )}
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

interface ListProps {
  readonly rootId: string;
  readonly rows: readonly EventRow[];
  /** The newest position that is known. */
  readonly last: number;
}

function List({ rootId, rows, last }: ListProps) {
  const selected = useStore((state) => (state.selected?.rootId === rootId ? state.selected.id : null));
  const [line, setLine] = useState<EventRow | null>(null);
  const flat = useMemo(() => flatten(rows, () => false), [rows]);
  const frame = useStayingAtEnd(rootId, rows.length);
  // Something else was selected elsewhere.
  const current = line !== null && (line.event.nodeId ?? selected) === selected ? line : null;

  const choose = (row: EventRow | null) => {
    setLine(row);
    if (row === null) return;
    const { nodeId, position } = row.event;
    const show = () => {
      const tree = treeOf(getState(), rootId);
      if (nodeId !== null && tree !== null && getRow(tree.nodes, nodeId) !== undefined)
        showNode({ rootId, id: nodeId });
    };
    // Who looks at the past goes through it line by line.
    if (pastOf(getState(), rootId) === null) show();
    else void showInstant({ rootId, position, last }).then(show);
  };
  const lookBack = ({ event }: EventLine) => void showInstant({ rootId, position: event.position, last });
  return (
    <div ref={frame} className={styles.frame}>
      <TreeGrid
        label="Events"
        rows={flat}
        columns={eventColumns}
        viewOf={({ event, since }) => ({ event, since, marked: event.nodeId !== null && event.nodeId === selected })}
        nameOf={({ event }) => `${sentence(event)}, ${formatExactTime(event.at).slice(11)}`}
        actions={(shown) => (
          <IconButton
            label="Show the execution as it was here"
            shortcut="t"
            tabIndex={-1}
            onClick={() => lookBack(shown)}
          >
            <Clock aria-hidden="true" />
          </IconButton>
        )}
        onKey={(event, { event: at }) => {
          if (event.key !== 't' || event.ctrlKey || event.metaKey || event.altKey) return false;
          void showInstant({ rootId, position: at.position, last });
          return true;
        }}
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
