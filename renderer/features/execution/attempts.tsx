import { useShallow } from 'zustand/react/shallow';
import type { ActionNode, TaskNode } from '../../../engine/api/resources.ts';
import { showNode } from '../../state/execution-actions.ts';
import { branchesTo, nodeOf } from '../../state/nodes.ts';
import { lookOf, looks } from '../../state/state-look.ts';
import { useStore } from '../../state/store.ts';
import { formatDuration } from '../../ui/duration.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './attempts.module.css';

/** The newest ones; the others are in the tree. */
const LISTED = 20;

/** How often a task was tried, the newest attempt first. */
export function Attempts({ task }: { readonly task: TaskNode }) {
  const attempts = useStore(
    useShallow((state) =>
      (branchesTo(state, task).at(-1)?.children ?? []).slice(-LISTED).flatMap((child) => {
        const node = nodeOf(state, child);
        return node?.kind === 'action' ? [node] : [];
      }),
    ),
  );
  if (attempts.length < 2) return null;
  return (
    <div className={styles.frame}>
      <h3 className={styles.title}>Attempts</h3>
      <ul className={styles.list} aria-label="Attempts">
        {attempts.toReversed().map((attempt) => (
          <li key={attempt.id}>
            <Attempt attempt={attempt} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Attempt({ attempt }: { readonly attempt: ActionNode }) {
  const { startedAt, finishedAt } = attempt;
  return (
    <button type="button" className={styles.attempt} onClick={() => showNode(attempt)}>
      <span className={styles.number}>{attempt.attempt}</span>
      <StateMark {...looks[lookOf(attempt)]} still />
      <span className={styles.message}>{attempt.message}</span>
      <span className={styles.duration}>
        {startedAt !== null && finishedAt !== null && formatDuration(finishedAt - startedAt)}
      </span>
    </button>
  );
}
