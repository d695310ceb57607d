import { barOf } from '../../state/bar.ts';
import { nodeOf } from '../../state/nodes.ts';
import { useNowIn } from '../../state/past.ts';
import { lookOf, looks } from '../../state/state-look.ts';
import { getState } from '../../state/store.ts';
import styles from './row-timeline.module.css';
import type { RowView } from './row-view.ts';

/** What more of its children ran in a row of this width cannot be told apart. */
const MOST_CHILDREN = 40;

/** When a row waited and ran, on the axis that it shares with all rows of its execution. */
export function RowTimeline(view: RowView) {
  const { axisTo, bucket } = view;
  if (bucket !== null) return null;
  return axisTo === null ? <LiveBars {...view} /> : <Bars view={view} axisTo={axisTo} />;
}

function LiveBars(view: RowView) {
  const now = useNowIn(view.node.rootId, true);
  return <Bars view={view} axisTo={now} />;
}

function Bars({ view, axisTo }: { readonly view: RowView; readonly axisTo: number }) {
  const { node, children, axisFrom, held } = view;
  const length = Math.max(1, axisTo - axisFrom);
  const made = children.length > MOST_CHILDREN ? [] : children.flatMap((child) => nodeOf(getState(), child) ?? []);
  const { from, to, runs, attempts } = barOf(node, made);
  // What is held does not go on, and what has not ended does not end behind the axis.
  const end = to ?? (held ? (node.startedAt ?? from) : axisTo);
  const place = (start: number, stop: number) => ({
    left: `${percent((start - axisFrom) / length)}%`,
    width: `${percent((Math.min(stop, axisTo) - start) / length)}%`,
  });
  return (
    <span className={styles.track} aria-hidden="true" data-family={looks[lookOf(node)].family}>
      <span className={styles.waiting} style={place(from, end)} />
      {runs.map((run) => (
        <span key={run.from} className={styles.running} style={place(run.from, run.to ?? end)} />
      ))}
      {attempts.map((at) => (
        <span key={at} className={styles.attempt} style={{ left: `${percent((at - axisFrom) / length)}%` }} />
      ))}
    </span>
  );
}

/** Two digits are finer than any screen. */
function percent(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100;
}
