import type { HistoryEvent } from '../../../engine/api/resources.ts';
import { formatDuration, formatExactTime } from '../../ui/duration.ts';
import { type Family, Glyph, type GlyphName } from '../../ui/glyph.tsx';
import type { Column } from '../../ui/tree-grid/tree-row.tsx';
import styles from './events.module.css';

/** What is shown of one line. */
export interface EventLine {
  readonly event: HistoryEvent;
  /** When the execution began, in milliseconds since 1970. */
  readonly since: number;
  /** It happened to what is selected. */
  readonly marked: boolean;
}

export const eventColumns: readonly Column<EventLine>[] = [
  { id: 'time', title: 'Time', width: 104, render: ({ event }) => <Time at={event.at} /> },
  {
    id: 'after',
    title: 'After',
    width: 72,
    align: 'end',
    leaves: 2,
    render: ({ event, since }) => <span className={styles.dimFigure}>{formatDuration(event.at - since)}</span>,
  },
  { id: 'what', title: 'What happened', width: 270, grow: 1, render: (line) => <What {...line} /> },
  {
    id: 'kind',
    title: 'To a',
    width: 72,
    leaves: 1,
    render: ({ event }) => <span className={styles.kind}>{event.kind}</span>,
  },
];

function Time({ at }: { readonly at: number }) {
  const exact = formatExactTime(at);
  return (
    <time className={styles.figure} title={exact}>
      {exact.slice(-'00:00:00.000'.length)}
    </time>
  );
}

function What({ event: { type, name, text }, marked }: EventLine) {
  const look = looks[type];
  return (
    <>
      <span className={styles.mark}>
        {look === null ? <span className={styles.dot} /> : <Glyph name={look[0]} family={look[1]} still />}
      </span>
      <span className={styles.sentence} title={text}>
        {name !== null && (
          <>
            <span className={styles.name} data-marked={marked || undefined}>
              {name}
            </span>{' '}
          </>
        )}
        {text}
      </span>
    </>
  );
}

/** Null: nothing has changed its state. */
const looks: Readonly<Record<HistoryEvent['type'], readonly [GlyphName, Family] | null>> = {
  created: ['circle', 'inert'],
  waiting: ['hourglass', 'inert'],
  started: ['ring', 'active'],
  delayed: ['clock', 'active'],
  succeeded: ['check', 'good'],
  failed: ['cross', 'bad'],
  handled: ['octagon', 'bad'],
  cancelled: ['slash', 'inert'],
  skipped: ['dashes', 'inert'],
  paused: ['bars', 'attention'],
  resumed: ['ring', 'active'],
  repeated: ['ring', 'active'],
  published: null,
  noted: null,
};
