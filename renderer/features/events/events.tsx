import { History as Clock } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { showNode } from '../../state/execution-actions.ts';
import { type History, useHistory } from '../../state/history.ts';
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
import { Rows } from '../../ui/tree-grid/rows.ts';
import { TreeGrid } from '../../ui/tree-grid/tree-grid.tsx';
import { useLate } from '../../ui/use-late.ts';
import { type EventLine, eventColumns } from './event-columns.tsx';
import { type EventKind, type EventRow, eventKinds, rowsOf, sentence } from './event-rows.ts';
import styles from './events.module.css';

interface Search {
  readonly text: string;
  readonly kind: EventKind | null;
  /** The node that it happened to. */
  readonly nodeId: string | null;
}

const everything: Search = { text: '', kind: null, nodeId: null };

/** Everything that happened in one execution, the oldest first, and live. A line leads to the task that it tells of. */
export function Events({ rootId }: { readonly rootId: string }) {
  const [search, setSearch] = useState(everything);
  const isSearching = search.text.trim() !== '' || search.kind !== null || search.nodeId !== null;
  const { text, kind, nodeId } = search;
  const filter = useMemo(
    () => ({ text, types: kind === null ? null : [...eventKinds[kind].types], nodeId }),
    [text, kind, nodeId],
  );
  const { history, load } = useHistory(rootId, filter);
  const selected = useStore((state) => (state.selected?.rootId === rootId ? state.selected.id : null));
  const since = useStore((state) => nodeOf(state, { rootId, id: rootId })?.createdAt ?? 0);
  const rows = useMemo(() => rowsOf(history.events, since), [history.events, since]);
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
          onChange={(wanted) => setSearch({ ...search, text: wanted })}
          onDown={() => list.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus()}
        />
        <select
          className={styles.select}
          aria-label="Kind of event"
          value={kind ?? ''}
          onChange={({ target }) =>
            setSearch({ ...search, kind: target.value === '' ? null : (target.value as EventKind) })
          }
        >
          <option value="">Any kind</option>
          {Object.entries(eventKinds).map(([name, { title }]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <Button
          kind="quiet"
          aria-pressed={nodeId !== null}
          disabled={nodeId === null && selected === null}
          title="Only what happened to what is selected now"
          onClick={() => setSearch({ ...search, nodeId: nodeId === null ? selected : null })}
        >
          Selected only
        </Button>
        <span className={styles.count}>{countOf(history, isSearching, late)}</span>
      </div>
      {history.error !== null && <p className={styles.failure}>{history.error}</p>}
      <div ref={list} className={styles.list}>
        {rows.length > 0 && <List {...{ rootId, rows, history, load }} />}
        {rows.length === 0 && history.status === 'loaded' && isSearching && (
          <Message title="No event matches" actions={<Button onClick={() => setSearch(everything)}>Show all</Button>} />
        )}
      </div>
    </div>
  );
}

/** How many events there are, as far as that is known: they are fetched where one looks. */
function countOf({ status, events, hasBefore, hasAfter, end, last }: History, isSearching: boolean, late: boolean) {
  const count = events.length.toLocaleString('en');
  if (isSearching) {
    const searched =
      status === 'loading' && late ? `, searching… ${Math.floor((100 * end) / Math.max(1, last))} %` : '';
    return `${count}${hasAfter || hasBefore ? ' so far' : ''} found${searched}`;
  }
  const known = hasAfter || hasBefore ? `${count}+` : count;
  return `${known} ${known === '1' ? 'event' : 'events'}${status === 'loading' && late ? ', loading…' : ''}`;
}

interface ListProps {
  readonly rootId: string;
  readonly rows: readonly EventRow[];
  readonly history: History;
  readonly load: ReturnType<typeof useHistory>['load'];
}

function List({ rootId, rows, history, load }: ListProps) {
  const { last, hasBefore, hasAfter } = history;
  const selected = useStore((state) => (state.selected?.rootId === rootId ? state.selected.id : null));
  const [line, setLine] = useState<EventRow | null>(null);
  const flat = useMemo(() => new Rows(rows, () => false), [rows]);
  const frame = useStayingAtEnd(rootId, rows, hasAfter);
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
        // Functions of each render: the rows may still be near to the end of what is there now.
        {...(hasAfter && { onNearEnd: () => load.after(), loadRest: async () => load.end() })}
        {...(hasBefore && { onNearStart: () => load.before(), loadFirst: async () => load.start() })}
      />
    </div>
  );
}

/**
 * Keeps the end in view while events come in, as long as one has not scrolled away from it.
 *
 * @param rows another array whenever there are others. How many says too little: of a long history as many go as come in
 */
function useStayingAtEnd(rootId: string, rows: readonly EventRow[], hasAfter: boolean) {
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more whenever there are others
  useLayoutEffect(() => {
    const scroller = frame.current?.querySelector('[role="treegrid"]');
    if (scroller === null || scroller === undefined) return;
    if (atEnd.current === null) {
      const root = nodeOf(getState(), { rootId, id: rootId });
      atEnd.current = root !== null && isUnderWay(root);
    }
    if (atEnd.current && !hasAfter) scroller.scrollTop = scroller.scrollHeight;
  }, [rows]);
  return frame;
}
