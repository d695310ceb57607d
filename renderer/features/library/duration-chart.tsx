import type { WorkflowStatistics } from '../../../engine/api/resources.ts';
import { looks } from '../../state/state-look.ts';
import { formatDuration } from '../../ui/duration.ts';
import { moment } from '../../ui/moment.ts';
import styles from './statistics.module.css';

type Execution = WorkflowStatistics['recent'][number];

/** In pixels. */
const HEIGHT = 64;
const BAR = 8;
const GAP = 2;
const LEAST = 3;

/** The last executions, the oldest on the left: a bar is as high as it took, in the colour of its state. */
export function DurationChart({ recent }: { readonly recent: readonly Execution[] }) {
  const inOrder = recent.toReversed();
  const longest = Math.max(1, ...inOrder.map((each) => each.duration ?? 0));
  const heightOf = ({ duration: took }: Execution) =>
    took === null ? HEIGHT : Math.max(LEAST, Math.round((took / longest) * HEIGHT));
  return (
    <figure className={styles.chart}>
      <svg role="img" aria-label={inWords(inOrder)} width={inOrder.length * (BAR + GAP)} height={HEIGHT}>
        {inOrder.map((execution, index) => (
          <g
            key={execution.id}
            data-family={looks[execution.state].family}
            data-open={execution.duration === null || undefined}
          >
            <title>{sentenceOf(execution)}</title>
            <rect
              x={index * (BAR + GAP)}
              y={HEIGHT - heightOf(execution)}
              width={BAR}
              height={heightOf(execution)}
              rx={1}
            />
          </g>
        ))}
      </svg>
      <figcaption className={styles.caption}>
        The last {inOrder.length === 1 ? 'execution' : `${inOrder.length} executions`}
        {inOrder.some(({ duration }) => duration !== null) && `, up to ${formatDuration(longest)}`}
      </figcaption>
    </figure>
  );
}

function sentenceOf({ state, startedAt, duration: took }: Execution): string {
  const { word } = looks[state];
  return `${moment(startedAt)}: ${word}${took === null ? '' : ` after ${formatDuration(took)}`}`;
}

function inWords(executions: readonly Execution[]): string {
  const counts = new Map<string, number>();
  for (const { state } of executions) counts.set(looks[state].word, (counts.get(looks[state].word) ?? 0) + 1);
  const parts = [...counts].map(([word, number]) => `${number} ${word.toLowerCase()}`);
  return `Durations of the last executions: ${parts.join(', ')}`;
}
