import type { Node, TaskNode } from '../../../engine/api/resources.ts';
import { messageOf } from '../../state/nodes.ts';
import { useNowIn } from '../../state/past.ts';
import { countsBelow, countsInWords, countsOfText, type StateCount } from '../../state/state-counts.ts';
import { lookOf, looks } from '../../state/state-look.ts';
import { formatCountdown, formatDuration, formatExactTime, formatSeconds, formatTime } from '../../ui/duration.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import type { Column } from '../../ui/tree-grid/tree-row.tsx';
import { useLate } from '../../ui/use-late.ts';
import styles from './columns.module.css';
import { kindIcon } from './kind-icon.tsx';
import { RowTimeline } from './row-timeline.tsx';
import { type RowView, timeSpan, WAITS_FOR_ANSWER } from './row-view.ts';

/**
 * The columns of the tree. Their cells are plain functions as far as they can be: some sixty rows of them are made anew
 * with every page that is scrolled, and only what counts on its own or waits is a component.
 */
export const columns: readonly Column<RowView>[] = [
  { id: 'name', title: 'Name', width: 180, grow: 4, render: name },
  { id: 'state', title: 'State', width: 140, render: state },
  { id: 'why', title: 'Why / message', width: 108, wanted: 188, grow: 5, leaves: 6, render: why },
  { id: 'tries', title: 'Tries', width: 48, leaves: 1, align: 'end', render: tries },
  { id: 'items', title: 'Items', width: 96, leaves: 4, render: items },
  { id: 'started', title: 'Started', width: 92, leaves: 3, align: 'end', render: started },
  { id: 'duration', title: 'Duration', width: 76, leaves: 5, align: 'end', render: duration },
  { id: 'timeline', title: 'Timeline', width: 112, grow: 3, leaves: 2, render: (view) => <RowTimeline {...view} /> },
];

/** The same elements for every kind of row, empty where it has nothing to say: see {@link kindIcon}. */
function name({ node, bucket, isAttempt }: RowView) {
  const index = node.kind === 'task' ? null : node.index;
  const attempt = bucket === null && isAttempt && node.kind === 'action' ? node.attempt : null;
  const kind =
    bucket !== null
      ? 'bucket'
      : attempt !== null
        ? 'attempt'
        : node.kind === 'task' && node.items !== null
          ? 'items'
          : node.kind;
  const place = bucket !== null ? `[${bucket.first}–${bucket.last}]` : index === null ? '' : `[${index}] `;
  const word = bucket !== null ? '' : attempt === null ? node.name : `Attempt ${attempt}`;
  const runs = bucket !== null ? '' : attempt !== null ? node.name : node.kind === 'task' ? node.runs : '';
  return (
    <>
      {kindIcon(kind)}
      <span className={styles.name}>
        <span className={styles.index}>{place}</span>
        {word}
        <span className={styles.runs}>{runs}</span>
      </span>
    </>
  );
}

/** A closed row says here how many tasks below it have failed: this column is there however narrow the grid is. */
function state({ node, held, collapsed, rollup, bucket, bucketCounts }: RowView) {
  if (bucket !== null) {
    const [worst] = countsOfText(bucketCounts);
    return worst === undefined ? null : <StateMark {...looks[worst.look]} still />;
  }
  const failed = collapsed ? countsBelow(node, rollup).filter(({ look }) => look === 'ERROR') : [];
  return (
    <>
      <StateMark {...looks[lookOf(node)]} still={held} />
      {counts(failed)}
    </>
  );
}

function counts(shown: readonly StateCount[]) {
  if (shown.length === 0) return null;
  return (
    <span className={styles.counts}>
      <span className="visually-hidden">{countsInWords(shown)}</span>
      {shown.map(({ look, count }) => (
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

function why(view: RowView) {
  const { node, rollup, collapsed, tree, bucket, bucketCounts } = view;
  if (bucket !== null) return <span className={styles.message}>{countsInWords(countsOfText(bucketCounts))}</span>;
  const below = collapsed ? countsBelow(node, rollup).filter(({ look }) => look !== 'ERROR') : [];
  return (
    <>
      <span className={styles.message}>
        {typeof tree === 'object' ? `Its tasks cannot be shown. ${tree.failed}` : messageText(view)}
        {tree === 'loading' && <Loading />}
      </span>
      {counts(below)}
    </>
  );
}

function Loading() {
  return useLate(true) && <span className={styles.dim}>Loading…</span>;
}

function messageText({ node, held, asks, waits, progress, loading }: RowView) {
  if (loading !== null) return loading;
  if (asks) return WAITS_FOR_ANSWER;
  if (lookOf(node) === 'PAUSING' && node.kind === 'workflow') return `${node.runningActions} still running`;
  if (node.kind === 'task' && node.dueAt !== null && node.finishedAt === null) {
    return <Countdown rootId={node.rootId} text={node.message} dueAt={node.dueAt} />;
  }
  return messageOf(node, held) ?? waits ?? progress?.text;
}

function Countdown({
  rootId,
  text,
  dueAt,
}: {
  readonly rootId: string;
  readonly text: string | null;
  readonly dueAt: number;
}) {
  const now = useNowIn(rootId, true);
  return `${text ?? 'Due'} in ${formatCountdown(dueAt - now)}`;
}

function tries({ node, bucket }: RowView) {
  const text = bucket !== null ? null : triesOf(node);
  return text === null ? null : <span className={styles.figure}>{text}</span>;
}

function triesOf(node: Node): string | null {
  if (node.kind === 'task' && node.attempt !== null) return `${node.attempt.number}/${node.attempt.of}`;
  return node.kind === 'action' && node.attempt > 1 ? String(node.attempt) : null;
}

function items({ node, bucket, progress }: RowView) {
  if (progress !== null && progress.fraction !== null) {
    return <ProgressBar label={`Progress of ${node.name}`} fraction={progress.fraction} />;
  }
  return bucket === null && node.kind === 'task' && node.items !== null ? itemBar(node.items) : null;
}

function itemBar({ total, running, succeeded, failed }: NonNullable<TaskNode['items']>) {
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

function started({ node: { startedAt }, bucket }: RowView) {
  if (startedAt === null || bucket !== null) return null;
  return (
    <time className={styles.figure} title={formatExactTime(startedAt)}>
      {formatTime(startedAt, Date.now())}
    </time>
  );
}

function duration(view: RowView) {
  const span = view.bucket === null ? timeSpan(view) : null;
  if (span === null) return null;
  if (span.end === null) return <Elapsed rootId={view.node.rootId} since={span.start} />;
  return <span className={styles.figure}>{formatDuration(span.end - span.start)}</span>;
}

function Elapsed({ rootId, since }: { readonly rootId: string; readonly since: number }) {
  const now = useNowIn(rootId, true);
  return <span className={styles.figure}>{formatSeconds(now - since)}</span>;
}
