import { useEffect, useState } from 'react';
import type { WorkflowStatistics } from '../../../engine/api/resources.ts';
import type { Reply } from '../../state/client.ts';
import { followStatisticsOf } from '../../state/workflow-statistics.ts';
import { formatDuration } from '../../ui/duration.ts';
import detail from './detail.module.css';
import { DurationChart } from './duration-chart.tsx';
import styles from './statistics.module.css';

const BARS = 60;

/** How the executions of a workflow went: in figures, and the last ones as bars. */
export function Statistics({ workflow }: { readonly workflow: string }) {
  const [statistics, setStatistics] = useState<Reply<WorkflowStatistics> | null>(null);
  useEffect(() => followStatisticsOf(workflow, BARS, setStatistics), [workflow]);
  if (statistics === null) return null;
  if (!statistics.ok) return <p className={detail.failure}>{statistics.error.message}</p>;
  const { counts, median, p95, recent } = statistics.output;
  if (recent.length === 0) return null;
  const ended = counts.SUCCESS + counts.ERROR;
  const facts: readonly (readonly [string, string])[] = [
    [
      'Executions',
      Object.values(counts)
        .reduce((sum, each) => sum + each, 0)
        .toLocaleString('en'),
    ],
    ['Succeeded', ended === 0 ? '—' : `${percent(counts.SUCCESS / ended)} of ${ended.toLocaleString('en')}`],
    ['Median', median === null ? '—' : formatDuration(median)],
    ['95 of 100 within', p95 === null ? '—' : formatDuration(p95)],
  ];
  return (
    <div className={styles.statistics}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <DurationChart recent={recent} />
    </div>
  );
}

/** Never 100 % when one has failed. */
function percent(share: number): string {
  const rounded = share < 1 ? Math.min(99, Math.round(share * 100)) : 100;
  return `${rounded} %`;
}
