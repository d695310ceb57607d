import { Box, Layers, Workflow, Zap } from 'lucide-react';
import type { Node, TaskNode } from '../../../engine/api/resources.ts';
import { messageOf } from '../../state/nodes.ts';
import { countsBelow, countsInWords, type StateCount } from '../../state/state-counts.ts';
import { lookOf, looks } from '../../state/state-look.ts';
import { formatCountdown, formatDuration, formatExactTime, formatSeconds, formatTime } from '../../ui/duration.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import type { Column } from '../../ui/tree-grid/tree-row.tsx';
import { useLate } from '../../ui/use-late.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './columns.module.css';
import { type RowView, timeSpan } from './row-view.ts';

export const columns: readonly Column<RowView>[] = [
  { id: 'name', title: 'Name', width: 224, grow: 4, render: ({ node }) => <Name node={node} /> },
  {
    id: 'state',
    title: 'State',
    width: 132,
    render: (view) => <State {...view} />,
  },
  { id: 'why', title: 'Why / message', width: 140, grow: 6, leaves: 1, render: (view) => <Why {...view} /> },
  {
    id: 'tries',
    title: 'Tries',
    width: 48,
    leaves: 3,
    align: 'end',
    render: ({ node }) => <span className={styles.figure}>{tries(node)}</span>,
  },
  {
    id: 'items',
    title: 'Items',
    width: 96,
    leaves: 2,
    render: ({ node }) => node.kind === 'task' && node.items !== null && <Items items={node.items} />,
  },
  {
    id: 'started',
    title: 'Started',
    width: 98,
    leaves: 4,
    align: 'end',
    render: ({ node }) => <Started node={node} />,
  },
  { id: 'duration', title: 'Duration', width: 76, leaves: 5, align: 'end', render: (view) => <Duration {...view} /> },
];

function Name({ node }: { readonly node: Node }) {
  const index = node.kind === 'task' ? null : node.index;
  const Icon = node.kind === 'workflow' ? Workflow : node.kind === 'action' ? Zap : node.items === null ? Box : Layers;
  return (
    <>
      <Icon className={styles.kind} aria-hidden="true" />
      <span className={styles.name}>
        {index !== null && <span className={styles.index}>[{index}] </span>}
        {node.name}
        {node.kind === 'task' && <span className={styles.runs}>{node.runs}</span>}
      </span>
    </>
  );
}

/** A closed row says here how many tasks below it have failed: this column is there however narrow the grid is. */
function State(view: RowView) {
  const { node, held, collapsed, rollup } = view;
  const failed = collapsed ? countsBelow(node, rollup).filter(({ look }) => look === 'ERROR') : [];
  return (
    <>
      <StateMark {...looks[lookOf(node)]} still={held} />
      <Counts counts={failed} />
    </>
  );
}

function Counts({ counts }: { readonly counts: readonly StateCount[] }) {
  if (counts.length === 0) return null;
  return (
    <span className={styles.counts}>
      <span className="visually-hidden">{countsInWords(counts)}</span>
      {counts.map(({ look, count }) => (
        <span
          key={look}
          className={styles.count}
          title={`${count} ${looks[look].word.toLowerCase()}`}
          aria-hidden="true"
        >
          <Glyph name={looks[look].glyph} family={looks[look].family} still />
          {count}
        </span>
      ))}
    </span>
  );
}

function Why(view: RowView) {
  const { node, rollup, collapsed, tree } = view;
  const waiting = useLate(tree === 'loading');
  const counts = collapsed ? countsBelow(node, rollup).filter(({ look }) => look !== 'ERROR') : [];
  return (
    <>
      <span className={styles.message}>
        {typeof tree === 'object' ? `Its tasks cannot be shown. ${tree.failed}` : <MessageText {...view} />}
        {waiting && <span className={styles.dim}>Loading…</span>}
      </span>
      <Counts counts={counts} />
    </>
  );
}

function MessageText({ node, held }: RowView) {
  if (lookOf(node) === 'PAUSING' && node.kind === 'workflow') return `${node.runningActions} still running`;
  if (node.kind === 'task' && node.dueAt !== null && node.finishedAt === null) {
    return <Countdown text={node.message} dueAt={node.dueAt} />;
  }
  return messageOf(node, held);
}

function Countdown({ text, dueAt }: { readonly text: string | null; readonly dueAt: number }) {
  const now = useNow(true);
  const left = formatCountdown(dueAt - now);
  return text === null ? `${left} left` : `${text}, ${left} left`;
}

function tries(node: Node): string | null {
  if (node.kind === 'task' && node.attempt !== null) return `${node.attempt.number}/${node.attempt.of}`;
  return node.kind === 'action' && node.attempt > 1 ? String(node.attempt) : null;
}

function Items({ items }: { readonly items: NonNullable<TaskNode['items']> }) {
  const { total, running, succeeded, failed } = items;
  const share = (part: number) => ({ width: `${total === 0 ? 0 : (100 * part) / total}%` });
  return (
    <span className={styles.items}>
      <span className={styles.figure}>
        {succeeded + failed}/{total}
        {failed > 0 && <span className="visually-hidden">, {failed} failed</span>}
      </span>
      <span className={styles.bar} aria-hidden="true">
        <span data-family="good" style={share(succeeded)} />
        <span data-family="bad" style={share(failed)} />
        <span data-family="active" style={share(running)} />
      </span>
    </span>
  );
}

function Started({ node: { startedAt } }: { readonly node: Node }) {
  const now = useNow(false);
  if (startedAt === null) return null;
  return (
    <time className={styles.figure} title={formatExactTime(startedAt)}>
      {formatTime(startedAt, now)}
    </time>
  );
}

function Duration(view: RowView) {
  const span = timeSpan(view);
  const now = useNow(span !== null && span.end === null);
  if (span === null) return null;
  return (
    <span className={styles.figure}>
      {span.end === null ? formatSeconds(now - span.start) : formatDuration(span.end - span.start)}
    </span>
  );
}
