import { useEffect, useState } from 'react';
import type { ExecutionSummary } from '../../../engine/api/resources.ts';
import type { Reply } from '../../state/client.ts';
import { showExecution } from '../../state/execution-actions.ts';
import { followExecutionsOf } from '../../state/recent-executions.ts';
import { lookOf, looks, stateInWords } from '../../state/state-look.ts';
import { moment } from '../../ui/moment.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import detail from './detail.module.css';
import styles from './table.module.css';

const SHOWN = 8;

/** The newest executions of one workflow, as they go on. */
export function RecentExecutions({ workflow }: { readonly workflow: string }) {
  const [executions, setExecutions] = useState<Reply<readonly ExecutionSummary[]> | null>(null);
  useEffect(() => followExecutionsOf(workflow, setExecutions), [workflow]);
  if (executions === null) return null;
  if (!executions.ok) return <p className={detail.failure}>{executions.error.message}</p>;
  if (executions.output.length === 0) return <p className={detail.nothing}>It has not been run yet.</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Started</th>
          <th scope="col">State</th>
          <th scope="col">Why / message</th>
        </tr>
      </thead>
      <tbody>
        {executions.output.slice(0, SHOWN).map((execution) => (
          <tr key={execution.id}>
            <td>
              <button type="button" className={styles.link} onClick={() => showExecution(execution)}>
                {moment(execution.startedAt ?? execution.createdAt)}
              </button>
            </td>
            <td>
              <StateMark {...looks[lookOf(execution)]} word={stateInWords(execution)} />
            </td>
            <td className={styles.message}>{execution.message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
